"""Invariant 1: a referral needs a live consent naming its recipient and covering every field of its packet;
what the centre reports back in content needs the second consent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import access, clock
from foundation.errors import DomainError, NotAllowed
from foundation.models import OutboxMessage
from outreach.application import disclosable
from referrals.handoff import answering, consents, replies, sending
from referrals.handoff.notice_table import CENTRE_NOTICE, PORTAL_ENTRY
from referrals.models import Case, ConsentEntry, Packet, Referral
from referrals.models.consent import Purpose
from referrals.models.referral import Way
from referrals.states import ReferralStatus
from tests.factories import applications, members, referrals

S = ReferralStatus
KEYS = list(disclosable.FIELDS_BY_KEY)


def refused(world, case, centre=None, way=Way.PORTAL):
    """Every way to send is refused and leaves nothing behind."""
    centre = centre or world.centre
    case = Case.objects.get(pk=case.pk)
    with access.scope(actor="test", purpose="attack"), pytest.raises(DomainError):
        sending.send(case=case, centre=centre, way=way, by=world.caseworker, seen=case.version)
    assert not Referral.objects.filter(centre=centre).exists()
    assert not Packet.objects.exists()
    assert not OutboxMessage.objects.filter(kind__in=[PORTAL_ENTRY, CENTRE_NOTICE]).exists()


def record(world, case, **facts):
    """A consent written down by the caseworker as heard on the telephone."""
    heard = {"recipient": world.centre, "fields": ["name", "reach"], "hear_result": False, "channel": "telephone"}
    consents.record_consent(**{"case": case, "by": world.caseworker, **heard, **facts})


def entry(case, centre, **facts):
    """An entry of the ledger written past the verbs."""
    given = {
        "purpose": Purpose.TELL_CENTRE, "fields": KEYS, "given": True, "channel": "web", "text_version": "2026-1",
        "stated_by": "person", "stated_on": clock.today(), "at": clock.now(),
    }  # fmt: skip
    return ConsentEntry.objects.create(person=case.person, case=case, recipient=centre, **{**given, **facts})


@pytest.mark.parametrize("way", Way.values)
def test_without_any_consent_there_is_no_way_to_send(world, way):
    case, _ = world.hand_in(consenting=None)
    refused(world, case, way=way)


@pytest.mark.parametrize("wish", ["call_me", "only_know", "not_now"])
def test_a_wish_is_no_consent(world, wish):
    case, _ = world.hand_in(hand_off_wish=wish, disclosed=[])
    refused(world, case)


def test_a_helper_s_tick_is_no_consent(world):
    case, _ = world.hand_in(applying_for="other", helper_name="手伝う 人")
    assert not ConsentEntry.objects.exists()
    refused(world, case)


def test_consent_under_words_nobody_was_shown_is_refused_with_the_application(world):
    with pytest.raises(DomainError):
        world.hand_in(consent_text_version="1999-1")
    assert not Case.objects.exists()


def test_consent_to_a_centre_of_another_place_is_refused_with_the_application(world):
    with pytest.raises(DomainError):
        world.hand_in(consenting=world.other)
    assert not Case.objects.exists()


def test_consent_to_one_centre_is_none_to_another_of_the_same_place(world):
    second = referrals.portal_centre("011002", name="もう一つの窓口")
    case, _ = world.hand_in()
    refused(world, case, centre=second)


def test_consent_to_a_centre_that_does_not_serve_the_place_sends_nothing(world):
    case, _ = world.hand_in(consenting=None)
    entry(case, world.other)
    refused(world, case, centre=world.other)


@pytest.mark.parametrize("by_member", [True, False])
def test_what_was_withdrawn_no_longer_counts(world, by_member):
    case, _ = world.hand_in()
    channel, by = ("telephone", world.caseworker) if by_member else ("web", None)
    consents.withdraw_consent(case=case, recipient=world.centre, channel=channel, by=by)
    refused(world, case)


def test_what_expired_no_longer_counts(world):
    case, _ = world.hand_in(consenting=None)
    entry(case, world.centre, expires_on=clock.today() - timedelta(days=1))
    refused(world, case)


def test_consent_to_hear_the_result_is_none_to_tell(world):
    case, _ = world.hand_in(consenting=None)
    entry(case, world.centre, purpose=Purpose.HEAR_RESULT)
    refused(world, case)


def test_the_consent_of_somebody_else_is_none_of_this_person(world):
    case, _ = world.hand_in(consenting=None)
    other, _ = world.hand_in()
    assert other.person_id != case.person_id
    refused(world, case)


@pytest.mark.parametrize("key", KEYS)
def test_a_packet_holds_the_fields_consented_to_and_no_other(world, as_sent_before, key):
    case, _ = world.hand_in(disclosed=[key], helper_name="支える 人")
    referral = world.refer(case)
    with access.scope(actor="test", purpose="test"):
        rows = referral.packet.rows
    assert set(referral.packet.fields) <= {key}
    assert {row["key"] for row in rows} <= {key}


def test_the_newest_consent_counts_even_when_it_allows_less(world):
    case, _ = world.hand_in()
    record(world, case, fields=["name", "phone", "reach"])
    assert set(world.refer(case).packet.fields) == {"name", "phone", "reach"}


def test_a_live_referral_and_a_narrower_consent_never_stand_side_by_side(world):
    case, _ = world.hand_in()
    world.refer(case, to=S.ACCEPTED)
    with pytest.raises(DomainError, match="項目が少ない"):
        record(world, case, hear_result=True)
    live = ConsentEntry.objects.live().get(person=case.person, purpose=Purpose.TELL_CENTRE)
    assert len(live.fields) > 1


@pytest.mark.parametrize("fields", [[], ["passphrase"], ["name", "note"], ["NAME"]])
def test_only_what_may_be_disclosed_at_all_can_be_consented_to(world, fields):
    case, _ = world.hand_in(consenting=None)
    with pytest.raises(DomainError):
        record(world, case, fields=fields, hear_result=True)
    refused(world, case)


def test_nobody_but_the_desk_s_own_staff_records_consents_or_sends(world):
    case, _ = world.hand_in()
    elsewhere = members.caseworker(applications.desk_in("012033", name="よそのフードバンク"))
    for by in (elsewhere, world.counsellor, members.packer(world.desk), members.member()):
        with access.scope(actor="test", purpose="attack"), pytest.raises(NotAllowed):
            sending.send(case=case, centre=world.centre, way=Way.PORTAL, by=by, seen=case.version)
        with pytest.raises(NotAllowed):
            consents.record_consent(
                case=case,
                recipient=world.centre,
                fields=["name", "reach"],
                hear_result=True,
                channel="telephone",
                by=by,
            )
    assert not Referral.objects.exists()


def test_nobody_can_say_on_the_screen_what_a_person_never_said(world):
    """Staff record what they heard on the telephone or hold on paper; "on the screen" is the person's alone."""
    case, _ = world.hand_in(consenting=None)
    with pytest.raises(DomainError, match="どうやって同意を聞いたか"):
        consents.record_consent(
            case=case,
            recipient=world.centre,
            fields=["name", "reach"],
            hear_result=False,
            channel="web",
            by=world.caseworker,
        )
    refused(world, case)


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED])
def test_withdrawing_ends_every_live_referral_to_that_centre_and_no_other(world, status):
    second = referrals.portal_centre("011002", name="もう一つの窓口")
    case, _ = world.hand_in()
    consents.record_consent(
        case=case,
        recipient=second,
        fields=["name", "phone", "reach"],
        hear_result=False,
        channel="telephone",
        by=world.caseworker,
    )
    referral = world.refer(case, to=status)
    with access.scope(actor="test", purpose="test"):
        kept = sending.send(
            case=Case.objects.get(pk=case.pk), centre=second, way=Way.PORTAL, by=world.caseworker, seen=case.version
        )
    consents.withdraw_consent(case=case, recipient=world.centre, channel="web")
    assert Referral.objects.get(pk=referral.pk).status == S.REVOKED
    assert Referral.objects.get(pk=kept.pk).status == S.SENT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_a_withdrawal_in_the_moment_of_sending_leaves_no_live_referral(world, at_once, round_):
    case, _ = world.hand_in()

    def send():
        with access.scope(actor="test", purpose="race"):
            fresh = Case.objects.get(pk=case.pk)
            sending.send(
                case=fresh, centre=world.centre, way=Way.PORTAL, by=members.again(world.caseworker), seen=fresh.version
            )

    def withdraw():
        consents.withdraw_consent(case=Case.objects.get(pk=case.pk), recipient=world.centre, channel="web")

    results = at_once(send, withdraw)
    assert not any(isinstance(result, Exception) and not isinstance(result, DomainError) for result in results), results
    assert not Referral.objects.live().exists()
    assert not ConsentEntry.objects.live().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_a_withdrawal_in_the_moment_of_an_answer_wins(world, at_once, round_):
    case, _ = world.hand_in()
    referral = world.refer(case, to=S.VIEWED)

    def accept():
        fresh = Referral.objects.select_related("packet").get(pk=referral.pk)
        answering.accept(referral=fresh, by=members.again(world.counsellor), seen=fresh.version)

    def withdraw():
        consents.withdraw_consent(case=Case.objects.get(pk=case.pk), recipient=world.centre, channel="web")

    _, withdrawn = at_once(accept, withdraw)
    assert not isinstance(withdrawn, Exception), withdrawn
    assert Referral.objects.get(pk=referral.pk).status == S.REVOKED


# --- the second consent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("consented", [True, False])
def test_the_desk_reads_the_outcome_only_with_the_second_consent(world, client, consented):
    case, _ = world.hand_in(feedback=consented)
    referral = world.refer(case, to=S.CONTACTED)
    with access.scope(actor="test", purpose="test"):
        answering.close(
            referral=referral, outcome="moved", note="よその町へ行った", by=world.counsellor, seen=referral.version
        )
    client.force_login(world.caseworker)
    for address in (
        reverse("desk:case", args=[case.public_id]),
        reverse("desk:referral", args=[referral.public_id]),
        reverse("desk:referral_sheet", args=[referral.public_id]),
        reverse("desk:queue"),
    ):
        shown = client.get(address, follow=True).content.decode()
        if not consented:
            assert "転居した" not in shown
            assert "よその町へ行った" not in shown
            assert "status-closed" not in shown
            assert "status-contacted" not in shown
    if consented:
        assert "転居した" in client.get(reverse("desk:referral", args=[referral.public_id])).content.decode()


@pytest.mark.parametrize("reason", ["already_supported", "other"])
def test_a_refusal_that_speaks_about_the_person_is_kept_back_without_the_second_consent(world, client, reason):
    case, _ = world.hand_in(feedback=False)
    referral = world.refer(case, to=S.VIEWED)
    with access.scope(actor="test", purpose="test"):
        answering.decline(
            referral=referral, reason=reason, note="もう知っている人です", by=world.counsellor, seen=referral.version
        )
    client.force_login(world.caseworker)
    for name, argument in (("desk:case", case.public_id), ("desk:referral", referral.public_id)):
        shown = client.get(reverse(name, args=[argument])).content.decode()
        assert "もう知っている人です" not in shown
        assert "すでに支援している" not in shown


def test_staff_cannot_write_down_a_result_nobody_may_hear(world):
    case, _ = world.hand_in(feedback=False)
    referral = world.refer(case, way=Way.TELEPHONE)
    replies.record_reply(referral=referral, to=S.ACCEPTED, by=world.caseworker, seen=referral.version)
    with pytest.raises(NotAllowed):
        replies.record_reply(
            referral=referral, to=S.CLOSED, outcome="moved", by=world.caseworker, seen=referral.version
        )
    assert Referral.objects.get(pk=referral.pk).outcome == ""
