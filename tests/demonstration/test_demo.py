"""The demonstration holds the documents' figures, everything in every state, and nothing that touches a real person."""

import base64
import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from config.environment import SECRETS
from demonstration.accounts import DEMO_ACCOUNTS
from foundation import access, clock
from foundation.models import AccessRecord, OutboxMessage
from organisations.models import Member, Organisation
from organisations.places import place_table
from organisations.roles import Role
from outreach.directory.taking import load_starter
from outreach.models import Application
from referrals.models import Case, CaseTransition, Parcel, Person, Referral, ReferralTransition
from referrals.outcomes import Outcome
from referrals.states import CaseStatus, ParcelStatus, ReferralStatus
from reports import cube, downloads
from reports.periods import Period

# A draft exists inside the sending transaction alone; the others have no button yet.
UNSEEN = {ReferralStatus.DRAFT, ReferralStatus.ON_HOLD, ReferralStatus.ENTERED_IN_ERROR}
PERIOD = Period(date(2021, 12, 1), date(2022, 6, 30))


def load() -> str:
    said = StringIO()
    call_command("load_demo", yes_fictitious=True, stdout=said)
    return said.getvalue()


def figures() -> dict:
    return json.loads(downloads.as_json(cube.count(PERIOD)))


def counts(key: str) -> dict[str, int]:
    return {value: cell["count"] for value, cell in figures()["indicators"][key]["cells"].items()}


def everything_that_happened() -> list[tuple]:
    steps = [*CaseTransition.objects.order_by("at", "subject__application__submission_key").values_list(
        "subject__application__submission_key", "to_status", "at", "by__email", "reason"
    )]  # fmt: skip
    steps += ReferralTransition.objects.order_by("at", "subject__case__application__submission_key").values_list(
        "subject__case__application__submission_key", "to_status", "at", "by__email", "reason"
    )
    return steps


class TestDemonstration(TestCase):
    @classmethod
    def setUpTestData(cls):
        place_table.load()
        load_starter()
        with transaction.atomic():
            load()
            cls.first_time = (figures(), everything_that_happened())
            transaction.set_rollback(True)
        cls.said = load()

    def test_household_types_are_those_of_the_documents(self):
        found = counts("household_type")
        assert found["single"] == 53
        assert found["single_parent"] == 50
        assert found["couple"] == 21
        assert found["couple_with_children"] == 30
        assert found["three_generations"] + found["with_parents"] + found["other"] == 10
        assert found["prefer_not_to_say"] == 0

    def test_the_other_figures_are_those_of_the_documents(self):
        assert figures()["applications"] == 164
        assert counts("income_loss")["yes"] == 110
        assert counts("debt")["yes"] == 66
        assert figures()["indicators"]["debt_kind"]["base"] == 66
        assert counts("debt_kind")["consumer_finance"] == 33
        assert counts("first_time")["yes"] == 159
        assert counts("no_one_to_consult")["yes"] == 82
        assert counts("consent_to_hand_off")["yes"] == 33
        assert counts("isolated")["yes"] == 71

    def test_there_are_164_people_received_from_december_to_june(self):
        assert Application.objects.count() == Case.objects.count() == Person.objects.count() == 164
        months = cube.months_with_data()
        assert (len(months), months[0].start, months[-1].end) == (7, date(2021, 12, 1), date(2022, 6, 30))

    def test_two_loads_tell_the_same_story_to_the_minute(self):
        assert self.first_time == (figures(), everything_that_happened())

    def test_a_second_run_changes_nothing_and_says_so(self):
        before = (everything_that_happened(), Member.objects.count(), OutboxMessage.objects.count())
        assert "もう入っています" in load()
        assert before == (everything_that_happened(), Member.objects.count(), OutboxMessage.objects.count())

    def test_cases_parcels_and_referrals_stand_in_every_state(self):
        assert set(Case.objects.values_list("status", flat=True)) == set(CaseStatus)
        unpacked_soon = {ParcelStatus.TO_UNPACK}  # stands until whoever packs comes by
        assert set(Parcel.objects.values_list("status", flat=True)) == set(ParcelStatus) - unpacked_soon
        stored = set(ReferralStatus) - UNSEEN
        assert set(Referral.objects.values_list("status", flat=True)) == stored
        assert set(Referral.objects.values_list("way", flat=True)) == {"portal", "telephone"}
        assert len(set(Referral.objects.exclude(outcome="").values_list("outcome", flat=True)) & set(Outcome)) >= 8

    def test_every_step_has_a_time_after_the_one_before_and_staff_work_in_office_hours(self):
        for case in Case.objects.prefetch_related("history"):
            moments = [step.at for step in case.history.all()]
            assert moments == sorted(set(moments))
        for at in CaseTransition.objects.filter(actor="member").values_list("at", flat=True):
            here = at.astimezone(clock.TOKYO)
            assert 9 <= here.hour < 17
            assert here.weekday() < 5

    def test_no_answer_is_overdue_when_the_story_ends(self):
        end = max(CaseTransition.objects.latest("at").at, ReferralTransition.objects.latest("at").at)
        assert not Referral.objects.overdue(clock.tokyo_date(end)).exists()

    def test_every_message_was_delivered_and_no_mail_was_sent(self):
        assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()
        assert mail.outbox == []

    def test_portal_referrals_are_in_the_portal_and_the_others_are_not(self):
        assert all(
            hasattr(referral, "portal_entry") == (referral.way == "portal")
            for referral in Referral.objects.select_related("portal_entry")
        )

    def test_nobody_real_can_be_reached(self):
        with access.scope(actor="test", purpose="test"):
            for person in Person.objects.select_related("data_key"):
                assert person.phone == "" or person.phone.startswith("+819000")
                assert person.email == "" or person.email.endswith("@example.jp")
                assert person.postcode in ("", "0000000")
        addresses = Organisation.objects.exclude(email="").values_list("email", flat=True)
        assert all(address.endswith("@example.jp") for address in addresses)

    def test_what_was_read_on_the_way_is_in_the_access_record(self):
        read = set(AccessRecord.objects.values_list("purpose", flat=True))
        assert {"desk:case", "desk:packing", "desk:referral_new", "portal:packet"} <= read

    def test_every_role_can_sign_in_with_the_printed_password(self):
        for account in DEMO_ACCOUNTS:
            assert account.email in self.said
            assert self.client.login(email=account.email, password="mihon-no-tsunagu")
        assert {account.role for account in DEMO_ACCOUNTS} == set(Role)


@pytest.mark.django_db
def test_a_real_installation_is_not_filled_with_invented_people():
    assert settings.DEMO is False
    with pytest.raises(CommandError, match="--yes-fictitious"):
        call_command("load_demo")
    assert not Application.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_accounts_are_shown_on_the_sign_in_page_of_the_demonstration_only(client, settings, demo):
    if demo:
        engine = settings.TEMPLATES[0]
        processors = [*engine["OPTIONS"]["context_processors"], "demonstration.accounts.for_signing_in"]
        settings.TEMPLATES = [{**engine, "OPTIONS": {**engine["OPTIONS"], "context_processors": processors}}]
    page = client.get("/sign-in/login/").content.decode()
    assert ("packer@example.jp" in page) is demo


@pytest.mark.parametrize("demo", ["1", "0"])
def test_a_real_site_does_not_even_ask_for_practice_accounts(demo, tmp_path):
    read = "from config.settings import TEMPLATES; print(TEMPLATES[0]['OPTIONS']['context_processors'])"
    rings = {name: "k:" + base64.b64encode(name.encode().ljust(32)).decode() for name in SECRETS[1:]}
    site = {"SECRET_KEY": "x" * 50, "TSUNAGU_VAR": str(tmp_path), "BASE_URL": "https://tsunagu.example"}
    environment = {**os.environ, **rings, **site, "TSUNAGU_DEMO": demo}
    told = subprocess.run(
        [sys.executable, "-c", read], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert ("demonstration" in told.stdout) is (demo == "1")
