import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_what_stood_before(apps, schema_editor):
    """What a correction replaced stands nowhere else.

    Whatever 0008 would refuse is refused here, before anything is taken back.
    """
    over = ["closed", "declined", "expired"]
    if apps.get_model("referrals", "referral").objects.filter(withdrawn_at__isnull=False, status__in=over).exists():
        raise RuntimeError(
            "Somebody withdrew after their referral was over; an earlier version would forget it. "
            "Restore the backup from before the upgrade instead of taking this migration back."
        )
    if apps.get_model("referrals", "personcorrection").objects.exists():
        raise RuntimeError(
            "Corrections were made, and what stood before stands nowhere else. "
            "Restore the backup from before the upgrade instead of taking this migration back."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0003_access_numbers"),
        ("referrals", "0009_told_by_someone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("sealed_as", models.CharField(editable=False, max_length=22, null=True)),
                ("changes", models.BinaryField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="referrals.case"
                    ),
                ),
                (
                    "data_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="foundation.datakey"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="referrals.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "名前・連絡先の訂正",
                "verbose_name_plural": "名前・連絡先の訂正",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_what_stood_before),
    ]
