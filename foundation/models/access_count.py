"""How many access records were written: the number each gets."""

from __future__ import annotations

from django.db import connection, models
from django.db.models import Max, Q

from foundation.models.access_archive import AccessArchive
from foundation.models.access_record import AccessRecord


class AccessCount(models.Model):
    """How many records were written."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    written = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="access_count_single", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.written)

    @classmethod
    def next(cls) -> int:
        """The next number, held until the transaction ends: rolled back, it is given out again."""
        while True:
            with connection.cursor() as cursor:
                counted = f"UPDATE {cls._meta.db_table} SET written = written + 1"  # noqa: S608  (our own table's name)
                cursor.execute(f"{counted} WHERE id = %s RETURNING written", [cls.ONLY])
                if row := cursor.fetchone():
                    return int(row[0])
            kept = AccessRecord.objects.aggregate(last=Max("number"))["last"] or 0
            written = max(kept, AccessArchive.objects.aggregate(last=Max("number"))["last"] or 0)
            cls.objects.get_or_create(pk=cls.ONLY, defaults={"written": written})
