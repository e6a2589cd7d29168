"""What can be done in the demonstration: each act by the verb that real life uses, by somebody with the role.

Nothing is written as a row. Whoever acts first reads what they would read, so the access record tells it too.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from demonstration.accounts import Cast
from demonstration.people import Applicant
from demonstration.plans import ELSEWHERE, LIVES_IN, Wish
from foundation import access, clock
from organisations import catchment
from organisations.models import Member, Organisation
from organisations.places import gazetteer
from outreach.application import consent_texts, disclosable
from outreach.application.disclosable import Group
from outreach.application.statement import Statement
from outreach.application.submission import submit_application
from referrals import notes, tasks
from referrals.desk import casework, corrections, parcels
from referrals.handoff import answering, consents, replies, sending
from referrals.models import Case, Referral
from referrals.models.consent import ConsentChannel
from referrals.models.referral import Way
from referrals.reasons import ReturnReason
from referrals.states import ParcelStatus

KEY = "demonstration"
FOOD = (
    "お米2kg、レトルトカレー、缶詰",
    "お米5kg、パスタ、みそ",
    "アルファ米、ゼリー飲料、缶詰",
    "お米2kg、めん、野菜ジュース",
)
DISCLOSED = (list(Group.values), [Group.CONTACT, Group.TROUBLES], list(Group.values), [Group.CONTACT])
HELPER = {"helper_name": "試野 まつ", "helper_relation": "姉", "helper_phone": "+819000009001"}


def page_secret(number: int) -> str:
    """The secret of an applicant's private page: known, so that the page can be looked at; nobody real has one."""
    return hashlib.sha256(f"{KEY} {number}".encode()).hexdigest()[:32]


class Stage:
    """The acts; every method takes an applicant's number, and acts on their one case at the clock's moment."""

    def __init__(self, cast: Cast, people: list[Applicant], wishes: dict[int, Wish]) -> None:
        self.cast = cast
        self.people = {person.number: person for person in people}
        self.wishes = wishes
        self.cases: dict[int, int] = {}

    # --- the person -----------------------------------------------------------------------------------------

    def apply(self, number: int, *, by_telephone: bool) -> None:
        receipt = submit_application(
            statement=self._stated(self.people[number]),
            submission_key=f"{KEY}-{number:03d}",
            page_secret=page_secret(number),
            by=self._worker(number) if by_telephone else None,
        )
        self.cases[number] = receipt.application.case.pk

    def _stated(self, person: Applicant) -> Statement:
        statement = Statement(**person.answers)
        wish = self.wishes.get(person.number)
        if wish is not None:
            lives_in = LIVES_IN[wish.centre]
            statement.place_code = lives_in[person.number % len(lives_in)]
            statement.reach_by = ["phone"]
            statement.phone = statement.phone or f"+819000{person.number:06d}"
        if wish is not None and wish.helped:
            statement.applying_for = "other"
            for name, value in HELPER.items():
                setattr(statement, name, value)
        if statement.hand_off_wish:
            statement.centre_id = self._centre(statement.place_code).public_id
        if wish is not None and wish.consents:
            statement.disclosed = disclosable.keys_of(DISCLOSED[person.number % len(DISCLOSED)])
            statement.feedback = wish.hears
            statement.consent_text_version = consent_texts.CURRENT
        return statement.tidy()

    def _centre(self, place_code: str) -> Organisation:
        return catchment.centres_for(gazetteer.get(place_code))[0]

    def withdraw(self, number: int) -> None:
        case, referral = self._case(number), self._referral(number)
        consents.withdraw_consent(case=case, recipient=referral.centre, channel=ConsentChannel.WEB)

    # --- the desk -------------------------------------------------------------------------------------------

    def review(self, number: int) -> None:
        case, by = self._case(number), self._worker(number)
        with self._reading(by, self.cast.desk, "desk:case"):
            _ = (case.person.name, case.person.phone, case.person.address)
        casework.start_review(case=case, by=by, seen=case.version)

    def note(self, number: int, *, text: str) -> None:
        notes.write_note(case=self._case(number), text=text, by=self._worker(number))

    def approve(self, number: int) -> None:
        case = self._case(number)
        casework.approve(case=case, by=self._worker(number), seen=case.version)

    def end(self, number: int, *, to: str, reason: str, note: str) -> None:
        case = self._case(number)
        casework.end(
            case=case,
            to=to,
            reason=reason,
            note=note,
            by=self._worker(number),
            seen=case.version,
            without_hand_off=True,
            box=ParcelStatus.UNPACKED,
        )

    def pack(self, number: int) -> None:
        case, by = self._case(number), self.cast.members["packer"]
        with self._reading(by, self.cast.desk, "desk:packing"):
            _ = (case.person.name, case.person.postcode, case.person.address)
            food, weight = FOOD[number % len(FOOD)], 3000 + 250 * (number % 9)
            shown = {"seen": case.version, "corrected": corrections.length(case)}
            parcels.pack(case=case, contents=food, weight_grams=weight, by=by, **shown)

    def send_parcel(self, number: int) -> None:
        if self._case(number).picks_up:
            self._arrange_pickup(number)
        case, by = self._case(number), self.cast.members["packer"]
        with self._reading(by, self.cast.desk, "desk:parcel"):
            parcels.send(
                parcel=self._parcel(case), by=by, seen=case.version, tracking_number=f"0000-0000-{number:04d}",
                corrected=corrections.length(case),
            )  # fmt: skip

    def _arrange_pickup(self, number: int) -> None:
        case, by = self._case(number), self._worker(number)
        where = {
            "pickup_name": "見本運輸 見本営業所",
            "pickup_address": "見本町1丁目1-1（見本）",
            "pickup_hours": "毎日 9時〜19時",
        }
        with self._reading(by, self.cast.desk, "desk:case_correct"):
            if case.pickup:
                return  # from before the box came back
            now = corrections.stands(case) | where
            corrections.correct(case=case, now=now, why="本人に聞いた", by=by, seen=corrections.length(case))

    def deliver(self, number: int) -> None:
        case = self._case(number)
        parcels.deliver(parcel=self._parcel(case), by=self.cast.members["packer"], seen=case.version)

    def unpack(self, number: int) -> None:
        case = self._case(number)
        parcels.unpack(parcel=self._parcel(case), by=self.cast.members["packer"], seen=case.version)

    def take_back(self, number: int) -> None:
        case = self._case(number)
        reasons = list(ReturnReason)[:-1]
        parcels.take_back(
            parcel=self._parcel(case), by=self.cast.members["packer"], seen=case.version,
            reason=reasons[number % len(reasons)],
        )  # fmt: skip

    def send_again(self, number: int) -> None:
        case = self._case(number)
        found_out = "本人に電話でたしかめた。次は受けとれるとのこと。"
        parcels.send_again(parcel=self._parcel(case), found_out=found_out, by=self._worker(number), seen=case.version)

    # --- the hand-off ---------------------------------------------------------------------------------------

    def consent_on_paper(self, number: int) -> None:
        case, by = self._case(number), self._worker(number)
        consents.record_consent(
            case=case,
            recipient=self._centre(case.person.place.code),
            fields=disclosable.keys_of([Group.CONTACT]),
            hear_result=True,
            channel=ConsentChannel.PAPER,
            stated_on=clock.today(),
            by=by,
        )

    def refer(self, number: int) -> None:
        case, by = self._case(number), self._worker(number)
        way = Way.TELEPHONE if self.wishes[number].centre == ELSEWHERE else Way.PORTAL
        with self._reading(by, self.cast.desk, "desk:referral_new"):
            centre = self._centre(case.person.place.code)
            sending.send(case=case, centre=centre, way=way, by=by, seen=case.version)

    refer_lately = refer

    def open(self, number: int) -> None:
        referral = self._referral(number)
        by = self._counsellor(referral)
        answering.open_and_read(referral=referral, by=by)
        with self._reading(by, referral.centre, "portal:packet"):
            _ = referral.packet.rows

    def accept(self, number: int) -> None:
        referral = self._referral(number)
        answering.accept(referral=referral, by=self._counsellor(referral), seen=referral.version)

    def decline(self, number: int, *, reason: str, note: str = "") -> None:
        referral = self._referral(number)
        answering.decline(
            referral=referral, reason=reason, note=note, by=self._counsellor(referral), seen=referral.version
        )

    def contact(self, number: int) -> None:
        referral = self._referral(number)
        answering.note_first_contact(referral=referral, by=self._counsellor(referral), seen=referral.version)

    def close(self, number: int, *, outcome: str, note: str) -> None:
        referral = self._referral(number)
        answering.close(
            referral=referral, outcome=outcome, note=note, by=self._counsellor(referral), seen=referral.version
        )

    def reply(self, number: int, *, to: str, reason: str = "", outcome: str = "") -> None:
        referral = self._referral(number)
        replies.record_reply(
            referral=referral, to=to, reason=reason, outcome=outcome, by=self._worker(number), seen=referral.version
        )

    def follow_up(self, number: int, *, note: str) -> None:
        referral = self._referral(number)
        replies.follow_up(referral=referral, note=note, by=self._worker(number), seen=referral.version)

    def withdraw_by_telephone(self, number: int) -> None:
        case, referral = self._case(number), self._referral(number)
        consents.withdraw_consent(
            case=case, recipient=referral.centre, channel=ConsentChannel.TELEPHONE, by=self._worker(number)
        )

    def expire(self, _number: int) -> None:
        tasks.expire_unanswered()

    # --- who and what ---------------------------------------------------------------------------------------

    def _case(self, number: int) -> Case:
        return Case.objects.select_related("desk", "person__data_key").get(pk=self.cases[number])

    def _parcel(self, case: Case):
        parcel = case.parcels.latest("pk")
        parcel.case = case
        return parcel

    def _referral(self, number: int) -> Referral:
        referrals = Referral.objects.select_related("centre", "case__desk", "data_key", "packet__data_key")
        return referrals.get(case=self.cases[number])

    def _worker(self, number: int) -> Member:
        members = self.cast.members
        return members[("caseworker", "caseworker2", "caseworker", "caseworker2", "coordinator")[number % 5]]

    def _counsellor(self, referral: Referral) -> Member:
        return self.cast.counsellors[referral.centre.code or ""]

    @contextmanager
    def _reading(self, by: Member, organisation: Organisation, page: str) -> Iterator[None]:
        with access.scope(
            actor=f"member:{by.public_id}", member_id=by.pk, organisation_id=organisation.pk, purpose=page
        ):
            yield
