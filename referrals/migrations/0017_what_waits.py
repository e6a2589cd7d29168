"""Indexes of what waits, which is little beside all there ever was: most of the desk's lists are counted from there.

Each holds few rows, so making one is over in the moment that it takes to read its table.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0016_recorded_in_error'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='casetransition',
            index=models.Index(condition=models.Q(('reason__contains', '.not_handed_on')), fields=['subject'], name='case_left'),
        ),
        migrations.AddIndex(
            model_name='casetransition',
            index=models.Index(condition=models.Q(('to_status__in', ['duplicate', 'withdrawn'])), fields=['subject'], name='case_taken_back'),
        ),
        migrations.AddIndex(
            model_name='casetransition',
            index=models.Index(condition=models.Q(('from_status__in', ['closed', 'declined', 'duplicate', 'withdrawn'])), fields=['subject', 'id'], name='case_end_undone'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(models.Q(('status__in', frozenset(['declined', 'expired'])), models.Q(('outcome__in', ['declined_by_person', 'did_not_come', 'moved', 'no_capacity', 'not_eligible', 'not_reached', 'other']), ('status', 'closed')), _connector='OR'), ('followed_up_at__isnull', True)), fields=['case'], name='referral_returned'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('must_be_told', True), ('told_at__isnull', True)), fields=['case'], name='referral_to_be_told'),
        ),
    ]
