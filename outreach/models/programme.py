"""Programmes (支援制度) of the directory of help, and what the public reads of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation import clock
from outreach.directory.codes import PROGRAMME_LETTERS
from outreach.models.entry import Entry, EntryQuerySet, Text, begins_with


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
            models.CheckConstraint(name="programme_code_letter", condition=begins_with(PROGRAMME_LETTERS)),
            models.CheckConstraint(name="programme_has_source", condition=~Q(source_publisher="")),
        ]


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
