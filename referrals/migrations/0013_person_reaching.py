from django.db import migrations, models


def keep_how_to_reach(apps, schema_editor):
    """Without the column staff would call again as the application states, which is what was put right."""
    if apps.get_model("referrals", "person").objects.filter(reaching__isnull=False).exists():
        raise RuntimeError(
            "How to reach somebody was corrected, and the version before knows only what the application states. "
            "Restore the backup from before the upgrade instead of taking this migration back."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0012_addenda_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="reaching",
            field=models.BinaryField(blank=True, null=True, verbose_name="直した連絡のしかた"),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_how_to_reach),
    ]
