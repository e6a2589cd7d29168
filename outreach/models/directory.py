"""The directory of help: programmes (支援制度), windows (相談窓口), and their texts in each language."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.columns import MomentField, OfficeNumberField
from organisations.models import Catchment, Place
from organisations.models.place import PlaceKey
from outreach.directory.codes import PROGRAMME_LETTERS, WINDOW_LETTERS, Area, Category, Charge, Language, ServiceType

# With these words a note to staff asks for a number to be checked; the public is warned of it until then.
CHECK_THE_NUMBER = "番号を確かめてください"


def _begins_with(letters: str) -> Q:
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


class ProgrammeQuerySet(EntryQuerySet):
    def live(self):
        """As for any entry, and taking applications today."""
        today = clock.today()
        return (
            super()
            .live()
            .filter(
                Q(opens_on__isnull=True) | Q(opens_on__lte=today),
                Q(closes_on__isnull=True) | Q(closes_on__gte=today),
            )
        )


class WindowQuerySet(EntryQuerySet):
    def for_place(self, place: Place):
        """As for any entry; a window of a catchment helps wherever its organisation serves."""
        line = [step.pk for step in place.lineage()]
        serving = Catchment.objects.filter(place__in=line).values("organisation")
        return self.filter(
            Q(area=Area.NATIONAL)
            | Q(area=Area.PLACE, place__in=line)
            | Q(area=Area.CATCHMENT, organisation__in=serving)
        )


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


class Programme(Entry):
    """A programme (支援制度). Its area is ``place`` and all below; the whole country when that is empty."""

    repayable = models.BooleanField(_("返すお金か（空欄は一部・不明）"), null=True, blank=True)
    opens_on = models.DateField(_("受付開始日"), null=True, blank=True)
    closes_on = models.DateField(_("受付終了日"), null=True, blank=True)
    windows = models.ManyToManyField(
        "outreach.Window", related_name="programmes", blank=True, verbose_name=_("相談窓口")
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("支援制度")
        verbose_name_plural = pgettext_lazy("several", "支援制度")
        constraints = [
            models.CheckConstraint(name="programme_code_letter", condition=_begins_with(PROGRAMME_LETTERS)),
            models.CheckConstraint(name="programme_has_source", condition=~Q(source_publisher="")),
        ]


class Window(Entry):
    """A window (相談窓口): where one asks. ``place`` is whose body runs it; ``area`` says whom it is for.

    ``phone`` is written as one dials it in Japan (0120-279-338, #8008). ``confirmed_on`` is set when staff
    have confirmed the number with the window; until then it is shown as not yet confirmed.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="windows",
        verbose_name=_("組織"),
    )
    area = models.CharField(_("対象"), max_length=12, choices=Area.choices)
    phone = OfficeNumberField(_("電話"), max_length=20, blank=True)
    charge = models.CharField(_("通話料"), max_length=12, choices=Charge.choices, blank=True)
    is_switchboard = models.BooleanField(_("代表電話"), default=False)
    opening_hours = models.CharField(_("受付時間"), max_length=200, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("電話番号を確認した日"), null=True, blank=True, editable=False)

    objects = WindowQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("相談窓口")
        verbose_name_plural = pgettext_lazy("several", "相談窓口")
        constraints = [
            models.CheckConstraint(name="window_code_letter", condition=_begins_with(WINDOW_LETTERS)),
            models.CheckConstraint(name="window_has_source", condition=~Q(source_publisher="")),
            models.CheckConstraint(
                name="window_area_is_named",
                condition=Q(area="national", place__isnull=True)
                | Q(area="place", place__isnull=False)
                | Q(area="catchment", organisation__isnull=False, place__isnull=False),
            ),
            models.CheckConstraint(
                name="window_confirms_a_number", condition=Q(confirmed_on__isnull=True) | ~Q(phone="")
            ),
        ]

    @property
    def number_is_doubtful(self) -> bool:
        """Whether the note to staff asks for the number to be checked, and nobody has confirmed it since."""
        return bool(self.phone) and self.confirmed_on is None and self.note.startswith(CHECK_THE_NUMBER)


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


class ProgrammeText(Text):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="texts")
    target = models.CharField(_("対象者"), max_length=1000, blank=True)
    content = models.TextField(_("内容"), max_length=10000, blank=True)

    class Meta(Text.Meta):
        verbose_name = _("支援制度の文章")
        verbose_name_plural = pgettext_lazy("several", "支援制度の文章")
        constraints = [
            *Text.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "language"], name="programme_text_once"),
        ]


class WindowText(Text):
    window = models.ForeignKey(Window, models.CASCADE, related_name="texts")
    opening_hours = models.CharField(_("受付時間（このことばで）"), max_length=200, blank=True)

    class Meta(Text.Meta):
        verbose_name = _("相談窓口の文章")
        verbose_name_plural = pgettext_lazy("several", "相談窓口の文章")
        constraints = [
            *Text.Meta.constraints,
            models.UniqueConstraint(fields=["window", "language"], name="window_text_once"),
        ]
