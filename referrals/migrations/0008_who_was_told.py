"""What was written down as followed up of a withdrawal stands as told; revoked referrals know when they were."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def forward(apps, schema_editor):
    alias = schema_editor.connection.alias
    referrals = apps.get_model("referrals", "Referral").objects.using(alias)
    steps = apps.get_model("referrals", "ReferralTransition").objects.using(alias)
    told = referrals.filter(must_be_told=True, followed_up_at__isnull=False)
    told.update(told_at=F("followed_up_at"), told_by=F("followed_up_by"), followed_up_at=None, followed_up_by=None)
    revoked = steps.filter(subject=OuterRef("pk"), to_status="revoked").order_by("-pk").values("at")[:1]
    referrals.filter(status="revoked", withdrawn_at__isnull=True).update(withdrawn_at=Subquery(revoked))


def back(apps, schema_editor):
    referrals = apps.get_model("referrals", "Referral").objects.using(schema_editor.connection.alias)
    if referrals.filter(withdrawn_at__isnull=False, status__in=["closed", "declined", "expired"]).exists():
        raise RuntimeError(
            "Somebody withdrew after their referral was over; the earlier version would forget it, and open the packet "
            "to the centre again. Restore the backup from before the upgrade instead of taking this migration back."
        )
    told = referrals.filter(told_at__isnull=False)
    told.update(followed_up_at=F("told_at"), followed_up_by=F("told_by"), told_at=None, told_by=None)


class Migration(migrations.Migration):

    dependencies = [("referrals", "0007_told_of_withdrawal")]

    operations = [migrations.RunPython(forward, back)]
