"""How a hand-off ends of which nothing is told back, what the desk takes up, and what never left the house.

Going back is refused while a referral stands in what the earlier version can't hold.
"""

from django.db import migrations, models


def back(apps, schema_editor):
    referrals = apps.get_model("referrals", "Referral").objects.using(schema_editor.connection.alias)
    held = {
        "handed_over": referrals.filter(status="handed_over").count(),
        "did_not_come": referrals.filter(outcome="did_not_come").count(),
        "taken up after an outcome": referrals.filter(status="closed", followed_up_at__isnull=False).count(),
        "never left": referrals.filter(never_left=True).count(),
    }
    if any(held.values()):
        counts = ", ".join(f"{number} {what}" for what, number in held.items() if number)
        raise RuntimeError(
            f"Referrals stand in states that the earlier version can't hold ({counts}). "
            "Restore the backup from before the upgrade instead of taking this migration back."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('referrals', '0014_boxes_that_wait'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_followed_up_by_someone',
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_narrowed_when_over',
        ),
        migrations.AddField(
            model_name='referral',
            name='never_left',
            field=models.BooleanField(db_default=False, default=False, verbose_name='紙を渡す前に止めた'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='outcome',
            field=models.CharField(blank=True, choices=[('first_interview', '初回面談をした'), ('ongoing_support', '継続支援・プラン作成'), ('information_only', '情報提供のみ'), ('passed_on', 'ほかの機関につないだ'), ('already_supported', 'すでに支援中だった'), ('not_reached', '連絡がとれなかった'), ('did_not_come', '約束の日に来られなかった'), ('declined_by_person', '本人が希望しなかった'), ('not_eligible', '対象外だった'), ('no_capacity', '受け入れの余力がなかった'), ('moved', '転居した'), ('other', 'その他（理由を書く）')], max_length=20, verbose_name='つなぎの結果'),
        ),
        migrations.AlterField(
            model_name='referral',
            name='status',
            field=models.CharField(choices=[('draft', '下書き'), ('sent', '送付済み・返事待ち'), ('viewed', '開封済み・返事待ち'), ('accepted', '引き受け'), ('contacted', '本人に連絡した'), ('on_hold', '保留中'), ('closed', '結果あり'), ('declined', '受け入れ不可'), ('expired', '期限切れ・返答なし'), ('revoked', '同意の撤回'), ('entered_in_error', 'つなぎ先のまちがい'), ('handed_over', '引きつぎ済み（結果は聞かない約束）')], default='draft', max_length=24, verbose_name='状態'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('followed_up_at__isnull', True), ('followed_up_by__isnull', True)), models.Q(('followed_up_at__isnull', False), ('followed_up_by__isnull', False), models.Q(('status__in', frozenset(['declined', 'expired'])), models.Q(('outcome__in', ['declined_by_person', 'did_not_come', 'moved', 'no_capacity', 'not_eligible', 'not_reached', 'other']), ('status', 'closed')), ('must_be_told', True), _connector='OR')), _connector='OR'), name='referral_followed_up_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('narrowed', False), models.Q(('status__in', frozenset(['closed', 'declined', 'expired', 'handed_over'])), ('withdrawn_at__isnull', False)), _connector='OR'), name='referral_narrowed_when_over'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('never_left', False), models.Q(('answered_at__isnull', True), ('told_at__isnull', False), ('viewed_at__isnull', True), ('way', 'telephone')), _connector='OR'), name='referral_never_left_on_paper'),
        ),
        migrations.RunPython(migrations.RunPython.noop, back),
    ]
