"""Windows (相談窓口) of the directory of help, and what the public reads of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.columns import OfficeNumberField
from organisations.models import Catchment, Place
from outreach.directory.codes import WINDOW_LETTERS, Area, Charge
from outreach.models.entry import Entry, EntryQuerySet, Text, begins_with

# With these words a note to staff asks for a number to be checked; the public is warned of it until then.
CHECK_THE_NUMBER = "番号を確かめてください"


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
            models.CheckConstraint(name="window_code_letter", condition=begins_with(WINDOW_LETTERS)),
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
