"""Somebody else was first while a sign-in had ended: that is told on coming back; nothing is to be pressed again."""

import pytest
from django.urls import reverse

from referrals.desk import parcels
from referrals.handoff import answering, consents
from referrals.models import Case, Referral
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.factories.cases import case, consent, fresh, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

AGAIN = "もう一度押してください"
WORDS = "母親が入院した"


def back_after(client, path, typed, *, meanwhile):
    """What is shown on coming back: pressed without a sign-in, while somebody else did something."""
    member = client.get(reverse("organisations:home")).wsgi_request.user
    client.session.flush()
    client.post(path, typed)
    meanwhile()
    client.force_login(member)
    return client.get(path)


def test_a_box_that_another_packed_is_not_asked_to_be_sent(reading):
    place = town()
    found = case(status="approved", by=place.caseworker)
    client, other = signed_in(members.packer(place.desk)), members.packer(place.desk, "箱づめ 二郎")
    path = reverse("desk:parcel", args=[found.public_id])
    typed = {"move": "pack", "seen": found.version, "contents": WORDS, "weight": ""}
    shown = back_after(
        client,
        path,
        typed,
        meanwhile=lambda: parcels.pack(case=fresh(found), contents="米 2kg", by=other, seen=found.version),
    )
    assert AGAIN not in text(shown)
    assert "箱づめ 二郎が" in text(shown)
    assert WORDS in text(shown)
    assert Case.objects.get(pk=found.pk).status == "packed"


def test_a_case_that_another_decided_is_shown_with_who_did_and_with_the_words(reading):
    place = town()
    found = case(status="in_review", by=place.caseworker)
    other = signed_in(members.caseworker(place.desk, "担当 二郎"))
    path = reverse("desk:case_move", args=[found.public_id])
    typed = {"move": "end", "end": "declined.no_stock", "note": WORDS, "seen": found.version}
    shown = back_after(
        signed_in(place.caseworker),
        path,
        typed,
        meanwhile=lambda: other.post(path, {"move": "approve", "seen": found.version}),
    )
    assert AGAIN not in text(shown)
    assert "担当 二郎が" in text(shown)
    assert WORDS in text(shown)


def test_a_referral_that_another_counsellor_took_on_is_not_asked_to_be_declined():
    centre = referrals.portal_centre()
    other = members.counsellor(centre, "相談 二郎")
    sent = referrals.handed_off(centre, to=ReferralStatus.VIEWED)
    path = reverse("portal:answer", args=[sent.public_id])
    typed = {"answer": "decline", "seen": sent.version, "reason": "other", "note": WORDS}
    shown = back_after(
        signed_in(members.counsellor(centre)),
        path,
        typed,
        meanwhile=lambda: answering.accept(referral=Referral.objects.get(pk=sent.pk), by=other, seen=sent.version),
    )
    assert AGAIN not in text(shown)
    assert "相談 二郎が" in text(shown)
    assert WORDS in text(shown)


def test_a_consent_is_not_asked_to_be_recorded_over_a_withdrawal_of_meanwhile(reading):
    place = town()
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker)
    typed = {
        "seen": consents.length(found.person), "centre": place.centre.public_id, "channel": "telephone",
        "groups": ["contact"], "hear_result": "no", "from_person": "on",
    }  # fmt: skip
    other = members.caseworker(place.desk, "担当 二郎")
    shown = back_after(
        signed_in(place.caseworker),
        reverse("desk:consent", args=[found.public_id]),
        typed,
        meanwhile=lambda: consents.withdraw_consent(
            case=fresh(found), recipient=place.centre, channel="telephone", by=other
        ),
    )
    assert AGAIN not in text(shown)
    assert "担当 二郎が" in text(shown)
