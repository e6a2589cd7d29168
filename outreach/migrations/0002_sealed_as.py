from django.db import migrations, models

BOUND = ["applicationaddendum"]


def keep_what_is_bound(apps, schema_editor):
    """Rows that were sealed since can't be opened without the column."""
    for name in BOUND:
        if apps.get_model("outreach", name).objects.filter(sealed_as__isnull=False).exists():
            raise RuntimeError(
                f"{name} holds rows that nobody could open without sealed_as. "
                "Restore the backup from before the upgrade instead of taking this migration back."
            )


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="applicationaddendum",
            name="sealed_as",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_what_is_bound),
    ]
