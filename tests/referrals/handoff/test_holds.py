"""A hold: why is told only where it may be, and the day that ends it is seen by whoever has to do something."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError, NotAllowed
from referrals.handoff import answering
from referrals.handoff.visibility import holds_over_for_desk
from referrals.models import Referral
from referrals.states import ReferralStatus as S
from tests.factories import cases, members, referrals
from tests.factories.cases import fresh, referral, town
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


def held(sent: Referral, by, *, why: str = "", days: int = 3) -> Referral:
    until = clock.today() + timedelta(days=days)
    answering.hold(referral=sent, until=until, why=why, by=by, seen=sent.version)
    return Referral.objects.select_related("case__person", "case__desk", "centre", "packet").get(pk=sent.pk)


class TestWhy:
    def test_is_not_written_down_from_paper_without_the_second_consent(self, place):
        sent = referral(place, status=S.ACCEPTED, hear_result=False)
        with pytest.raises(NotAllowed, match="結果を聞く同意がない"):
            held(sent, place.caseworker, why="入院中")
        sent = held(sent, place.caseworker)
        assert (sent.status, sent.note) == (S.ON_HOLD, "")

    def test_is_asked_for_with_it(self, place):
        sent = referral(place, status=S.ACCEPTED)
        with pytest.raises(DomainError, match="保留にする理由"):
            held(sent, place.caseworker)

    def test_is_the_centres_own_in_the_portal(self):
        centre = referrals.portal_centre()
        sent = referrals.handed_off(centre, to=S.ACCEPTED)
        cases.consent(fresh(sent.case), centre, by=members.caseworker(sent.case.desk), hear_result=False)
        sent = held(sent, members.counsellor(centre), why="入院中")
        page = text(signed_in(members.caseworker(sent.case.desk)).get(reverse("desk:referral", args=[sent.public_id])))
        assert "入院中" not in page
        assert "保留中" not in page

    def test_without_it_the_desk_sees_the_day_alone(self, place):
        sent = held(referral(place, status=S.ACCEPTED, hear_result=False), place.caseworker)
        page = text(signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id])))
        assert "保留中" in page
        assert "日まで" in page
        replies = next(form for form in read(page)[0] if "replied_on" in form.names)
        assert replies.names & {"reason", "outcome", "note"} == set(), "no result could be written down"
        assert 'value="handed_over"' in page
        assert 'value="closed"' not in page

    def test_on_the_page_the_desk_is_asked_for_it_with_the_second_consent_alone(self, place):
        desk = signed_in(place.caseworker)
        until = f"{clock.today() + timedelta(days=3):%Y-%m-%d}"
        for hear_result in (True, False):
            sent = referral(place, status=S.ACCEPTED, hear_result=hear_result)
            page = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
            assert ("保留にする理由" in page) == hear_result
            said = {"seen": sent.version, "until": until, "why": "入院中"}
            desk.post(reverse("desk:referral_hold", args=[sent.public_id]), said)
            sent = Referral.objects.get(pk=sent.pk)
            assert (sent.status, sent.note) == (S.ON_HOLD, "入院中" if hear_result else "")


class TestTheDay:
    @pytest.mark.parametrize("hear_result", [True, False])
    def test_brings_it_before_the_desk(self, place, hear_result):
        sent = referral(place, status=S.ACCEPTED, hear_result=hear_result)
        sent = held(sent, place.caseworker, why="入院中" if hear_result else "")
        desk = signed_in(place.caseworker)
        tab = {"tab": "hold_over"}
        with clock.at(clock.now() + timedelta(days=2)):
            assert desk.get(reverse("desk:queue"), tab).context["page"].items == []
        with clock.at(clock.now() + timedelta(days=3)):
            assert desk.get(reverse("desk:queue"), tab).context["page"].items == [sent.case]
            assert "保留の日がきた" in text(desk.get(reverse("desk:queue"), {"tab": "all"}))
            assert "その日がきたので" in text(desk.get(reverse("desk:case", args=[sent.case.public_id])))

    def test_brings_it_before_the_centre_which_can_end_it(self):
        centre = referrals.portal_centre()
        counsellor = members.counsellor(centre)
        sent = held(referrals.handed_off(centre, to=S.ACCEPTED), counsellor, why="入院中")
        portal = signed_in(counsellor)
        heading = "保留の日がきたつなぎがあります"
        assert heading not in text(portal.get(reverse("portal:queue")))
        with clock.at(clock.now() + timedelta(days=3)):
            page = text(portal.get(reverse("portal:queue"), {"tab": "accepted"}))
            assert sent.number in page.partition(heading)[2].partition("</section>")[0]
            assert "保留の日がきた</span>" in page
            assert "結果を記録して終える" in text(portal.get(reverse("portal:packet", args=[sent.public_id])))
            said = {"seen": sent.version, "outcome": "moved", "note": ""}
            portal.post(reverse("portal:close", args=[sent.public_id]), said)
        assert Referral.objects.get(pk=sent.pk).status == S.CLOSED

    def test_of_a_hold_in_the_portal_the_desk_hears_with_the_second_consent_alone(self):
        centre = referrals.portal_centre()
        sent = held(referrals.handed_off(centre, to=S.ACCEPTED), members.counsellor(centre), why="入院中")
        with clock.at(clock.now() + timedelta(days=3)):
            assert list(holds_over_for_desk()) == [sent]
            worker = members.caseworker(sent.case.desk)
            cases.consent(fresh(sent.case), centre, by=worker, hear_result=False)
            assert list(holds_over_for_desk()) == []
