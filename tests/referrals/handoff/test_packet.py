"""The packet holds exactly the fields of the consent, as they were looked at, and never changes afterwards."""

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from foundation.faults import AppendOnlyError
from outreach.application import disclosable
from outreach.application.disclosable import FIELDS_BY_KEY
from outreach.models import ApplicationAddendum
from referrals.handoff import packet, sending
from referrals.models import ConsentEntry, Packet, Person
from tests.factories.applications import StatementFactory
from tests.factories.cases import ALL_FIELDS, case, consent, fresh, referral, town

FULL = {
    "name": "見本 花子", "kana": "みほん はなこ", "birth_year": 1980, "address": "見本町9丁目",
    "phone": "+819012345678", "email": "mihon@example.org", "helper_name": "支える 太郎",
    "safe_times": "午前だけ", "people_count": 3, "children_ages": [2, 5], "household_type": "single_parent",
    "food_days": "none", "lifelines_cut": ["gas"], "income": "lost_job", "in_debt": "yes",
    "debt_kinds": ["consumer_finance"], "someone_to_consult": "no", "bodies": ["medical"], "troubles": ["money"],
    "cannot_eat": ["illness"], "cannot_eat_note": "卵", "passphrase": "あいことば",
}  # fmt: skip
# One telling word of each field: where it shows, the field was disclosed.
TELLING = {
    "name": "花子", "birth_year": "1980", "address": "9丁目", "parcels_to": "白石区",
    "phone": "090-1234-5678", "email": "mihon@example.org",
    "reach": "午前だけ", "people": "3人", "children": "2歳", "household_type": "ひとり親", "food": "今日食べるもの",
    "lifelines": "ガス", "income": "仕事をなくした", "debt": "消費者金融", "someone": "相談できる人がいない",
    "bodies": "病院", "helper": "支える 太郎", "troubles": "お金のこと",
}  # fmt: skip
NEVER = ("あいことば", "卵", "病気や歯")


def entry(fields):
    return ConsentEntry(fields=list(fields))


@pytest.mark.django_db
@given(fields=some.sets(some.sampled_from(sorted(TELLING))))
def test_a_row_outside_the_consent_is_never_in_the_preview(fields):
    statement = StatementFactory.build(**{**FULL, "place_code": ""})
    rows = disclosable.rows(statement, fields)
    text = "\n".join(f"{row.label} {row.value}" for row in rows)
    told = fields - {"parcels_to"}  # nothing is sent elsewhere
    assert {row.key for row in rows} == told
    for key, word in TELLING.items():
        assert (word in text) == (key in told), key
    assert not any(word in text for word in NEVER)


@pytest.mark.django_db
@pytest.mark.usefixtures("reading")
class TestPreviewAndPacket:
    def sent(self, fields=None, **answers):
        place = town()
        found = case(**{**FULL, **answers})
        consent(found, place.centre, by=place.caseworker, fields=fields or ALL_FIELDS)
        found = fresh(found)
        looked_at = packet.preview(found, found.person.consents.live().get(purpose="tell_centre"))
        handed = sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=1)
        return looked_at, handed

    @pytest.mark.parametrize("left_out", [key for key in ALL_FIELDS if key not in disclosable.NEEDED_TO_CALL])
    def test_what_was_not_allowed_is_not_in_it(self, left_out):
        ways = ["phone", "email"]  # one of which the consent allows, or nobody could call
        _looked_at, handed = self.sent(fields=[key for key in ALL_FIELDS if key != left_out], reach_by=ways)
        text = str(handed.packet.rows)
        assert left_out not in handed.packet.fields
        assert TELLING[left_out] not in text
        assert not any(word in text for word in NEVER)

    def test_the_packet_is_what_was_looked_at(self):
        looked_at, handed = self.sent()
        assert packet.rows_of(handed.packet) == looked_at
        assert handed.packet.fields == [row.key for row in looked_at]
        assert set(handed.packet.fields) <= set(handed.packet.consent.fields)

    def test_it_is_in_japanese_whatever_language_the_member_works_in(self):
        with translation.override("en"):
            looked_at, handed = self.sent()
        assert [row.label for row in looked_at][:2] == ["名前", "生まれた年"]
        assert packet.rows_of(handed.packet) == looked_at

    def test_a_later_change_of_the_person_or_a_supplement_does_not_reach_it(self):
        looked_at, handed = self.sent()
        person = Person.objects.get(pk=handed.case.person_id)
        person.phone = "+819099999999"
        person.save()
        ApplicationAddendum.objects.create(
            application=handed.case.application, data_key=person.data_key, added_at=handed.sent_at, own_words="あとから"
        )
        kept = Packet.objects.get()
        assert packet.rows_of(kept) == looked_at
        assert "あとから" not in str(kept.rows)

    def test_nobody_rewrites_it(self):
        _looked_at, handed = self.sent()
        kept = handed.packet
        kept.rows = []
        with pytest.raises(AppendOnlyError):
            kept.save()

    def test_it_lies_sealed_under_a_key_of_its_own(self):
        _looked_at, handed = self.sent()
        assert handed.packet.data_key.kind == "provision"
        assert handed.packet.data_key != handed.case.person.data_key
        with connection.cursor() as cursor:
            cursor.execute("SELECT rows FROM referrals_packet")
            stored = bytes(cursor.fetchone()[0])
        assert "花子".encode() not in stored
        assert FULL["email"].encode() not in stored

    def test_it_keeps_codes_and_the_version_of_the_words_beside_the_words(self):
        _looked_at, sent = self.sent()
        kept = sent.packet
        codes = {row.key: row.codes for row in packet.rows_of(kept)}
        assert (codes["food"], codes["lifelines"], codes["debt"]) == (("none",), ("gas",), ("yes", "consumer_finance"))
        assert codes["income"] == ("lost_job", "within_half_year")
        assert (codes["name"], codes["address"], codes["birth_year"]) == ((), (), ())
        assert kept.text_version == kept.consent.text_version != ""

    def test_who_is_hungry_is_told_by_the_code_whatever_the_word_was(self):
        _looked_at, sent = self.sent()
        reworded = [{**row, "value": "なにもない"} for row in sent.packet.rows]
        sent.packet.rows = reworded
        assert packet.says(sent.packet, "food", "none")
        assert not packet.says(sent.packet, "food", "more")

    def test_one_that_was_frozen_before_codes_were_asks_the_application(self):
        _looked_at, sent = self.sent()
        sent.packet.rows = [{name: value for name, value in row.items() if name != "codes"} for row in sent.packet.rows]
        assert {row.codes for row in packet.rows_of(sent.packet)} == {()}
        assert packet.says(sent.packet, "food", "none")
        assert not packet.says(sent.packet, "food", "more")

    def test_what_it_does_not_tell_is_not_said_by_its_codes_either(self):
        _looked_at, sent = self.sent(fields=["name", "reach", "phone"])
        assert not packet.says(sent.packet, "food", "none")

    def test_the_fingerprint_follows_the_content(self):
        found = case(**FULL)
        one, other = (packet.fingerprint(packet.preview(found, entry(keys))) for keys in (["name"], ["name", "debt"]))
        assert one != other
        assert one == packet.fingerprint(packet.preview(fresh(found), entry(["name"])))

    def test_every_disclosable_field_is_tried_here(self):
        assert set(FIELDS_BY_KEY) == set(TELLING), "a new field: say in TELLING what shows it"


@pytest.mark.django_db
@pytest.mark.usefixtures("reading")
def test_a_packet_shows_only_what_was_answered():
    sent = referral(town(), people_count=None, household_type="", in_debt="", income="", income_since="")
    assert not {"people", "household_type", "debt", "income"} & set(sent.packet.fields)


def test_the_centre_reads_which_language_somebody_speaks(db, reading):
    sent = referral(town(), spoken="ベトナム語")
    assert "ベトナム語" in packet.how_to_reach(sent.packet)


def test_an_application_from_before_the_question_says_nothing_of_it(db, reading):
    found = case(spoken="ベトナム語")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outreach_application SET spoken = NULL")
    assert packet.current_statement(fresh(found)).spoken == ""
