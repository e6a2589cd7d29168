"""A call that was begun and not ended is named before anybody throws it away."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations import membership
from organisations.roles import Role
from outreach.models import Application, Draft
from tests.factories.applications import desk_in
from tests.outreach.application.filling import Filling, text_of

pytestmark = pytest.mark.django_db


def test_the_next_call_is_told_whose_call_waits_and_offered_to_go_on(on_the_telephone):
    on_the_telephone.fill_until("receive")
    page = text_of(on_the_telephone.client.get("/desk/telephone/"))
    assert "見本 花子さん" in page
    assert "北海道札幌市中央区" in page
    assert "に書きはじめ" in page
    assert "つづきから書く" in page
    assert on_the_telephone.start().url == "/desk/telephone/receive/"


def test_a_call_of_which_nothing_was_said_yet_is_told_by_its_time(on_the_telephone):
    on_the_telephone.start()
    page = text_of(on_the_telephone.client.get("/desk/telephone/"))
    assert "名前はまだ聞いていません" in page
    assert "市区町村はまだ聞いていません" in page


def test_who_began_a_colleagues_call_is_told_and_nothing_that_was_said_in_it(on_the_telephone, desk):
    on_the_telephone.fill_until("receive")
    colleague = membership.add_member(email="other@example.jp", name="同僚 見本", password=None)
    membership.give_role(member=colleague, organisation=desk, role=Role.CASEWORKER)
    client = Client()
    client.force_login(colleague)
    client.cookies["apply_tel"] = on_the_telephone.client.cookies["apply_tel"].value
    theirs = Filling(client, "/desk/telephone/")
    for page in (client.get("/desk/telephone/"), theirs.start(), theirs.open("receive")):
        assert page.status_code == 409
        assert "担当 見本さんが" in text_of(page)
        assert "見本 花子" not in text_of(page)
    assert Draft.objects.count() == 1
    assert theirs.start(anew="1").url == "/desk/telephone/for-whom/"
    assert Draft.objects.count() == 2, "the colleague's own stays, for as long as it lives"


def test_the_receipt_leads_to_the_case(on_the_telephone):
    on_the_telephone.fill_until("check")
    page = on_the_telephone.client.get(on_the_telephone.hand_in().url).content.decode()
    case = reverse("desk:case", args=[Application.objects.get().case.public_id])
    assert case in page
    assert on_the_telephone.client.get(case).status_code == 200


def test_nobody_is_led_to_a_case_of_another_desk(on_the_telephone, caseworker):
    on_the_telephone.fill_until("check")
    done = on_the_telephone.hand_in().url
    caseworker.role_grants.all().delete()
    membership.give_role(member=caseworker, organisation=desk_in("130001", name="別の団体"), role=Role.CASEWORKER)
    page = on_the_telephone.client.get(done)
    assert page.status_code == 200
    assert "このケースを開く" not in text_of(page)


def test_the_public_form_names_nobody(filling):
    filling.fill_until("receive")
    assert "見本 花子" not in text_of(filling.client.get("/apply/"))
