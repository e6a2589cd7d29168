"""Catchments: which organisation serves which place, and everything below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models.place import PlaceKey


class Catchment(models.Model):
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="catchments", verbose_name=_("組織")
    )
    place = PlaceKey(related_name="catchments", verbose_name=_("地域"))

    class Meta:
        verbose_name = _("担当地域")
        verbose_name_plural = pgettext_lazy("several", "担当地域")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "place"], name="catchment_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.place}"
