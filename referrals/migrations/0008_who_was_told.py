"""What was written down as followed up of a withdrawal stands as told; revoked referrals know when they were.

So do those that were over when the person withdrew, and that the centre had read or held on paper: their packets stay
closed, and a member tells the centre, which nobody had done.
"""

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery


def forward(apps, schema_editor):
    alias = schema_editor.connection.alias
    referrals = apps.get_model("referrals", "Referral").objects.using(alias)
    steps = apps.get_model("referrals", "ReferralTransition").objects.using(alias)
    told = referrals.filter(must_be_told=True, followed_up_at__isnull=False)
    told.update(told_at=F("followed_up_at"), told_by=F("followed_up_by"), followed_up_at=None, followed_up_by=None)
    revoked = steps.filter(subject=OuterRef("pk"), to_status="revoked").order_by("-pk").values("at")[:1]
    referrals.filter(status="revoked", withdrawn_at__isnull=True).update(withdrawn_at=Subquery(revoked))
    withdrawals = apps.get_model("referrals", "ConsentEntry").objects.using(alias).filter(
        purpose="tell_centre", given=False,
        person=OuterRef("case__person"), recipient=OuterRef("centre"), at__gte=OuterRef("sent_at"),
    )
    over = referrals.filter(status__in=["closed", "declined", "expired"], withdrawn_at__isnull=True)
    held = over.filter(Q(way="telephone") | Q(viewed_at__isnull=False) | Q(answered_at__isnull=False))
    last = held.annotate(withdrew=Subquery(withdrawals.order_by("-pk").values("at")[:1])).filter(withdrew__isnull=False)
    for key, moment in list(last.values_list("pk", "withdrew")):
        referrals.filter(pk=key).update(withdrawn_at=moment, must_be_told=True)


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
