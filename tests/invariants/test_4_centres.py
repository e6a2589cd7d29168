"""Invariant 4: a centre reaches referrals only through ``centre.referrals``, of a case only the packet."""

from itertools import chain

import pytest
import structlog
from django.urls import reverse

from foundation import access
from foundation.errors import DomainError, NotAllowed
from foundation.models import AccessRecord
from outreach.application import disclosable
from referrals.handoff import answering, consents, sending
from referrals.models import CaseTransition, ConsentEntry, Packet, Referral, ReferralTransition
from referrals.states import ReferralStatus
from tests.addresses import Address, of_the_house
from tests.factories import members
from tests.invariants import marked

S = ReferralStatus
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
POSTED = {
    "seen": "1", "answer": "accept", "reason": "full", "outcome": "moved", "note": "x", "centre": "1", "to": "accepted",
}  # fmt: skip
# 301: ".." names another address. 400: NUL. 405: a method no page there knows, whatever the identifier.
NOTHING_THERE = (301, 400, 404, 405)
WITH_AN_ID = [one for one in of_the_house() if "public_id" in one.arguments]


def everything_known_of(referral: Referral) -> dict[str, str]:
    """What somebody might try in place of an identifier, had they seen or guessed it."""
    case = referral.case
    return {
        "referral": referral.public_id,
        "referral's key": str(referral.pk),
        "referral's number": referral.number,
        "case": case.public_id,
        "case's key": str(case.pk),
        "application": case.application.public_id,
        "receipt number": case.application.receipt_number,
        "person": case.person.public_id,
        "packet's data key": referral.packet.data_key.public_id,
        "person's data key": case.person.data_key.public_id,
        "upwards": "..",
        "everything": "%",
        "nothing": "None",
        "null": "\0",
    }


def traces() -> tuple[int, ...]:
    tables = (ReferralTransition, CaseTransition, ConsentEntry, Packet, Referral)
    return tuple(model.objects.count() for model in tables)


def knock(client, addresses: list[Address], guesses: list[str], methods: tuple[str, ...] = ("get", "post")):
    """Every address with every identifier by each method; gives the requests and what came back."""
    for address in addresses:
        for guess in guesses:
            path = address.path(dict.fromkeys(address.arguments, guess))
            for method in methods:
                data = {"data": POSTED} if method == "post" else {}
                yield f"{method} {path}", getattr(client, method)(path, **data)


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.CLOSED])
def test_no_address_method_or_identifier_opens_the_referral_of_another_centre(world, client, status):
    case, _ = world.hand_in()
    referral = world.refer(case, to=status)
    before, records = traces(), AccessRecord.objects.count()
    client.force_login(world.stranger)
    known = everything_known_of(referral)
    portal = [one for one in WITH_AN_ID if one.name.startswith("portal:")]
    everywhere = WITH_AN_ID if status == S.VIEWED else portal
    knocks = [
        knock(client, everywhere, [known["referral"], known["case"], known["referral's key"]]),
        knock(client, portal, list(known.values())),
        knock(client, portal, [known["referral"]], METHODS),
    ]
    for request, response in chain(*knocks):
        assert response.status_code in NOTHING_THERE, request
        assert not marked.found_in(response.content, str(response.headers)), request
    assert traces() == before
    assert Referral.objects.get(pk=referral.pk).version == referral.version
    assert AccessRecord.objects.count() == records, "nothing was opened"


def test_a_centre_with_a_referral_of_its_own_still_reaches_it_by_no_other_way(world, client):
    """Its own referral opens under its own identifier, at the portal's addresses; the case behind it nowhere."""
    case, _ = world.hand_in()
    referral = world.refer(case, to=S.VIEWED)
    client.force_login(world.counsellor)
    known = everything_known_of(referral)
    elsewhere = [one for one in WITH_AN_ID if not one.name.startswith("portal:")]
    portal = [one for one in WITH_AN_ID if one.name.startswith("portal:")]
    for request, response in knock(client, elsewhere, [known["referral"], known["case"]]):
        assert response.status_code in NOTHING_THERE, request
    for request, response in knock(client, portal, [known[name] for name in known if name != "referral"]):
        assert response.status_code in NOTHING_THERE, request
    assert Referral.objects.get(pk=referral.pk).status == S.VIEWED


# ["2000-01-01T00:00:00+00:00",0]: of a list that is shown oldest first everything comes after it.
EARLIEST = "WyIyMDAwLTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwwXQ"


@pytest.mark.parametrize("query", ["", "?number={number}", "?tab=done", "?tab=all&q={name}", "?after={cursor}"])
def test_no_list_search_or_export_shows_another_centre_s_referral(world, client, query):
    case, secret = world.hand_in()
    referral = world.refer(case, to=S.CLOSED)
    client.force_login(world.stranger)
    asked = query.format(number=referral.number, name="x", cursor=EARLIEST)
    for address in of_the_house():
        if address.arguments:
            continue
        shown = client.get(address.path({}) + asked).content.decode("utf-8", "replace")
        assert not marked.found_in(shown), address.name
        for known in (referral.public_id, case.public_id, secret, case.application.receipt_number):
            assert known not in shown, address.name


@pytest.mark.parametrize("key", sorted(disclosable.FIELDS_BY_KEY))
def test_of_a_case_the_packet_and_nothing_else_is_shown(world, client, as_sent_before, key):
    """Each field alone: what the others say stands nowhere on any page of the portal, not even hidden."""
    case, _ = world.hand_in(disclosed=[key], lifelines_cut=["gas"], troubles=["money"], in_debt="yes")
    referral = world.refer(case, to=S.ACCEPTED)
    with access.scope(actor="test", purpose="test"):
        stated = case.application.as_statement()
        every = {row.key: row.value for row in disclosable.rows(stated, disclosable.FIELDS_BY_KEY)}
        kept_back = [stated.passphrase, stated.cannot_eat_note, f"{marked.SIGN}の相談", f"{marked.SIGN}のメモ"]
    client.force_login(world.counsellor)
    pages = [client.get(reverse(f"portal:{name}", args=[referral.public_id])) for name in ("cover", "packet")]
    shown = "".join(page.content.decode() for page in (*pages, client.get(reverse("portal:queue"))))
    if key in every:
        assert _first_line(every.pop(key)) in shown
    for other, value in every.items():
        if len(value) > 4:  # a shorter answer such as 「ある」 is a word of the page too
            assert value not in shown, other
    for words in (*kept_back, case.public_id, case.application.receipt_number, case.application.public_id):
        assert words not in shown


def _first_line(value: str) -> str:
    return value.splitlines()[0].replace("'", "&#x27;")


@pytest.mark.parametrize(
    "answer",
    [
        lambda r, by: answering.open_and_read(referral=r, by=by),
        lambda r, by: answering.accept(referral=r, by=by, seen=r.version),
        lambda r, by: answering.decline(referral=r, by=by, seen=r.version, reason="full"),
        lambda r, by: answering.note_first_contact(referral=r, by=by, seen=r.version),
        lambda r, by: answering.close(referral=r, by=by, seen=r.version, outcome="moved"),
    ],
)
@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED])
def test_past_the_screens_the_verbs_refuse_too(world, answer, status):
    case, _ = world.hand_in()
    referral = world.refer(case, to=status)
    for intruder in (world.stranger, world.caseworker, members.member()):
        with pytest.raises(NotAllowed):
            answer(Referral.objects.get(pk=referral.pk), intruder)
    assert Referral.objects.get(pk=referral.pk).version == referral.version


def test_a_centre_cannot_give_itself_a_consent_or_a_referral(world):
    case, _ = world.hand_in(consenting=None)
    for by in (world.counsellor, world.stranger):
        with pytest.raises(NotAllowed):
            consents.record_consent(
                case=case, recipient=world.centre, fields=["name", "reach"], hear_result=True, channel="paper", by=by
            )
        with access.scope(actor="test", purpose="attack"), pytest.raises(DomainError):
            sending.send(case=case, centre=world.centre, way="portal", by=by, seen=case.version)
    assert not ConsentEntry.objects.exists()


def test_every_attempt_is_on_record_without_saying_whose(world, client):
    case, _ = world.hand_in()
    referral = world.refer(case, to=S.VIEWED)
    client.force_login(world.stranger)
    with structlog.testing.capture_logs() as logged:
        for name in ("cover", "open", "packet", "answer", "contact", "close"):
            client.post(reverse(f"portal:{name}", args=[referral.public_id]))
            client.get(reverse(f"portal:{name}", args=[referral.public_id]))
    refused = [line for line in logged if line["event"] == "portal.refused"]
    assert {line["view"] for line in refused} >= {"portal:cover", "portal:packet", "portal:answer", "portal:close"}
    assert {line["member"] for line in refused} == {world.stranger.public_id}
    assert not marked.found_in(str(refused))


def test_the_queryset_is_the_wall(world):
    """Whatever a view forgets to filter, ``for_centre`` holds: delivered, and to a centre of this member."""
    case, _ = world.hand_in()
    referral = world.refer(case)
    assert list(Referral.objects.for_centre(world.counsellor)) == [referral]
    for other in (world.stranger, world.caseworker, members.member()):
        assert not Referral.objects.for_centre(other).exists()
    assert list(world.centre.referrals.in_portal()) == [referral]
    assert not world.other.referrals.in_portal().exists()
