"""An answer that nobody offers any more breaks no page, and no stored code is ever taken out of the code."""

import contextlib
import dataclasses
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from foundation import access
from foundation.coded import UNKNOWN
from foundation.identifiers import new_secret
from organisations.roles import Role
from outreach.application import answers, disclosable, page_secrets
from outreach.application.questions import QUESTIONS, TICKED_AS
from outreach.models import Application, Draft
from referrals import corrected
from referrals.desk import casework
from referrals.handoff import sending
from referrals.models import Case, ConsentEntry, Packet
from referrals.models.referral import Way
from tests.factories import members, referrals
from tests.factories.applications import CHUO, centre_in, real_place, submit
from tests.outreach.application.filling import Filling
from tests.private_pages import let_in

STORED = Path(__file__).with_name("stored_codes.json")
# The wish decides whether there is a consent at all, and for whom somebody applies whether it is theirs.
DECIDING = {"hand_off_wish", "applying_for"}
RETIRED = {
    question.name: ["retired"] if question.several else "retired"
    for question in QUESTIONS.values()
    if question.codes and question.name not in DECIDING
}


@pytest.mark.django_db
class TestEveryPage:
    @pytest.fixture
    def place(self, client):
        """A case whose every coded answer is one of yesterday, handed over on paper and to be packed."""
        centre = centre_in()
        with access.scope(actor="test", purpose="test"):
            receipt = submit(consenting=centre, **RETIRED)
            case = receipt.application.case
            worker = members.caseworker(case.desk)
            referral = sending.send(case=case, centre=centre, way=Way.TELEPHONE, by=worker, seen=case.version)
            casework.approve(case=Case.objects.get(pk=case.pk), by=worker, seen=case.version)
        client.force_login(worker)
        return client, case, referral, receipt

    @pytest.mark.parametrize(
        "name", ["desk:queue", "desk:packing", "desk:case", "desk:parcel", "desk:consent", "desk:referral_new"]
    )
    def test_of_the_desk(self, place, name):
        client, case, _referral, _receipt = place
        at = [] if name in ("desk:queue", "desk:packing") else [case.public_id]
        page = client.get(reverse(name, args=at))
        assert page.status_code == 200
        assert "retired" not in page.content.decode()
        assert name in ("desk:queue", "desk:referral_new") or str(UNKNOWN) in page.content.decode()

    @pytest.mark.parametrize("name", ["desk:referral", "desk:referral_sheet"])
    def test_of_a_referral(self, place, name):
        client, _case, referral, _receipt = place
        page = client.get(reverse(name, args=[referral.public_id]))
        assert page.status_code == 200
        assert name == "desk:referral" or str(UNKNOWN) in page.content.decode()

    def test_of_the_person(self, place):
        client, _case, _referral, receipt = place
        secret = new_secret()
        Application.objects.write_page_secret(receipt.application, **page_secrets.kept(secret))
        page = let_in(client, secret).get(reverse("person:page", args=[secret]))
        assert page.status_code == 200
        assert str(UNKNOWN) in page.content.decode()

    def test_of_the_centre(self, client):
        centre = referrals.portal_centre()
        handed = referrals.handed_off(centre, to="viewed", **RETIRED)
        client.force_login(members.counsellor(centre))
        page = client.get(reverse("portal:packet", args=[handed.public_id]))
        assert page.status_code == 200
        assert str(UNKNOWN) in page.content.decode()

    def test_of_the_reports(self, place):
        client, case, _referral, _receipt = place
        client.force_login(members.member(Role.PROGRAMME_MANAGER, at=case.desk))
        assert client.get(reverse("reports:dashboard")).status_code == 200


def stored_codes() -> dict[str, list[str]]:
    """Every code that a row may hold, by where it is stored."""
    codes = {
        f"{field.model._meta.label_lower}.{field.name}": [code for code, _word in field.flatchoices]
        for model in apps.get_models()
        if model._meta.app_label in ("organisations", "outreach", "referrals")
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and field.choices
    }
    for question in QUESTIONS.values():
        if question.codes and question.several:
            codes[f"application.{question.name}"] = question.codes.values
    codes["application.ticked_as"] = sorted(TICKED_AS.values())
    codes["referrals.personcorrection.changes"] = list(corrected.FIELDS)
    return codes | {f"packet.{key}": [key] for key in disclosable.FIELDS_BY_KEY}


def test_a_stored_code_is_never_removed():
    """Add codes as you like, and their line with them; what may stand in a row stays readable.

    To stop offering an answer, name its code in ``retired`` of its question: it keeps its words.
    """
    kept = json.loads(STORED.read_text(encoding="utf-8"))
    now = stored_codes()
    gone = {where: sorted(set(codes) - set(now.get(where, ()))) for where, codes in kept.items()}
    assert {where: codes for where, codes in gone.items() if codes} == {}, "retire them instead (docs/how-to.md)"
    new = {where: sorted(set(codes) - set(kept.get(where, ()))) for where, codes in now.items()}
    assert {where: codes for where, codes in new.items() if codes} == {}, f"write them down in {STORED.name}"


def test_a_retired_answer_is_offered_to_nobody_and_keeps_its_words():
    question = dataclasses.replace(QUESTIONS["income"], retired=("fell",))
    assert "fell" not in dict(question.offered)
    assert question.words("fell") == str(answers.Income.FELL.label)


@pytest.mark.django_db
class TestOfAnotherVersion:
    """Rows that a newer version wrote, met after going back to this one."""

    @pytest.fixture
    def place(self):
        centre = referrals.portal_centre()
        found = referrals.handed_off(centre, to="viewed")
        return found, members.caseworker(found.case.desk), members.counsellor(centre)

    @pytest.mark.parametrize("table", ["referral", "case"])
    def test_a_status_nobody_knows_breaks_no_page(self, place, table, client):
        found, worker, counsellor = place
        row = {"referral": found, "case": found.case}[table]
        with contextlib.suppress(IntegrityError), transaction.atomic():
            models.QuerySet(type(row)).filter(pk=row.pk).update(status="tomorrow")
        for member, names in (
            (worker, ["desk:queue", "desk:case", "desk:referral", "desk:referral_sheet"]),
            (counsellor, ["portal:queue", "portal:cover", "portal:packet"]),
        ):
            client.force_login(member)
            for name in names:
                at = {"desk:case": [found.case.public_id]}.get(
                    name, [] if name.endswith("queue") else [found.public_id]
                )
                page = client.get(reverse(name, args=at))
                assert page.status_code in (200, 302), name
                assert ">tomorrow<" not in page.content.decode(), name

    def test_a_packet_s_line_with_more_in_it_and_of_another_group_is_shown(self, place, client, reading):
        found, worker, counsellor = place
        packet = found.packet
        rows = [
            {**row, "shape": "new", "group": "tomorrow" if row["group"] == "contact" else row["group"]}
            for row in packet.rows
        ]
        sealed = Packet._meta.get_field("rows").sealed(packet, rows)
        models.QuerySet(Packet).filter(pk=packet.pk).update(rows=sealed)
        for member, name in ((worker, "desk:referral_sheet"), (counsellor, "portal:packet")):
            client.force_login(member)
            page = client.get(reverse(name, args=[found.public_id])).content.decode()
            assert "そのほか" in page
            assert all(row["value"].split("\n")[0] in page for row in rows if row["key"] != "reach")

    def test_a_consent_to_a_field_nobody_knows_tells_nothing_of_it(self, reading, client):
        centre = centre_in()
        found = submit(consenting=centre, disclosed=["name", "reach", "phone"]).application.case
        entries = models.QuerySet(ConsentEntry).filter(person=found.person, purpose="tell_centre")
        entries.update(fields=["name", "reach", "phone", "tomorrow"])
        client.force_login(members.caseworker(found.desk))
        assert client.get(reverse("desk:referral_new", args=[found.public_id])).status_code == 200

    def test_a_draft_with_more_in_it_goes_on(self, client):
        centre_in()
        real_place(CHUO)
        filling = Filling(client)
        filling.start()
        with access.scope(actor="test", purpose="test"):
            draft = Draft.objects.get()
            held = {**draft.answers, "shape": "new"}
            held["said"] = {**held["said"], "disclosed": ["name", "tomorrow"], "mood": "new"}
            sealed = Draft._meta.get_field("answers").sealed(draft, held)
        Draft.objects.update(answers=sealed)
        assert filling.open("for-whom").status_code == 200
