"""A desk, its centres, its people, and what they have done so far."""

from dataclasses import dataclass
from typing import Any

from foundation import access
from foundation.identifiers import new_secret
from organisations.models import Member, Organisation
from outreach.application.addenda import add_addendum
from outreach.application.submission import submit_application
from referrals import notes
from referrals.handoff import sending
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.states import CaseStatus, ReferralStatus
from tests.factories import referrals
from tests.factories.applications import CHUO, StatementFactory, real_place
from tests.factories.cases import advance
from tests.invariants.marked import SIGN


@dataclass
class World:
    desk: Organisation
    centre: Organisation
    other: Organisation
    caseworker: Member
    counsellor: Member
    stranger: Member
    stated: dict[str, Any]

    def hand_in(self, **answers: Any) -> tuple[Case, str]:
        """The marked person's application and the secret of its page; everything free-text is marked too."""
        secret = new_secret()
        stated = {"consenting": self.centre, **self.stated, **answers}
        real_place(stated.get("place_code", CHUO))
        with access.scope(actor="test", purpose="handing in"):
            receipt = submit_application(
                statement=StatementFactory(**stated), submission_key=secret[::-1], page_secret=secret
            )
            words = {"own_words": f"{SIGN}の相談", "interpreter": f"{SIGN}語", "public_assistance": "no"}
            add_addendum(application=receipt.application, **words)
            case = receipt.application.case
            notes.write_note(case=case, text=f"{SIGN}のメモ", by=self.caseworker)
        return case, secret

    def refer(self, case: Case, *, to: str = ReferralStatus.SENT, way: str = Way.PORTAL) -> Referral:
        """Hand the case to its centre and take the referral as far as ``to``."""
        with access.scope(actor="test", purpose="handing off"):
            case = Case.objects.get(pk=case.pk)
            referral = sending.send(case=case, centre=self.centre, way=way, by=self.caseworker, seen=case.version)
            referrals.deliver_outbox()
            referrals.move_on(referral, to=to, by=self.counsellor)
        return Referral.objects.get(pk=referral.pk)

    def pack(self, case: Case, status: str = CaseStatus.PACKED) -> Case:
        with access.scope(actor="test", purpose="packing"):
            return advance(case, status, by=self.caseworker)
