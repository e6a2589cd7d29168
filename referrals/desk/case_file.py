"""What the desk's page of a case shows, read in a constant number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.wording import listed, side_by_side, year_with_era
from outreach.application import answers
from outreach.application.disclosable import FIELDS_BY_KEY
from outreach.models import Application, ApplicationAddendum, ApplicationChoice
from referrals.desk import timeline
from referrals.desk.addenda import unread
from referrals.handoff.timeline import Happening
from referrals.handoff.visibility import Answer, answer_for_desk
from referrals.models import Case, ConsentEntry, Parcel, Referral
from referrals.models.consent import Purpose

Words = str | Promise
Q = ApplicationChoice.Question
LIVE = "given"

# The household types in the words staff use; the person reads those of ``circumstances``.
HOUSEHOLD: dict[str, Words] = {
    answers.HouseholdType.SINGLE: _("単独"),
    answers.HouseholdType.SINGLE_PARENT: _("ひとり親と子"),
    answers.HouseholdType.COUPLE: _("夫婦のみ"),
    answers.HouseholdType.COUPLE_WITH_CHILDREN: _("夫婦と子"),
    answers.HouseholdType.THREE_GENERATIONS: _("三世代"),
    answers.HouseholdType.WITH_PARENTS: _("親と同居"),
    answers.HouseholdType.OTHER: _("その他"),
    answers.HouseholdType.PREFER_NOT_TO_SAY: answers.PREFER_NOT_TO_SAY[1],
}


@dataclass(frozen=True)
class Fact:
    label: Words
    value: Words


@dataclass(frozen=True)
class ReferralLine:
    """A referral and what the desk may see of its answer."""

    referral: Referral
    answer: Answer
    returned: bool


@dataclass(frozen=True)
class ConsentLine:
    """An entry of the ledger, and whether it stands: the state's code and word."""

    entry: ConsentEntry
    code: str
    label: Words
    fields: str


@dataclass(frozen=True)
class CaseFile:
    case: Case
    circumstances: list[tuple[Words, list[Fact]]]
    reach_by: str
    addenda: list[ApplicationAddendum]
    addenda_unread: bool
    consents: list[ConsentLine]
    referrals: list[ReferralLine]
    parcels: list[Parcel]
    timeline: list[Happening]

    @property
    def returned(self) -> list[Referral]:
        """Referrals that came back and wait for the desk."""
        return [line.referral for line in self.referrals if line.returned]

    @property
    def on_their_way(self) -> list[Referral]:
        """Referrals on paper that nothing says have reached their centre."""
        return [line.referral for line in self.referrals if line.referral.is_on_its_way]

    @property
    def to_tell(self) -> list[Referral]:
        """Referrals that were withdrawn, of which a member has yet to tell the centre."""
        return [line.referral for line in self.referrals if line.referral.is_to_be_told]

    @property
    def may_be_handed_on(self) -> bool:
        """Whether the person wishes a centre to call, a consent stands, and nothing was sent on it yet."""
        handed = {line.referral.centre_id for line in self.referrals}
        live = [line.entry for line in self.consents if line.code == LIVE]
        return any(e.purpose == Purpose.TELL_CENTRE and e.recipient_id not in handed for e in live)

    @property
    def consent_stands(self) -> bool:
        return any(line.code == LIVE for line in self.consents)


def of(case: Case) -> CaseFile:
    """Everything about ``case`` (loaded as ``for_handing_off``)."""
    key = case.person.data_key
    is_unread = Exists(unread().filter(pk=OuterRef("pk")))
    addenda: list[Any] = list(case.application.addenda.annotate(is_unread=is_unread))
    for addendum in addenda:
        if addendum.data_key_id == key.pk:
            addendum.data_key = key
    consents = list(
        case.person.consents.annotate(is_live=Exists(ConsentEntry.objects.live().filter(pk=OuterRef("pk"))))
        .select_related("recipient", "recorded_by")
        .order_by("pk")
    )
    told_by = {e.recipient_id for e in consents if e.is_live and e.purpose == Purpose.HEAR_RESULT}
    referrals = list(case.referrals.select_related("centre", "created_by", "followed_up_by").order_by("-pk"))
    parcels = list(case.parcels.select_related("packed_by"))
    return CaseFile(
        case=case,
        circumstances=circumstances(case.application),
        reach_by=_labels(answers.ReachBy, case.application.chosen(Q.REACH_BY)),
        addenda=addenda,
        addenda_unread=any(addendum.is_unread for addendum in addenda),
        consents=[_consent(entry) for entry in reversed(consents)],
        referrals=[
            ReferralLine(r, answer_for_desk(r, result_is_told=r.centre_id in told_by), returned=r.waits_for_desk)
            for r in referrals
        ],
        parcels=parcels,
        timeline=timeline.of_case(
            case, parcels=parcels, referrals=referrals, consents=consents, addenda=addenda, result_told_by=told_by
        ),
    )


def circumstances(application: Application) -> list[tuple[Words, list[Fact]]]:
    """What was stated, in groups, without what was not answered (decrypts; uses the prefetched choices)."""
    groups: list[tuple[Words, Iterator[Fact]]] = [
        (_("食べものと世帯"), _food(application)),
        (_("受けとり方"), _delivery(application)),
        (_("くらし"), _life(application)),
        (_("窓口の希望"), _wish(application)),
    ]
    return [(title, [fact for fact in facts if fact.value]) for title, facts in groups]


def contents_needs(application: Application) -> list[Fact]:
    """What matters for the contents of a parcel, and nothing else of a life; empty where nothing does."""
    return [fact for fact in _contents(application) if fact.value]


def delivery_wishes(application: Application) -> list[Fact]:
    return list(_delivery(application))


def _consent(entry: Any) -> ConsentLine:
    """The line of an entry that was read with the annotation ``is_live``."""
    fields = listed(FIELDS_BY_KEY[key].label for key in entry.fields if key in FIELDS_BY_KEY)
    if entry.is_live:
        return ConsentLine(entry, LIVE, _("いまの同意"), fields)
    if not entry.given:
        return ConsentLine(entry, "revoked", _("同意の撤回"), fields)
    if entry.expires_on and entry.expires_on < clock.today():
        return ConsentLine(entry, "expired", _("期限切れ"), fields)
    return ConsentLine(entry, "past", _("以前の記録"), fields)


def _contents(a: Application) -> Iterator[Fact]:
    yield Fact(_("人数"), format_lazy(_("{count}人"), count=a.people_count) if a.people_count else "")
    yield Fact(_("子どもの年齢"), listed(format_lazy(_("{age}歳"), age=age) for age in a.children_ages or []))
    yield Fact(_("赤ちゃんのもの"), _labels(answers.BabyNeed, a.chosen(Q.BABY_NEED)))
    yield Fact(_("食べられないもの"), side_by_side((_labels(answers.CannotEat, a.cannot_eat or []), a.cannot_eat_note)))
    yield Fact(_("料理"), a.get_cooking_display())
    yield Fact(_("使えないもの"), _labels(answers.Lifeline, a.chosen(Q.LIFELINE_CUT)))


def _food(a: Application) -> Iterator[Fact]:
    yield Fact(_("いまある食べもの"), a.get_food_days_display())
    yield from _contents(a)


def _delivery(a: Application) -> Iterator[Fact]:
    yield Fact(_("受けとり方"), a.get_receive_by_display())
    yield Fact(_("時間帯"), a.get_delivery_slot_display())
    yield Fact(_("置き配"), _("置いてよい") if a.leave_at_door else _("置かずに手わたし"))


def _life(a: Application) -> Iterator[Fact]:
    yield Fact(_("世帯"), HOUSEHOLD.get(a.household_type, ""))
    yield Fact(_("減収・離職"), side_by_side((a.get_income_display(), a.get_income_since_display())))
    yield Fact(_("借金"), side_by_side((a.get_in_debt_display(), _labels(answers.DebtKind, a.chosen(Q.DEBT_KIND)))))
    yield Fact(_("初回利用"), a.get_first_time_display())
    yield Fact(_("相談できる人"), a.get_someone_to_consult_display())
    yield Fact(_("相談しているところ"), _labels(answers.Body, a.chosen(Q.BODY)))
    yield Fact(_("ナビで選んだ困りごと"), _labels(answers.CarriedTrouble, a.chosen(Q.TROUBLE)))
    yield Fact(_("生まれた年"), year_with_era(int(a.birth_year)) if a.birth_year else "")
    yield Fact(_("知ったきっかけ"), a.get_found_by_display())


def _wish(a: Application) -> Iterator[Fact]:
    yield Fact(_("希望"), a.get_hand_off_wish_display())
    yield Fact(_("案内した窓口"), a.centre.name if a.centre else "")


def _labels(choices: type, values: list[str]) -> str:
    return listed(choices(value).label for value in values)
