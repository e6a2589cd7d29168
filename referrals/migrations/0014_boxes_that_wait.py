"""A box that came back waits for a decision, one of an ended case for being unpacked."""

from django.db import migrations, models
from django.db.models import Exists, F, OuterRef

STATUSES = [
    ("packed", "箱づめ済み"),
    ("sent", "発送済み"),
    ("delivered", "お届け済み"),
    ("returned", "戻ってきた"),
    ("to_unpack", "ほどくのを待っている"),
    ("unpacked", "箱をほどいた"),
]


def packed_again(apps, schema_editor):
    """Where another box was packed since, it was decided to send again."""
    parcels = apps.get_model("referrals", "Parcel").objects.using(schema_editor.connection.alias)
    later = parcels.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    parcels.filter(Exists(later), status="returned", send_again_at__isnull=True).update(send_again_at=F("packed_at"))


def unpack(apps, schema_editor):
    """The version before knows no box that waits to be unpacked: there, ending the case has unpacked it."""
    parcels = apps.get_model("referrals", "Parcel").objects.using(schema_editor.connection.alias)
    parcels.filter(status="to_unpack").update(status="unpacked", version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0013_person_reaching")]

    operations = [
        migrations.AddField(
            model_name="parcel",
            name="send_again_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="parcel",
            name="status",
            field=models.CharField(choices=STATUSES, default="packed", max_length=12, verbose_name="状態"),
        ),
        migrations.RunPython(packed_again, unpack),
    ]
