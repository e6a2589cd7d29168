from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_job_runs"),
    ]

    operations = [
        migrations.AddField(
            model_name="accessrecord",
            name="number",
            field=models.BigIntegerField(editable=False, null=True, unique=True),
        ),
        migrations.CreateModel(
            name="AccessCount",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("written", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="access_count_single")],
            },
        ),
    ]
