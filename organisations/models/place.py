"""Places: prefectures, Hokkaido's sub-prefectures, municipalities, and the wards of designated cities."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.columns import PlainInMigrations
from organisations.places import romaji


class _Followed(ForwardManyToOneDescriptor):
    """Follows the key to the place that this process holds."""

    def get_object(self, instance: models.Model) -> models.Model:
        from organisations.places import gazetteer

        return gazetteer.by_key(getattr(instance, self.field.attname)) or super().get_object(instance)


class PlaceKey(PlainInMigrations, models.ForeignKey):
    """A foreign key to a place; following it asks the database nothing, so that nobody joins places."""

    plain = "django.db.models.ForeignKey"
    forward_related_accessor_class = _Followed

    def __init__(self, to: Any = "organisations.Place", on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        super().__init__(to, on_delete, **kwargs)


class Level(models.TextChoices):
    PREFECTURE = "prefecture", _("都道府県")
    SUBPREFECTURE = "subprefecture", _("振興局")
    MUNICIPALITY = "municipality", _("市区町村")
    WARD = "ward", _("政令指定都市の区")


HOMES = frozenset({Level.MUNICIPALITY, Level.WARD})


class PlaceQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        """Places that exist on ``on`` (today when left out); both ends of their validity are included."""
        day = on or clock.today()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )

    def homes(self):
        """Places one can live in: municipalities, and the wards of designated cities."""
        return self.filter(level__in=HOMES)

    def municipalities(self):
        """The 1,741 municipalities, Tokyo's special wards among them, designated cities as one."""
        return self.filter(level=Level.MUNICIPALITY)


class Place(models.Model):
    """One place of the project's own table (organisations/data/README.md).

    ``code`` is the 全国地方公共団体コード: five digits and a check digit. The sub-prefectures of Hokkaido
    have none; theirs are made up (01S01 to 01S14).
    """

    code = models.CharField(_("全国地方公共団体コード"), max_length=6, unique=True)
    level = models.CharField(_("段階"), max_length=16, choices=Level.choices)
    name = models.CharField(_("名前"), max_length=40)
    kana = models.CharField(_("ふりがな"), max_length=60)
    search_name = models.CharField(max_length=200, editable=False)
    search_kana = models.CharField(max_length=400, editable=False)
    prefecture_code = models.CharField(_("都道府県番号"), max_length=2, db_index=True)
    parent = PlaceKey("self", null=True, blank=True, related_name="children", verbose_name=_("上の地域"))
    valid_from = models.DateField(_("始まりの日"), null=True, blank=True)
    valid_until = models.DateField(_("終わりの日"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("地域")
        verbose_name_plural = pgettext_lazy("several", "地域")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="place_only_prefectures_stand_on_top",
                condition=Q(level="prefecture", parent__isnull=True)
                | (~Q(level="prefecture") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="place_ends_after_it_begins",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_current(self, on: date) -> bool:
        """Whether it exists on that day; both ends of its validity are included."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )

    def lineage(self) -> list["Place"]:
        """This place and those above it, nearest first: ward, municipality, sub-prefecture, prefecture."""
        line: list[Place] = []
        place: Place | None = self
        while place is not None:
            line.append(place)
            place = place.parent
        return line

    @property
    def full_name(self) -> str:
        """As one would say it: 北海道伊達市, 北海道札幌市中央区, 北海道空知総合振興局管内, 北海道."""
        above = {place.level: place for place in self.lineage()[1:]}
        prefecture = above.get(Level.PREFECTURE)
        city = above.get(Level.MUNICIPALITY)
        return (prefecture.name if prefecture else "") + (city.name if city else "") + self.name

    @property
    def read_name(self) -> str:
        """The full name, in English with its reading: 北海道せたな町 (Setana-cho, Hokkaido)."""
        if (get_language() or "ja").startswith("ja"):
            return self.full_name
        return f"{self.full_name} ({self.in_latin_letters})"

    @property
    def in_latin_letters(self) -> str:
        """How it is read, nearest first: Chuo-ku, Sapporo, Hokkaido."""
        line = [place for place in self.lineage() if place.level != Level.SUBPREFECTURE or place is self]
        return ", ".join(romaji.name(place.name, place.kana) for place in line)

    @property
    def short_name(self) -> str:
        """A sub-prefecture without its office: 空知. Any other place by its name."""
        if self.level != Level.SUBPREFECTURE:
            return self.name
        return self.name.removesuffix("管内").removesuffix("振興局").removesuffix("総合")

    @property
    def municipality(self) -> "Place | None":
        """The municipality this place is or lies in: the city of a ward; None for what lies above."""
        return next((place for place in self.lineage() if place.level == Level.MUNICIPALITY), None)
