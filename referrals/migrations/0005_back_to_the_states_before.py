"""Nothing forward; going back is refused while referrals stand in states that were not there before.

Put into the nearest that was, a referral to the wrong centre would tell its person that they had withdrawn, and one on
hold would lose its day: nobody would know any more, and going forward would not bring it back.
"""

from django.db import migrations

NEW = ["on_hold", "entered_in_error"]


def back(apps, schema_editor):
    referrals = apps.get_model("referrals", "Referral").objects.using(schema_editor.connection.alias)
    held = {status: referrals.filter(status=status).count() for status in NEW}
    if any(held.values()):
        counts = ", ".join(f"{number} {status}" for status, number in held.items() if number)
        raise RuntimeError(
            f"Referrals stand in states that the earlier version can't hold ({counts}). "
            "Restore the backup from before the upgrade instead of taking this migration back."
        )


class Migration(migrations.Migration):

    dependencies = [("referrals", "0004_what_centres_do")]

    operations = [migrations.RunPython(migrations.RunPython.noop, back)]
