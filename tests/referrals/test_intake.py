"""An application becomes a person, a case and the consent as stated; all of it or nothing."""

import pytest

from foundation.crypto import blind_index
from outreach.models import Application
from outreach.signals import application_submitted
from referrals.models import Case, CaseTransition, ConsentEntry, Person
from tests.factories.applications import centre_in, submit
from tests.factories.cases import desk_in
from tests.factories.members import caseworker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


def test_a_received_application_is_a_received_case_of_its_desk():
    application = submit(name="見本 花子", kana="みほん はなこ").application
    case = application.case
    assert (case.status, case.desk, case.version) == ("received", application.desk, 1)
    assert (case.received_at, case.received_on) == (application.received_at, application.received_on)
    assert (case.person.name, case.person.kana) == ("見本 花子", "みほん はなこ")
    assert case.person.data_key == application.data_key


def test_the_history_begins_with_whoever_stated_it():
    by_web = CaseTransition.objects.get(subject=submit().application.case)
    assert (by_web.from_status, by_web.to_status, by_web.actor, by_web.by) == ("", "received", "person", None)
    member = caseworker(desk_in())
    by_telephone = CaseTransition.objects.get(subject=submit(by=member).application.case)
    assert (by_telephone.actor, by_telephone.by) == ("member", member)


def test_the_person_can_be_found_again_by_what_they_said_and_by_nothing_readable():
    person = submit(
        phone="+819012345678", kana="みほん はなこ", birth_year=1980, email="A@example.org"
    ).application.case.person
    found = {entry.kind: entry.digest for entry in person.index_entries.all()}
    assert found["phone"] == blind_index.digest("phone", "+819012345678")
    assert found["email"] == blind_index.digest("email", "a@example.org")
    assert set(found) == {"phone", "email", "kana_and_year", "kana", "name", "kana_prefix"}
    assert not any("みほん" in digest or digest == "1234" for digest in found.values())


def test_what_was_not_stated_is_not_indexed():
    person = submit(phone="", email="", kana="", name="みほん", birth_year=None).application.case.person
    assert {entry.kind for entry in person.index_entries.all()} == {"name", "kana_prefix"}
    parts = [entry.digest for entry in person.index_entries.filter(kind="kana_prefix")]
    assert parts == [blind_index.digest("kana_prefix", "part/みほん")]


def test_the_same_person_again_is_not_matched_by_the_machine():
    first, second = (submit(phone="+819012345678").application.case.person for _ in range(2))
    assert first != second


class TestConsentAsStated:
    def test_names_the_centre_the_fields_the_words_and_the_way(self):
        centre = centre_in()
        application = submit(consenting=centre, disclosed=["name", "reach", "phone"]).application
        told, heard = application.case.consents.all()
        assert (told.purpose, told.recipient, told.fields) == ("tell_centre", centre, ["name", "reach", "phone"])
        assert (told.channel, told.stated_by, told.recorded_by) == ("web", "person", None)
        assert (told.text_version, told.stated_on) == (application.consent_text_version, application.received_on)
        assert (heard.purpose, heard.recipient, heard.given) == ("hear_result", centre, True)

    def test_without_the_second_tick_the_result_is_not_to_be_heard(self):
        case = submit(consenting=centre_in(), feedback=False).application.case
        assert [entry.purpose for entry in case.consents.all()] == ["tell_centre"]

    def test_on_the_telephone_the_member_who_wrote_it_down_is_named(self):
        centre, member = centre_in(), caseworker(desk_in())
        entry = submit(consenting=centre, by=member).application.case.consents.first()
        assert (entry.channel, entry.recorded_by) == ("telephone", member)

    def test_a_wish_is_not_a_consent(self):
        case = submit(hand_off_wish="call_me", centre_id=centre_in().public_id).application.case
        assert not case.consents.exists()

    def test_a_helpers_tick_is_not_the_persons_consent(self):
        case = submit(consenting=centre_in(), applying_for="other", helper_name="見本 太郎").application.case
        assert not case.consents.exists()


def test_when_the_case_cannot_be_opened_the_application_is_not_stored_either():
    def failing(**_signal):
        raise RuntimeError("no case")

    application_submitted.connect(failing)
    try:
        with pytest.raises(RuntimeError):
            submit()
    finally:
        application_submitted.disconnect(failing)
    counted = [model.objects.count() for model in (Application, Person, Case, ConsentEntry)]
    assert counted == [0, 0, 0, 0]
