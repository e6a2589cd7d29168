"""The blind index of persons: what finds one again without naming anybody."""

from django.db import models


class PersonIndex(models.Model):
    """A blind index entry: the same person can be found by what they say again, and by nothing else."""

    class Kind(models.TextChoices):
        PHONE = "phone"
        EMAIL = "email"
        KANA_AND_YEAR = "kana_and_year"
        KANA = "kana"
        NAME = "name"
        KANA_PREFIX = "kana_prefix"  # and whatever else only finds (referrals.person_index)

    person = models.ForeignKey("referrals.Person", models.CASCADE, related_name="index_entries")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    digest = models.CharField(max_length=64)
    # By which fold and under which key (referrals.person_index); "" is from before that was noted.
    made_with = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "digest"], name="person_indexed_once"),
        ]
        indexes = [models.Index(fields=["kind", "digest"], name="person_by_digest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
