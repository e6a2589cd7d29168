"""A consent or a withdrawal recorded in error is taken back by an entry of its own.

Going back is refused while there is one: to the earlier version it would be a withdrawal.
"""

import django.db.models.deletion
from django.db import migrations, models


def back(apps, schema_editor):
    using = schema_editor.connection.alias
    taken_back = apps.get_model("referrals", "ConsentEntry").objects.using(using).filter(voids__isnull=False)
    stopped = apps.get_model("referrals", "Referral").objects.using(using).exclude(mistake="")
    if taken_back.exists() or stopped.exists():
        raise RuntimeError(
            "Entries of the ledger were taken back as recorded in error, which the earlier version would read as "
            "withdrawals. Restore the backup from before the upgrade instead of taking this migration back."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0015_after_the_hand_over'),
    ]

    operations = [
        migrations.AddField(
            model_name='consententry',
            name='voids',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='voided_by', to='referrals.consententry'),
        ),
        migrations.AddField(
            model_name='referral',
            name='mistake',
            field=models.CharField(blank=True, choices=[('consent', '同意の記録のまちがい'), ('withdrawal', '同意の撤回の記録のまちがい')], db_default='', default='', max_length=12, verbose_name='記録のまちがい'),
        ),
        migrations.AddConstraint(
            model_name='consententry',
            constraint=models.CheckConstraint(condition=models.Q(('voids__isnull', True), models.Q(('given', False), ('recorded_by__isnull', False)), _connector='OR'), name='consent_void_gives_nothing'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('mistake', ''), models.Q(('mistake', 'consent'), ('status', 'entered_in_error')), models.Q(('mistake', 'withdrawal'), ('narrowed', False), ('withdrawn_at__isnull', False)), _connector='OR'), name='referral_stopped_in_error'),
        ),
        migrations.RunPython(migrations.RunPython.noop, back),
    ]
