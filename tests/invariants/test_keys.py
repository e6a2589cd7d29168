"""A key of every ring can be followed by another, and retire in its own time (docs/operations.md)."""

import base64
import secrets
from datetime import timedelta

import pytest

from foundation import access, clock
from foundation.access.sealing import seal_pending
from foundation.access.verification import verify
from foundation.crypto import data_keys
from foundation.faults import CryptoError
from foundation.models import DataKey
from outreach.application import draft_seal, drafts
from outreach.navi.content import shipped
from outreach.navi.engine import Answers
from outreach.navi.token import new_cookie, opened, seal
from referrals.models import Person
from tests.factories.applications import CHUO, StatementFactory, desk_in, real_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotate(settings):
    """Puts a new first key into a ring; gives what takes the old ones out again."""

    def put(ring: str):
        old = getattr(settings, ring)
        new = f"second:{base64.b64encode(secrets.token_bytes(32)).decode()}"
        setattr(settings, ring, f"{new},{old}")
        return lambda: setattr(settings, ring, new)

    return put


@pytest.fixture
def apply(db):
    real_place(CHUO)
    desk_in()

    def hand_in(name: str):
        draft = drafts.start(said=StatementFactory(name=name))
        return draft.public_id, drafts.hand_in(draft=draft, seen=draft.version, language="ja")

    return hand_in


def names() -> list[str]:
    with access.scope(actor="test", purpose="test"):
        return sorted(person.name for person in Person.objects.select_related("data_key"))


class TestTheFieldRing:
    def test_its_old_key_retires_once_every_data_key_is_wrapped_anew(self, apply, rotate):
        apply("見本 はな")
        retire = rotate("FIELD_KEYS")
        apply("見本 ゆき")
        assert names() == ["見本 はな", "見本 ゆき"]
        assert data_keys.rewrap() > 0
        assert data_keys.rewrap() == 0
        retire()
        assert names() == ["見本 はな", "見本 ゆき"]

    def test_dropped_too_early_it_is_missed_by_its_id_and_nothing_is_lost(self, apply, rotate, settings):
        apply("見本 はな")
        old = settings.FIELD_KEYS
        rotate("FIELD_KEYS")()
        with pytest.raises(CryptoError, match=f"key '{old.partition(':')[0]}' is not in the ring"):
            names()
        settings.FIELD_KEYS += f",{old}"
        assert names() == ["見本 はな"]

    def test_new_data_keys_are_wrapped_by_the_first(self, apply, rotate):
        rotate("FIELD_KEYS")
        apply("見本 はな")
        assert set(DataKey.objects.filter(wrapped__isnull=False).values_list("ring_key_id", flat=True)) == {"second"}


class TestTheSealRing:
    def test_reads_rows_of_both_keys_and_says_so_when_the_old_one_is_gone(self, apply, rotate):
        apply("見本 はな")
        names()
        seal_pending()
        retire = rotate("SEAL_KEYS")
        names()
        seal_pending()
        assert verify() == []
        retire()
        assert [fault.kind for fault in verify()] == ["key"]


class TestThePageRing:
    def test_its_old_key_retires_after_the_lifetime_of_a_draft(self, client, apply, rotate, settings):
        before, first = apply("見本 はな")
        retire = rotate("PAGE_KEYS")
        _after, second = apply("見本 ゆき")
        assert draft_seal.handed_in(before) == first  # the second click, a moment later
        with clock.at(clock.now() + timedelta(hours=settings.DRAFT_LIFETIME_HOURS, minutes=1)):
            assert draft_seal.handed_in(before) is None  # too late for a second click under either key
            retire()
            for handed_in in (first, second):  # the pages themselves hang on no key of this ring
                assert client.get(f"/my/{handed_in.page_secret}/").status_code == 200


class TestTheTokenRing:
    def test_its_old_key_goes_at_once_and_whoever_is_in_the_navi_starts_again(self, client, rotate):
        cookie, answers = new_cookie(), Answers(trouble="money")
        before = seal(answers, cookie=cookie, content=shipped())
        retire = rotate("TOKEN_KEYS")
        after = seal(answers, cookie=cookie, content=shipped())
        assert [opened(token, cookie, content=shipped()) for token in (before, after)] == [answers, answers]
        retire()
        assert opened(after, cookie, content=shipped()) == answers
        client.cookies["navi"] = cookie
        assert client.get(f"/navi/list/{before}/").status_code == 410
