from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_person_correction")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="narrowed",
            field=models.BooleanField(db_default=False, default=False, verbose_name="伝える内容をへらした同意"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("narrowed", False),
                    models.Q(
                        ("status__in", frozenset(["closed", "declined", "expired"])), ("withdrawn_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="referral_narrowed_when_over",
            ),
        ),
    ]
