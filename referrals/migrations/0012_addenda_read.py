"""What a member had on the page of a case is kept; until now, whatever was written or decided later told it was read."""

from django.db import migrations, models
from django.db.models import Exists, Max, OuterRef, Q

ENDS = ["closed", "declined", "withdrawn", "duplicate"]
READS = Q(to_status__in=["in_review", *ENDS]) | Q(to_status="approved", from_status__in=["received", "in_review"])


def keep_what_was_read(apps, schema_editor):
    def rows(floor, model):
        return apps.get_model(floor, model).objects.using(schema_editor.connection.alias)

    later = {"by__isnull": False, "at__gte": OuterRef("added_at")}
    notes = rows("referrals", "CaseNote").filter(case=OuterRef("application__case"), **later)
    steps = rows("referrals", "CaseTransition").filter(READS, subject=OuterRef("application__case"), **later)
    read = rows("outreach", "ApplicationAddendum").filter(Q(Exists(notes)) | Q(Exists(steps)))
    newest = read.order_by().values("application__case").annotate(newest=Max("pk")).values_list("application__case", "newest")
    for case, addendum in newest.iterator():
        rows("referrals", "Case").filter(pk=case).update(addenda_read=addendum)


class Migration(migrations.Migration):

    dependencies = [("outreach", "0006_spoken"), ("referrals", "0011_narrowed_consent")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="addenda_read",
            field=models.PositiveBigIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunPython(keep_what_was_read, migrations.RunPython.noop),
    ]
