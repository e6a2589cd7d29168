"""Which state of the directory of help it is: rises with every change of what the navi shows."""

from django.db import models
from django.db.models import Q


class DirectoryVersion(models.Model):
    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="directory_version_single", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)
