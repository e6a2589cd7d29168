"""Drafts: encrypted, alive for a day, and gone with their key."""

import dataclasses
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from foundation import clock
from foundation.errors import DomainError
from foundation.models import DataKey
from organisations import registry
from outreach import tasks
from outreach.application import draft_seal, drafts
from outreach.application.drafts import Contents, SavedElsewhere
from outreach.application.serving import Serving
from outreach.models import Application, Draft
from tests.factories.applications import StatementFactory

pytestmark = pytest.mark.django_db


def save(draft, slug="name", *, page="one", seen=None, **said):
    return drafts.save_step(
        draft=draft, slug=slug, said=said, stands_on=[], page=page, seen=draft.version if seen is None else seen
    )


def test_answers_stand_encrypted_in_the_table():
    drafts.start(said=StatementFactory(name="見本 はな"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM outreach_draft")
        stored = bytes(cursor.fetchone()[0])
    assert "見本".encode() not in stored
    assert b"single" not in stored


def test_a_draft_is_found_by_its_random_id_alone():
    draft = drafts.start()
    assert drafts.find(draft.public_id) == draft
    assert drafts.find("") is None
    assert drafts.find(str(draft.pk)) is None


def test_a_day_after_the_last_step_a_draft_is_no_longer_found():
    draft = drafts.start()
    with clock.at(clock.now() + timedelta(hours=23)):
        save(Draft.objects.get(), name="見本 はな")
    with clock.at(clock.now() + timedelta(hours=46)):
        assert drafts.find(draft.public_id)
    with clock.at(clock.now() + timedelta(hours=48)):
        assert drafts.find(draft.public_id) is None


def test_what_has_expired_is_destroyed_with_its_key_and_nothing_else():
    old = drafts.start(said=StatementFactory())
    with clock.at(clock.now() + timedelta(hours=12)):
        young = drafts.start()
    with clock.at(clock.now() + timedelta(hours=25)):
        tasks.destroy_expired_drafts()
        assert drafts.destroy_expired() == 0
    assert list(Draft.objects.all()) == [young]
    assert DataKey.objects.get(pk=old.data_key_id).destroyed
    assert not DataKey.objects.get(pk=young.data_key_id).destroyed


def test_what_is_renewed_in_the_moment_it_would_be_destroyed_keeps_its_key(monkeypatch):
    draft = drafts.start(said=StatementFactory(name="見本 はな"))
    destroy = drafts._destroy_if_expired

    def renewed_first(draft):
        Draft.objects.update(expires_at=drafts.end_of_life())
        destroy(draft)

    monkeypatch.setattr(drafts, "_destroy_if_expired", renewed_first)
    with clock.at(clock.now() + timedelta(hours=25)):
        assert drafts.destroy_expired() == 0
        assert Contents.of(drafts.find(draft.public_id)).said.name == "見本 はな"


def test_destroying_twice_changes_nothing():
    draft = drafts.start()
    same = Draft.objects.get()
    drafts.destroy(draft=draft)
    drafts.destroy(draft=same)
    assert not Draft.objects.exists()
    assert DataKey.objects.get().destroyed


def test_a_step_is_kept_beside_the_others():
    draft = drafts.start()
    save(draft, "name", name="見本 はな")
    save(draft, "people", people_count=3)
    said = Contents.of(Draft.objects.get()).said
    assert (said.name, said.people_count) == ("見本 はな", 3)


def test_two_pages_saving_different_steps_at_once_lose_nothing():
    draft = drafts.start()
    one, other = Draft.objects.get(), Draft.objects.get()
    save(one, "name", page="one", name="見本 はな")
    save(other, "people", page="other", people_count=3)
    said = Contents.of(Draft.objects.get(pk=draft.pk)).said
    assert (said.name, said.people_count) == ("見本 はな", 3)


def test_two_pages_answering_the_same_step_differently_are_told():
    draft = drafts.start()
    opened_at = draft.version
    save(Draft.objects.get(), page="one", seen=opened_at, name="見本 はな")
    with pytest.raises(SavedElsewhere):
        save(Draft.objects.get(), page="other", seen=opened_at, name="見本 ゆき")
    assert Contents.of(Draft.objects.get()).said.name == "見本 はな"


def test_the_same_answer_from_two_pages_is_no_conflict():
    opened_at = drafts.start().version
    save(Draft.objects.get(), page="one", seen=opened_at, name="見本 はな")
    save(Draft.objects.get(), page="other", seen=opened_at, name="見本 はな")


def test_going_back_on_one_page_and_answering_anew_is_no_conflict():
    opened_at = drafts.start().version
    save(Draft.objects.get(), page="one", seen=opened_at, name="見本 はな")
    save(Draft.objects.get(), "people", page="two", seen=opened_at + 1, people_count=1)
    save(Draft.objects.get(), page="one", seen=opened_at, name="見本 ゆき")
    assert Contents.of(Draft.objects.get()).said.name == "見本 ゆき"


def test_a_draft_of_the_telephone_opens_for_its_member_only(caseworker):
    taken = drafts.start(by=caseworker)
    own = drafts.start()
    assert drafts.find(taken.public_id) is None
    assert drafts.find(taken.public_id, member=caseworker) == taken
    assert drafts.find(own.public_id, member=caseworker) is None


class TestHandingIn:
    def test_the_draft_and_its_key_are_gone(self, desk):
        draft = drafts.start(said=StatementFactory())
        done = drafts.hand_in(draft=draft, seen=draft.version, language="ja")
        assert done.application == Application.objects.get()
        assert not Draft.objects.exists()
        assert DataKey.objects.get(kind="draft").destroyed

    def test_twice_gives_one_application_and_the_same_page(self, desk):
        draft = drafts.start(said=StatementFactory())
        same = drafts.find(draft.public_id)
        first = drafts.hand_in(draft=draft, seen=draft.version, language="ja")
        assert drafts.hand_in(draft=same, seen=same.version, language="ja") == first
        assert Application.objects.count() == 1

    def test_the_receipt_is_found_again_by_the_drafts_id_for_as_long_as_the_draft_would_have_lived(self, desk):
        draft = drafts.start(said=StatementFactory())
        done = drafts.hand_in(draft=draft, seen=draft.version, language="ja")
        assert draft_seal.handed_in(draft.public_id) == done
        assert draft_seal.handed_in("somebody-elses") is None
        with clock.at(clock.now() + timedelta(hours=25)):
            assert draft_seal.handed_in(draft.public_id) is None

    def test_a_new_page_key_in_between_changes_neither_receipt_nor_page(self, desk, settings):
        draft = drafts.start(said=StatementFactory())
        done = drafts.hand_in(draft=draft, seen=draft.version, language="ja")
        settings.PAGE_KEYS = f"newer:{'A' * 43}=,{settings.PAGE_KEYS}"
        assert draft_seal.handed_in(draft.public_id) == done

    def test_a_page_key_that_left_too_early_loses_the_second_click_and_nothing_else(self, client, desk, settings):
        draft = drafts.start(said=StatementFactory())
        done = drafts.hand_in(draft=draft, seen=draft.version, language="ja")
        settings.PAGE_KEYS = f"newer:{'A' * 43}="
        assert draft_seal.handed_in(draft.public_id) is None
        assert client.get(f"/my/{done.page_secret}/").status_code == 200

    def test_answers_changed_after_they_were_shown_are_not_sent(self, desk):
        draft = drafts.start(said=StatementFactory())
        shown = draft.version
        save(draft, address="べつの町2")
        with pytest.raises(SavedElsewhere):
            drafts.hand_in(draft=draft, seen=shown, language="ja")
        assert not Application.objects.exists()

    def test_what_was_thrown_away_is_not_sent(self, desk):
        draft = drafts.start(said=StatementFactory())
        same = drafts.find(draft.public_id)
        drafts.destroy(draft=draft)
        with pytest.raises(Draft.DoesNotExist):
            drafts.hand_in(draft=same, seen=same.version, language="ja")
        assert not Application.objects.exists()

    @pytest.mark.parametrize("error", [DomainError("no"), DatabaseError("no")], ids=["refused", "broken"])
    def test_when_it_cannot_be_stored_the_draft_is_still_there(self, desk, monkeypatch, error):
        def refuse(**_arguments):
            raise error

        draft = drafts.start(said=StatementFactory(name="見本 はな"))
        monkeypatch.setattr(drafts, "submit_application", refuse)
        with pytest.raises(type(error)):
            drafts.hand_in(draft=draft, seen=draft.version, language="ja")
        assert Contents.of(drafts.find(draft.public_id)).said.name == "見本 はな"

    def test_only_what_still_stands_is_stored(self, desk, reading):
        said = StatementFactory(in_debt="no", debt_kinds=["bank"], receive_by="window", address="見本町1")
        draft = drafts.start(said=said)
        application = drafts.hand_in(draft=draft, seen=draft.version, language="ja").application
        assert not application.address
        assert not application.choices.filter(question="debt_kind").exists()

    def test_with_a_centre_that_serves_the_place_no_more_both_consents_fall_away(self, desk, centre):
        draft = drafts.start(said=StatementFactory(consenting=centre))
        registry.serve(organisation=centre, places=[])
        contents = Contents.of(draft)
        stated = drafts.stated_in(contents, Serving.of(contents.said))
        assert (stated.centre_id, stated.disclosed, stated.feedback) == ("", [], False)
        assert stated.hand_off_wish == "call_me", "what they wish stands"

    def test_a_consent_covers_only_what_was_there_to_be_told(self, centre):
        said = dataclasses.replace(StatementFactory(consenting=centre), children_ages=[], email="")
        draft = drafts.start(said=said)
        application = drafts.hand_in(draft=draft, seen=draft.version, language="ja").application
        told = set(application.choices.filter(question="disclosed").values_list("value", flat=True))
        assert {"name", "phone", "income"} <= told
        assert not told & {"email", "children", "helper", "troubles"}
