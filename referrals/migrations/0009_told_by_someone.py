from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("referrals", "0008_who_was_told")]

    operations = [
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('must_be_told', False), models.Q(('status__in', frozenset(['accepted', 'contacted', 'draft', 'on_hold', 'sent', 'viewed'])), _negated=True), _connector='OR'), name='referral_told_of_a_withdrawal'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('told_at__isnull', True), ('told_by__isnull', True)), models.Q(('must_be_told', True), ('told_at__isnull', False), ('told_by__isnull', False)), _connector='OR'), name='referral_told_by_someone'),
        ),
    ]
