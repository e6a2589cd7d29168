from django.db import migrations, models


def keep_what_has_a_key(apps, schema_editor):
    """Pages that were made since can't be found without the column."""
    if apps.get_model("outreach", "Application").objects.exclude(page_secret_key="").exists():
        raise RuntimeError(
            "There are private pages that nobody could open without page_secret_key. "
            "Restore the backup from before the upgrade instead of taking this migration back."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0002_sealed_as"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="page_secret_hash",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="page_secret_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=32),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_what_has_a_key),
    ]
