"""Nothing forward; going back, referrals in states that were not there before stand in the nearest that was."""

from django.db import migrations


def back(apps, schema_editor):
    referrals = apps.get_model("referrals", "Referral").objects.using(schema_editor.connection.alias)
    referrals.filter(status="on_hold").update(status="accepted", on_hold_until=None)
    referrals.filter(status="entered_in_error").update(status="revoked")


class Migration(migrations.Migration):

    dependencies = [("referrals", "0004_what_centres_do")]

    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
