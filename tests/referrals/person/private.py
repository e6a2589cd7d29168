"""Private pages for tests: an application with the secret of its page, and what a browser shows of it."""

import re

from django.urls import reverse

from foundation import access
from foundation.identifiers import new_secret
from outreach.application import submission
from referrals.desk import corrections
from referrals.handoff import sending
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import applications, cases, members, referrals
from tests.factories.applications import StatementFactory

S = ReferralStatus

NAME = "見本 めじるし"
PLACE = "見本運輸 中央営業所"
STATED = {"name": NAME, "kana": "みほん めじるし", "phone": "+819011112222", "address": "目印町9丁目"}


def hand_in(**answers) -> tuple[Case, str]:
    """An application and the secret of its page."""
    secret = new_secret()
    if not submission.catchment.desk_for(applications.real_place()):
        applications.desk_in(opening_hours="平日 10時〜16時")
    with access.scope(actor="test", purpose="handing in"):
        receipt = submission.submit_application(
            statement=StatementFactory(**{**STATED, **answers}), submission_key=secret[::-1], page_secret=secret
        )
    return receipt.application.case, secret


def refer(case, centre, *, to=S.SENT, way=Way.PORTAL) -> Referral:
    with access.scope(actor="test", purpose="handing off"):
        worker = members.caseworker(case.desk)
        referral = sending.send(case=case, centre=centre, way=way, by=worker, seen=case.version)
        referrals.deliver_outbox()
        referrals.move_on(referral, to=to, by=members.counsellor(centre))
    return referral


def arrange(case: Case) -> None:
    """Where the box of ``case`` is picked up."""
    where = {"pickup_name": PLACE, "pickup_address": "見本町5", "pickup_hours": "平日 9時〜18時"}
    found = cases.fresh(case)
    by = members.caseworker(case.desk)
    with access.scope(actor="test", purpose="test"):
        corrections.correct(case=found, now=corrections.stands(found) | where, why="聞いた", by=by, seen=0)


def page_of(secret):
    return reverse("person:page", args=[secret])


def withdraw_of(secret):
    return reverse("person:withdraw_consent", args=[secret])


def text_of(response):
    return response.content.decode()


def open_text_of(response):
    """What stands on the page without opening anything folded."""
    return re.sub(r"<details.*?</details>", "", text_of(response), flags=re.DOTALL)
