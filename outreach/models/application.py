"""Applications: what a person stated, once, unchangeable."""

import dataclasses
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.coded import CodeField
from foundation.crypto.fields import EncryptedJSON, EncryptedText
from foundation.erased import unless_erased
from foundation.identifiers import PublicIdField, ReceiptNumberField
from foundation.models.append_only import AppendOnly, AppendOnlyQuerySet
from organisations.models.place import PlaceKey
from outreach.application import answers
from outreach.application.questions import TICKED_AS
from outreach.application.statement import Statement
from outreach.models.choice import ApplicationChoice


class Channel(models.TextChoices):
    WEB = "web", _("ウェブ")
    TELEPHONE = "telephone", _("電話")


class ApplicationQuerySet(AppendOnlyQuerySet):
    def received_between(self, start, end):
        """Applications received from ``start`` to ``end`` (dates in Tokyo, both included)."""
        return self.filter(received_on__range=(start, end))

    def write_page_secret(self, application: "Application", **columns: str) -> None:
        """The door of ``page_secrets``: find the page of this application by a digest under another key."""
        hashed = Application._meta.get_field("page_secret_hash")
        columns["page_secret_hash"] = hashed.sealed(application, columns["page_secret_hash"])
        models.QuerySet.update(self.filter(pk=application.pk), **columns)


class Application(AppendOnly):
    """One application (申込). Coded answers stand in the clear, everything that identifies is encrypted."""

    public_id = PublicIdField()
    receipt_number = ReceiptNumberField(_("受付番号"))
    submission_key = models.CharField(max_length=64, unique=True)
    page_secret_digest = models.CharField(max_length=64, unique=True)
    page_secret_key = models.CharField(max_length=32, blank=True, default="", db_default="")  # "": a plain hash
    page_secret_hash = EncryptedText(null=True, seal="outreach.application.page_secret_hash")
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    desk = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="applications", verbose_name=_("フードバンク")
    )
    channel = CodeField(_("受付方法"), max_length=12, choices=Channel.choices)
    recorded_by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("書きとった人")
    )
    language = models.CharField(_("ことば"), max_length=8, default="ja")
    received_at = models.DateTimeField(_("受付日時"))
    received_on = models.DateField(_("受付日"))
    place = PlaceKey(related_name="+", verbose_name=_("市区町村"))
    sending_place = PlaceKey(
        null=True, blank=True, related_name="+",
        verbose_name=_("送り先の市区町村（空欄はお住まいと同じ）"),
    )  # fmt: skip

    # Coded answers, as stated.
    applying_for = CodeField(max_length=8, choices=answers.ApplyingFor.choices)
    food_days = CodeField(_("食べもの"), max_length=20, choices=answers.FoodDays.choices, blank=True)
    people_count = models.PositiveSmallIntegerField(_("人数"), null=True, blank=True)
    cooking = CodeField(_("料理"), max_length=20, choices=answers.Cooking.choices, blank=True)
    receive_by = CodeField(_("受けとり方"), max_length=8, choices=answers.ReceiveBy.choices)
    delivery_slot = CodeField(_("時間帯"), max_length=16, choices=answers.DeliverySlot.choices)
    leave_at_door = models.BooleanField(_("置き配"), default=False)
    cannot_telephone = models.BooleanField(_("電話は使えない"), default=False)
    household_type = CodeField(_("世帯"), max_length=24, choices=answers.HouseholdType.choices, blank=True)
    income = CodeField(_("収入"), max_length=20, choices=answers.Income.choices, blank=True)
    income_since = CodeField(_("いつから"), max_length=20, choices=answers.IncomeSince.choices, blank=True)
    in_debt = CodeField(_("借金"), max_length=20, choices=answers.InDebt.choices, blank=True)
    first_time = CodeField(_("初回利用"), max_length=20, choices=answers.YesNo.choices, blank=True)
    someone_to_consult = CodeField(_("相談できる人"), max_length=20, choices=answers.Someone.choices, blank=True)
    found_by = CodeField(_("知ったきっかけ"), max_length=20, choices=answers.FoundBy.choices, blank=True)

    # The wish, and what was stated about telling the centre.
    hand_off_wish = CodeField(_("窓口の希望"), max_length=12, choices=answers.HandOffWish.choices, blank=True)
    centre = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("窓口として示した機関"),
    )  # fmt: skip
    consents = models.BooleanField(_("伝えることに同意"), default=False)
    feedback = models.BooleanField(_("結果を知らせることに同意"), default=False)
    consent_text_version = models.CharField(_("同意文の版"), max_length=16, blank=True)

    # What identifies.
    name = EncryptedText(_("名前"), seal="outreach.application.name")
    kana = EncryptedText(_("ふりがな"), seal="outreach.application.kana")
    birth_year = EncryptedText(_("生まれた年"), blank=True, seal="outreach.application.birth_year")
    postcode = EncryptedText(_("郵便番号"), blank=True, seal="outreach.application.postcode")
    address = EncryptedText(_("住所"), blank=True, seal="outreach.application.address")
    phone = EncryptedText(_("電話"), blank=True, seal="outreach.application.phone")
    email = EncryptedText(_("メール"), blank=True, seal="outreach.application.email")
    safe_times = EncryptedText(_("連絡してよい時間"), blank=True, seal="outreach.application.safe_times")
    spoken = EncryptedText(
        _("話しやすいことば・通訳"), null=True, blank=True, seal="outreach.application.spoken"
    )  # fmt: skip
    passphrase = EncryptedText(_("合言葉"), blank=True, seal="outreach.application.passphrase")
    children_ages = EncryptedJSON(_("子どもの年齢"), blank=True, seal="outreach.application.children_ages")
    cannot_eat = EncryptedJSON(_("食べられないもの"), blank=True, seal="outreach.application.cannot_eat")
    cannot_eat_note = EncryptedText(
        _("食べられないもの（くわしく）"), blank=True, seal="outreach.application.cannot_eat_note"
    )
    helper = EncryptedJSON(_("代わりに申しこんだ人"), blank=True, seal="outreach.application.helper")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("申込み")
        verbose_name_plural = _("申込み")
        indexes = [models.Index(fields=["received_on", "place"], name="application_by_day")]
        constraints = [
            models.CheckConstraint(
                name="application_consent_is_whole",
                condition=Q(consents=False)
                | Q(
                    hand_off_wish="call_me",
                    applying_for="self",
                    centre__isnull=False,
                )
                & ~Q(consent_text_version=""),
            ),
            models.CheckConstraint(
                name="application_feedback_needs_consent", condition=Q(feedback=False) | Q(consents=True)
            ),
            models.CheckConstraint(
                name="application_by_telephone_is_recorded",
                condition=~Q(channel="telephone") | Q(recorded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @classmethod
    def stated_columns(cls) -> frozenset[str]:
        """The columns that hold an answer just as the Statement's field of the same name does."""
        return _COMMON - {"birth_year", "feedback", "consent_text_version"}

    def as_statement(self) -> Statement:
        """What was stated, as the plain values it was stated in (decrypts; prefetch ``choices``)."""
        answered: dict[str, Any] = {name: self.stated(name) for name in (*(_COMMON - {"birth_year"}), *TICKED_AS)}
        answered["spoken"] = answered["spoken"] or ""  # None where nobody was asked yet
        return Statement(
            **answered,
            birth_year=unless_erased(year_or_none, self.birth_year),
            place_code=self.place.code,
            sending_place_code=self.sending_place.code if self.sending_place else "",
            **{f"helper_{fact}": self._of_helper(fact) for fact in ("name", "relation", "phone")},
            centre_id=self.centre.public_id if self.centre else "",
            disclosed=self.chosen(ApplicationChoice.Several.DISCLOSED),
        )

    def _of_helper(self, fact: str) -> Any:
        return unless_erased(lambda helper: (helper or {}).get(fact, ""), self.helper)

    def stated(self, name: str) -> Any:
        """The answer to one question (decrypts where it identifies; prefetch ``choices``)."""
        if name.startswith("helper_"):
            return self._of_helper(name.removeprefix("helper_"))
        return self.chosen(TICKED_AS[name]) if name in TICKED_AS else getattr(self, name)

    def chosen(self, question: str) -> list[str]:
        """The values chosen for a question with several answers, in the form's order (uses a prefetch)."""
        return [choice.value for choice in self.choices.all() if choice.question == question]


def year_or_none(stored: str) -> int | None:
    """A year that is stored as text."""
    return int(stored) if stored else None


_COMMON = frozenset(field.name for field in Application._meta.concrete_fields) & frozenset(
    field.name for field in dataclasses.fields(Statement)
)
