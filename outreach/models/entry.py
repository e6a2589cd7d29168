"""Entries of the directory of help: what programmes and windows, and their texts in each language, have in common."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.columns import MomentField
from organisations.models import Place
from organisations.models.place import PlaceKey
from outreach.directory.codes import Category, Language, ServiceType


def begins_with(letters: str) -> Q:
    """Codes that begin with one of ``letters``."""
    return Q(*(Q(code__startswith=letter) for letter in letters), _connector=Q.OR)


class EntryQuerySet(models.QuerySet):
    def live(self):
        """Entries that are shown. Paused ones are among them: they are shown as paused."""
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=clock.today()))

    def for_place(self, place: Place):
        """What helps someone who lives in ``place``: its own entries, those above it, national ones."""
        return self.filter(Q(place__isnull=True) | Q(place__in=[step.pk for step in place.lineage()]))

    def shareable(self):
        """Entries that may stand in a list one passes on: none about violence."""
        return self.filter(sensitive=False)

    def unchecked_since(self, days: int = 180):
        """Entries whose last checking lies ``days`` or more back."""
        return self.filter(verified_on__lte=clock.today() - timedelta(days=days))

    def with_texts(self):
        return self.prefetch_related("texts")


class Entry(models.Model):
    """What programmes and windows have in common.

    ``code`` stands in links that people share: it is never changed and never given to another entry, so an
    entry is retired, not deleted. ``verified_on`` is when the entry was last compared with its source.
    """

    texts: Any  # the text rows, each kind has its own

    code = models.CharField(_("番号"), max_length=12, unique=True)
    place = PlaceKey(null=True, blank=True, related_name="+", verbose_name=_("地域（空欄は全国）"))
    service_type = models.CharField(
        _("サービス種別"), max_length=3, choices=ServiceType.choices, default=ServiceType.PUBLIC_PROGRAMME
    )
    category_1 = models.CharField(_("行政サービス分類1"), max_length=3, choices=Category.choices, blank=True)
    category_2 = models.CharField(_("行政サービス分類2"), max_length=3, choices=Category.choices, blank=True)
    troubles = models.JSONField(_("困りごと"), default=list)
    needs = models.JSONField(_("必要なこと"), default=list, blank=True)
    official_url = models.URLField(_("公式ページ"), max_length=500, blank=True)
    source_publisher = models.CharField(_("出典の発行者"), max_length=100)
    source_url = models.URLField(_("出典"), max_length=500)
    verified_on = models.DateField(_("出典で確かめた日"), db_index=True)
    urgent = models.BooleanField(_("緊急"), default=False)
    sensitive = models.BooleanField(_("共有リストにのせない"), default=False)
    paused = models.BooleanField(_("受付を休んでいる"), default=False)
    retired_on = models.DateField(_("掲載を終えた日"), null=True, blank=True)
    note = models.TextField(_("職員へのメモ"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = MomentField(_("更新日時"), editable=False)
    edited_at = models.DateTimeField(_("職員が直した日時"), null=True, editable=False)
    edited_by = models.ForeignKey(
        "organisations.Member",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("直した人"),
    )

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        return self.text().title

    def text(self, language: str | None = None) -> Any:
        """The text in ``language`` (the reader's when left out), else the Japanese one (uses a prefetch)."""
        wanted = language or (get_language() or Language.JA).partition("-")[0]
        rows = {text.language: text for text in self.texts.all()}
        return rows.get(wanted) or rows[Language.JA]


class Text(models.Model):
    """What the public reads of an entry, in one language.

    The open-data standard's lengths hold for the Japanese text; the others may take twice as many letters.
    """

    language = models.CharField(_("ことば"), max_length=8, choices=Language.choices)
    title = models.CharField(_("タイトル"), max_length=80)
    subtitle = models.CharField(_("通称・サブタイトル"), max_length=80, blank=True)
    summary = models.CharField(_("概要"), max_length=400)
    how_to = models.CharField(_("利用・申請方法"), max_length=1000, blank=True)
    what_to_say = models.CharField(_("電話での伝え方"), max_length=400, blank=True)
    what_to_bring = models.CharField(_("持ちもの"), max_length=400, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_within_the_standard",
                condition=~Q(language="ja")
                | Q(LessThanOrEqual(Length("title"), 40), LessThanOrEqual(Length("summary"), 200)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
