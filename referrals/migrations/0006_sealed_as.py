from django.db import migrations, models

BOUND = ["casenote", "casetransition", "packet", "parceltransition", "referraltransition"]


def keep_what_is_bound(apps, schema_editor):
    """Rows that were sealed since can't be opened without the column."""
    for name in BOUND:
        if apps.get_model("referrals", name).objects.filter(sealed_as__isnull=False).exists():
            raise RuntimeError(
                f"{name} holds rows that nobody could open without sealed_as. "
                "Restore the backup from before the upgrade instead of taking this migration back."
            )


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0005_back_to_the_states_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="casenote",
            name="sealed_as",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.AddField(
            model_name="casetransition",
            name="sealed_as",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.AddField(
            model_name="packet",
            name="sealed_as",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.AddField(
            model_name="parceltransition",
            name="sealed_as",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.AddField(
            model_name="referraltransition",
            name="sealed_as",
            field=models.CharField(editable=False, max_length=22, null=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_what_is_bound),
    ]
