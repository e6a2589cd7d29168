"""Somebody withdraws on their own page, and another application of theirs still concerns a centre: the desk sees it."""

import pytest
from django.urls import reverse

from organisations.models import Organisation
from referrals import notes
from referrals.handoff import consents
from referrals.models import Case, Person, Referral
from tests.factories.cases import case, fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
PHONE = "+819000009999"
SAID = "同じ方かもしれない申込みも、窓口に関わっています"


@pytest.fixture(params=["paper", "portal"])
def place(request):
    mailed = {"uses_portal": True, "email": "c@example.org", "email_confirmed_on": "2026-04-01"}
    return town(**(mailed if request.param == "portal" else {}))


def sent(place, **answers) -> Referral:
    return referral(place, way="portal" if place.centre.uses_portal else "telephone", **answers)


def withdraw(found, place, *, by=None):
    channel = "telephone" if by else "web"
    consents.withdraw_consent(case=fresh(found), recipient=place.centre, channel=channel, by=by)


def waiting(place):
    return signed_in(place.caseworker).get(reverse("desk:queue"), {"tab": "elsewhere"}).context["page"].items


def case_page(place, found):
    return text(signed_in(place.caseworker).get(reverse("desk:case", args=[found.public_id])))


@pytest.mark.parametrize("other", ["referral", "consent"])
def test_it_waits_until_somebody_wrote_a_note(place, other):
    mine = sent(place, phone=PHONE).case
    theirs = sent(place, phone=PHONE).case if other == "referral" else case(phone=PHONE, consenting=place.centre)
    assert waiting(place) == []
    withdraw(mine, place)
    assert waiting(place) == [mine]
    assert "ほかの申込みを確かめる" in text(signed_in(place.caseworker).get(reverse("desk:queue"), {"tab": "all"}))
    page = case_page(place, mine)
    assert SAID in page
    assert theirs.application.receipt_number in page.split(SAID)[1].split("</p>")[0]
    assert SAID not in case_page(place, theirs)
    notes.write_note(case=mine, text="両方やめたいとのこと", by=place.caseworker)
    assert waiting(place) == []
    assert SAID not in case_page(place, mine)


def test_nothing_waits_where_no_centre_knows_of_the_other(place):
    mine = sent(place, phone=PHONE).case
    case(phone=PHONE)
    sent(place, phone="+819000001111")
    withdraw(mine, place)
    assert waiting(place) == []


def test_nothing_of_another_food_bank_is_looked_at(place):
    mine, theirs = sent(place, phone=PHONE).case, sent(place, phone=PHONE).case
    other = Organisation.objects.create(kind="food_bank", name="見本の別のフードバンク")
    for rows in (Case.objects.filter(pk=theirs.pk), Person.objects.filter(pk=theirs.person_id)):
        rows.update(desk=other)
    withdraw(mine, place)
    assert waiting(place) == []


def test_whoever_took_a_withdrawal_was_told_on_the_spot(place):
    mine = sent(place, phone=PHONE).case
    sent(place, phone=PHONE)
    withdraw(mine, place, by=place.caseworker)
    assert waiting(place) == []


def test_the_task_of_telling_the_centre_names_them_too(place):
    mine = sent(place, phone=PHONE)
    other = sent(place, phone=PHONE).case
    withdraw(mine.case, place)
    page = text(signed_in(place.caseworker).get(reverse("desk:referral", args=[mine.public_id])))
    task = page.partition('id="told"')[2].partition("</section>")[0]
    assert (other.application.receipt_number in task) == (not place.centre.uses_portal)
