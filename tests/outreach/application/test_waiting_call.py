"""Several calls at a time: each is named, gone on with, put aside, and thrown away only after a question."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from organisations import membership
from organisations.roles import Role
from outreach.application.drafts import Contents
from outreach.models import Application, Draft
from tests.factories.applications import desk_in
from tests.outreach.application.filling import ANSWERS, Filling, step_of, text_of

pytestmark = pytest.mark.django_db


def said(draft: Draft):
    return Contents.of(Draft.objects.get(pk=draft.pk)).said


@pytest.fixture
def two_calls(on_the_telephone):
    """The first came as far as the way to receive it, the second to the name; the second is before the member."""
    on_the_telephone.fill_until("receive")
    on_the_telephone.start(anew="1")
    second = Draft.objects.order_by("-pk").first()
    for slug in ("for-whom", "food", "place", "people", "eating", "cooking"):
        on_the_telephone.answer(slug, **ANSWERS[slug])
    return Draft.objects.order_by("pk").first(), second


def go_on_with(browser, draft):
    return browser.client.post(browser.base, {"draft": draft.mark})


def test_the_next_call_is_told_whose_call_waits_and_offered_to_go_on(on_the_telephone):
    on_the_telephone.fill_until("receive")
    page = text_of(on_the_telephone.client.get("/desk/telephone/"))
    assert "見本 花子さん" in page
    assert "北海道札幌市中央区" in page
    assert "担当 見本が書きはじめ" in page
    assert "つづきから書く" in page
    assert step_of(on_the_telephone.start()) == "receive"


def test_a_call_of_which_nothing_was_said_yet_is_told_by_its_time(on_the_telephone):
    on_the_telephone.start()
    page = text_of(on_the_telephone.client.get("/desk/telephone/"))
    assert "名前はまだ聞いていません" in page
    assert "市区町村はまだ聞いていません" in page


def test_a_second_call_leaves_the_first_and_both_are_listed(on_the_telephone, two_calls):
    page = text_of(on_the_telephone.client.get("/desk/telephone/"))
    assert page.count("つづきから書く") == 2
    assert "べつの電話を受ける" in page
    first, second = two_calls
    assert step_of(go_on_with(on_the_telephone, first)) == "receive"
    assert step_of(go_on_with(on_the_telephone, second)) == "name"


def test_every_page_tells_whose_call_it_is(on_the_telephone, two_calls):
    first, second = two_calls
    shown = on_the_telephone.client.get(go_on_with(on_the_telephone, first).url)
    assert re.search(r"この電話 ?\s*見本 花子さん", text_of(shown))
    shown = on_the_telephone.client.get(go_on_with(on_the_telephone, second).url)
    assert re.search(r"この電話 ?\s*名前はまだ聞いていません", text_of(shown))


def test_a_page_of_the_first_answers_the_first_whatever_is_open_beside(on_the_telephone, two_calls):
    first, second = two_calls
    shown = on_the_telephone.client.get(go_on_with(on_the_telephone, first).url)
    go_on_with(on_the_telephone, second)
    response = on_the_telephone.send("receive", shown, receive_by="home")
    assert step_of(response) == "address"
    assert on_the_telephone.hidden(on_the_telephone.client.get(response.url))["draft"] == first.mark
    assert said(first).name == "見本 花子"
    assert said(second).name == ""


def test_a_page_that_is_loaded_again_stays_with_its_call(on_the_telephone, two_calls):
    first, second = two_calls
    address = go_on_with(on_the_telephone, first).url
    go_on_with(on_the_telephone, second)
    page = on_the_telephone.client.get(address)
    assert on_the_telephone.hidden(page)["draft"] == first.mark
    links = re.findall(r'href="(/desk/telephone/[a-z-]+/[^"]*)"', page.content.decode())
    assert links
    assert all(link.endswith(f"?call={first.mark}") for link in links)


def test_one_is_thrown_away_after_a_question_that_names_it_and_the_other_stays(on_the_telephone, two_calls):
    first, second = two_calls
    page = on_the_telephone.client.get(f"/desk/telephone/discard/?call={first.mark}")
    assert "見本 花子さん" in text_of(page)
    assert Draft.objects.count() == 2, "looking at the question ends nothing"
    on_the_telephone.send("discard", page)
    assert Draft.objects.get() == second
    assert step_of(go_on_with(on_the_telephone, second)) == "name"
    assert on_the_telephone.open("name").status_code == 200


@pytest.mark.usefixtures("reading")
def test_the_first_is_handed_in_and_the_second_goes_on(on_the_telephone, two_calls):
    first, second = two_calls
    response = go_on_with(on_the_telephone, first)
    while (slug := step_of(response)) != "check":
        response = on_the_telephone.answer(slug, **ANSWERS[slug])
    shown = on_the_telephone.client.get(response.url)
    go_on_with(on_the_telephone, second)
    done = on_the_telephone.hand_in(shown)
    assert Application.objects.get().name == "見本 花子"
    assert Application.objects.get().receipt_number in text_of(on_the_telephone.client.get(done.url))
    assert on_the_telephone.hand_in(shown).url == done.url, "a second click is no other call's"
    assert Application.objects.count() == 1
    assert on_the_telephone.client.get(response.url).url == done.url, "nor is its page, opened again"
    assert on_the_telephone.open("name").status_code == 200
    assert Draft.objects.get() == second


def test_a_call_is_gone_on_with_at_another_computer(on_the_telephone, two_calls, caseworker):
    elsewhere = Client()
    elsewhere.force_login(caseworker)
    assert "見本 花子さん" in text_of(elsewhere.get("/desk/telephone/"))
    address = elsewhere.post("/desk/telephone/", {"draft": two_calls[0].mark}).url
    assert elsewhere.get(address).status_code == 200


def test_a_call_that_is_over_starts_no_other(on_the_telephone):
    on_the_telephone.start()
    mark = Draft.objects.get().mark
    on_the_telephone.stop()
    page = on_the_telephone.client.post("/desk/telephone/", {"draft": mark}, follow=True)
    assert "もうありません" in text_of(page)
    assert not Draft.objects.exists()


def test_who_began_a_colleagues_call_is_told_and_nothing_that_was_said_in_it(on_the_telephone, desk):
    on_the_telephone.fill_until("receive")
    colleague = membership.add_member(email="other@example.jp", name="同僚 見本", password=None)
    membership.give_role(member=colleague, organisation=desk, role=Role.CASEWORKER)
    client = Client()
    client.force_login(colleague)
    client.cookies["apply_tel"] = on_the_telephone.client.cookies["apply_tel"].value
    theirs = Filling(client, "/desk/telephone/")
    for page, status in ((client.get("/desk/telephone/"), 200), (theirs.open("receive"), 409)):
        assert page.status_code == status
        assert "担当 見本さんが" in text_of(page)
        assert "見本 花子" not in text_of(page)
        assert Draft.objects.get().mark not in page.content.decode()
    assert Draft.objects.count() == 1
    assert step_of(theirs.start()) == "for-whom"
    assert Draft.objects.count() == 2
    assert "見本 花子さん" in text_of(on_the_telephone.client.get("/desk/telephone/")), "the colleague's own stays"


def test_the_mark_of_a_colleagues_call_opens_nothing(on_the_telephone, desk):
    on_the_telephone.fill_until("receive")
    mark = Draft.objects.get().mark
    colleague = membership.add_member(email="other@example.jp", name="同僚 見本", password=None)
    membership.give_role(member=colleague, organisation=desk, role=Role.CASEWORKER)
    client = Client()
    client.force_login(colleague)
    for page in (
        client.get(f"/desk/telephone/name/?call={mark}"),
        client.post("/desk/telephone/name/", {"draft": mark, "name": "架空 ひな"}),
    ):
        assert page.status_code == 410
        assert "見本 花子" not in page.content.decode()
    assert "もうありません" in text_of(client.post("/desk/telephone/", {"draft": mark}, follow=True))
    assert said(Draft.objects.get()).name == "見本 花子"


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


def test_a_page_of_ones_own_call_that_is_over_names_nobody_and_leads_to_the_others(on_the_telephone, two_calls):
    first, second = two_calls
    address = go_on_with(on_the_telephone, first).url
    on_the_telephone.send("discard", on_the_telephone.client.get(f"/desk/telephone/discard/?call={first.mark}"))
    go_on_with(on_the_telephone, second)
    for gone in (address, "/desk/telephone/name/?call=nobodys"):
        page = on_the_telephone.client.get(gone)
        assert page.status_code == 410
        assert "ほかの職員" not in text_of(page)
        assert "この画面の電話の書きかけは、もうありません" in text_of(page)
        assert "途中の申込みは、ほかに1件あります" in text_of(page)
        assert 'href="/desk/telephone/"' in page.content.decode()
    assert Draft.objects.get() == second


def test_a_page_of_an_ended_call_is_no_page_of_what_a_colleague_began_there(on_the_telephone, desk):
    on_the_telephone.start()
    colleague = membership.add_member(email="other@example.jp", name="同僚 見本", password=None)
    membership.give_role(member=colleague, organisation=desk, role=Role.CASEWORKER)
    client = Client()
    client.force_login(colleague)
    client.cookies["apply_tel"] = on_the_telephone.client.cookies["apply_tel"].value
    assert client.get(f"/desk/telephone/name/?call={Draft.objects.get().mark}").status_code == 409
    ended = client.get("/desk/telephone/name/?call=nobodys")
    assert ended.status_code == 410
    assert "担当 見本" not in text_of(ended)
