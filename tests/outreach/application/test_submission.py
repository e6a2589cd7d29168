"""Submitting: a receipt number means that everything is stored, once, whatever is broken around it."""

import dataclasses
import threading

import pytest
from django.db import connection, connections

from foundation.errors import DomainError
from foundation.models import OutboxMessage
from foundation.work import outbox
from outreach.application import consent_texts, drafts
from outreach.application.drafts import Contents
from outreach.application.submission import DESK_NOTICE, submit_application
from outreach.models import Application, Draft
from outreach.models.application import Channel
from outreach.signals import application_submitted
from tests.factories.applications import StatementFactory, centre_in, desk_in, real_place, submit

pytestmark = pytest.mark.django_db


def test_an_application_keeps_what_was_stated(centre, reading):
    said = StatementFactory(
        consenting=centre,
        children_ages=[0, 4],
        baby_needs=["milk"],
        cannot_eat=["allergy"],
        lifelines_cut=["gas"],
        debt_kinds=["bank"],
        in_debt="yes",
        troubles=["money", "work"],
    )
    receipt = submit(statement=said)
    stored = Application.objects.prefetch_related("choices").get(receipt_number=receipt.number)
    assert stored.as_statement() == said


def test_names_and_addresses_stand_encrypted_and_coded_answers_in_the_clear(desk):
    submit(name="見本 はな", address="見本町1丁目", income="lost_job")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, address, phone, income FROM outreach_application")
        name, address, phone, income = cursor.fetchone()
    assert "見本".encode() not in bytes(name) + bytes(address)
    assert b"81" not in bytes(phone)[:4]
    assert income == "lost_job"


def test_the_same_submission_twice_is_one_application(desk):
    said = StatementFactory()
    first = submit_application(statement=said, submission_key="k", page_secret="s")
    again = submit_application(statement=said, submission_key="k", page_secret="s")
    assert (again.number, again.repeated) == (first.number, True)
    assert Application.objects.count() == 1


def test_what_a_member_took_on_the_telephone_names_the_member(caseworker):
    application = submit(by=caseworker).application
    assert (application.channel, application.recorded_by) == (Channel.TELEPHONE, caseworker)


def test_a_place_without_a_food_bank_is_refused_with_words(db):
    place = real_place("011011")
    with pytest.raises(DomainError, match="フードバンク"):
        submit_application(statement=StatementFactory(place_code=place.code), submission_key="k", page_secret="s")
    assert not Application.objects.exists()


def test_the_nearest_food_bank_takes_the_application(desk):
    nearer = desk_in("011002", name="さっぽろ見本フードバンク")
    assert submit().application.desk == nearer


class TestConsent:
    def test_a_consent_is_kept_with_what_may_be_told(self, centre):
        application = submit(consenting=centre).application
        assert application.consents
        assert application.feedback
        assert application.centre == centre
        assert application.consent_text_version == consent_texts.CURRENT

    def test_a_wish_without_consent_tells_nothing(self, centre):
        said = dataclasses.replace(StatementFactory(consenting=centre), consent_text_version="")
        application = submit(statement=said).application
        assert not application.consents
        assert not application.feedback
        assert application.hand_off_wish == "call_me"
        assert not application.choices.filter(question="disclosed").exists()

    def test_a_helper_cannot_consent(self, centre, reading):
        said = dataclasses.replace(
            StatementFactory(consenting=centre), applying_for="other", helper_name="見本 たすけ", helper_phone="+8111"
        )
        application = submit(statement=said).application
        assert not application.consents
        assert application.helper["name"] == "見本 たすけ"

    def test_a_centre_that_does_not_serve_the_place_gets_no_consent(self, centre):
        other = centre_in("012033", name="べつの窓口")
        with pytest.raises(DomainError, match="窓口"):
            submit(consenting=other)
        assert not Application.objects.exists()

    def test_a_consent_to_words_that_changed_meanwhile_is_asked_for_again(self, centre):
        said = dataclasses.replace(StatementFactory(consenting=centre), consent_text_version="1999-1")
        with pytest.raises(DomainError, match="もう一度"):
            submit(statement=said)


def test_whoever_passes_word_on_is_kept_for_a_person_who_applies_themselves(desk, reading):
    application = submit(
        reach_by=["supporter"], helper_name="見本 支援", helper_relation="相談員", helper_phone="+81110000009"
    ).application
    assert application.helper == {"name": "見本 支援", "relation": "相談員", "phone": "+81110000009"}


def test_when_the_case_cannot_be_opened_there_is_no_application_either(desk, monkeypatch):
    def fail(**_arguments):
        raise RuntimeError("no case")

    monkeypatch.setattr(application_submitted, "send", fail)
    with pytest.raises(RuntimeError):
        submit()
    assert not Application.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_broker_that_refuses_does_not_matter(desk, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*_arguments, **_options):
        raise ConnectionError("no broker")

    outbox.publishing_resumes()
    monkeypatch.setattr(outbox, "ring", refuse)
    with django_capture_on_commit_callbacks(execute=True) as called:
        receipt = submit()
    assert called
    assert receipt.number == Application.objects.get().receipt_number
    assert OutboxMessage.objects.filter(kind=DESK_NOTICE, done_at=None).exists()
    outbox.publishing_resumes()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_application():
    desk_in()
    draft = drafts.start(said=StatementFactory(place_code=real_place().code))
    together, done, failed = threading.Barrier(2), [], []

    def click():
        try:
            mine = drafts.find(draft.public_id)
            together.wait(timeout=10)
            done.append(drafts.hand_in(draft=mine, seen=mine.version, language="ja"))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(30)
        assert not one.is_alive(), "it waited half a minute for the other"
    assert not failed
    assert done[0] == done[1]
    assert Application.objects.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_pages_saved_at_the_same_moment_lose_nothing():
    draft = drafts.start()
    together, failed = threading.Barrier(2), []
    answers = {"name": {"name": "見本 はな"}, "people": {"people_count": 3}}

    def save(slug):
        try:
            mine = drafts.find(draft.public_id)
            together.wait(timeout=10)
            drafts.save_step(draft=mine, slug=slug, said=answers[slug], stands_on=[], page=slug, seen=mine.version)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    pages = [threading.Thread(target=save, args=[slug]) for slug in answers]
    for one in pages:
        one.start()
    for one in pages:
        one.join(30)
        assert not one.is_alive(), "it waited half a minute for the other"
    assert not failed
    said = Contents.of(Draft.objects.get()).said
    assert (said.name, said.people_count) == ("見本 はな", 3)
