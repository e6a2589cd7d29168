"""On the telephone: the same questions read out, and the consent heard before it is written down."""

import pytest
from django.test import Client

from organisations import membership
from organisations.roles import Role
from outreach.application.questionnaire import STEPS
from outreach.models import Application, Draft
from outreach.models.application import Channel
from tests.outreach.application.filling import Filling, step_of, text_of

pytestmark = pytest.mark.django_db


def test_the_same_questions_are_asked(on_the_telephone, centre):
    own = Filling(Client())
    assert on_the_telephone.walk_until("check") == own.walk_until("check")


def test_every_step_has_words_to_read_out(on_the_telephone):
    assert all(step.aloud for step in STEPS if not step.aside)
    on_the_telephone.fill_until("household")
    page = text_of(on_the_telephone.open("household"))
    assert "読みあげる文" in page
    assert "答えても答えなくても、食べものが届くかどうかは変わりません" in page


def test_the_application_names_who_took_it(on_the_telephone, caseworker):
    on_the_telephone.fill_until("check")
    page = on_the_telephone.client.get(on_the_telephone.hand_in().url)
    application = Application.objects.get()
    assert (application.channel, application.recorded_by) == (Channel.TELEPHONE, caseworker)
    assert application.consents
    assert application.receipt_number in text_of(page)


def test_consent_needs_the_tick_that_the_words_were_read_out_and_agreed_to(on_the_telephone):
    on_the_telephone.fill_until("consent")
    assert "見本の相談窓口に、上の内容を伝えることに同意します。" in text_of(on_the_telephone.open("consent"))
    page = on_the_telephone.answer("consent", consent="yes")
    assert "読みあげて、ご本人に聞いてから" in text_of(page)
    assert step_of(on_the_telephone.answer("consent", consent="yes", heard="on")) == "check"


def test_a_no_needs_no_such_tick(on_the_telephone):
    on_the_telephone.fill_until("consent")
    assert on_the_telephone.answer("consent", consent="no").status_code == 302


def test_the_member_gets_no_key_to_the_persons_page(on_the_telephone):
    on_the_telephone.fill_until("check")
    page = on_the_telephone.client.get(on_the_telephone.hand_in().url)
    assert "/my/" not in page.content.decode()


def test_the_frame_is_that_of_the_workplace(on_the_telephone):
    on_the_telephone.start()
    on_the_telephone.answer("for-whom")
    page = on_the_telephone.open("food").content.decode()
    assert 'class="staff' in page
    assert "このページを離れる" not in page


class TestWhoMayOpenIt:
    def test_a_visitor_is_asked_to_sign_in(self, client, desk):
        assert "sign-in" in client.get("/desk/telephone/").url
        assert "sign-in" in client.get("/desk/telephone/food/").url

    def test_a_member_without_the_permission_finds_nothing(self, client, desk):
        packer = membership.add_member(email="packer@example.jp", name="箱 見本", password=None)
        membership.give_role(member=packer, organisation=desk, role=Role.PACKER)
        client.force_login(packer)
        for path in ("/desk/telephone/", "/desk/telephone/food/", "/desk/telephone/done/"):
            assert client.get(path).status_code == 404

    def test_the_draft_opens_for_no_other_member(self, on_the_telephone, desk):
        on_the_telephone.fill_until("household")
        colleague = membership.add_member(email="other@example.jp", name="同僚 見本", password=None)
        membership.give_role(member=colleague, organisation=desk, role=Role.CASEWORKER)
        theirs = Client()
        theirs.force_login(colleague)
        theirs.cookies["apply_tel"] = on_the_telephone.client.cookies["apply_tel"].value
        assert Filling(theirs, "/desk/telephone/").open("household").status_code == 409

    def test_nor_in_the_public_form(self, on_the_telephone):
        on_the_telephone.fill_until("household")
        visitor = Client()
        visitor.cookies["apply"] = on_the_telephone.client.cookies["apply_tel"].value
        assert Filling(visitor).open("household").status_code == 410

    def test_nor_is_its_receipt_found_there(self, on_the_telephone):
        on_the_telephone.fill_until("check")
        draft_id = on_the_telephone.client.cookies["apply_tel"].value
        on_the_telephone.hand_in()
        visitor = Client()
        visitor.cookies["apply"] = draft_id
        assert Filling(visitor).open("check").status_code == 410


def test_a_members_own_application_and_a_telephone_one_are_kept_apart(on_the_telephone):
    on_the_telephone.fill_until("household")
    own = Filling(on_the_telephone.client)
    own.fill_until("people")
    assert Draft.objects.count() == 2
    assert own.open("household").url == "/apply/people/"
    assert on_the_telephone.open("household").status_code == 200


def test_somebody_on_the_telephone_for_another_is_noted_without_consent(on_the_telephone):
    on_the_telephone.fill_until("check", for_whom={"applying_for": "other"})
    on_the_telephone.hand_in()
    assert not Application.objects.get().consents


def test_a_place_nobody_sends_to_is_read_out(on_the_telephone, desk):
    desk.catchments.all().delete()
    on_the_telephone.start()
    on_the_telephone.answer("for-whom")
    on_the_telephone.answer("food")
    page = text_of(on_the_telephone.client.get(on_the_telephone.answer("place", typed="札幌市").url))
    assert "読みあげる文" in page
    assert "まだ送れません" in page
