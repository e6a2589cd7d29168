"""A sign-in that ended while somebody was on the telephone: what was written down is on the page again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from organisations import membership
from organisations.roles import Role
from outreach.models import Application, Draft
from tests.outreach.application.filling import ANSWERS, text_of

pytestmark = pytest.mark.django_db

PASSWORD = "kaku-no-nagai-kotoba"


@pytest.fixture
def signed_out(on_the_telephone, caseworker):
    """Ends the member's session in the browser that holds the draft; the browser comes back by ``come_back``."""
    caseworker.set_password(PASSWORD)
    caseworker.save()
    on_the_telephone.client.force_login(caseworker)

    def end() -> None:
        del on_the_telephone.client.cookies["sessionid"]

    return end


def come_back(client: Client, email: str, to: str):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD, "next": to}, follow=True)


def test_the_words_of_a_step_are_there_again_and_nothing_was_saved(on_the_telephone, caseworker, signed_out):
    on_the_telephone.fill_until("name")
    shown = on_the_telephone.open("name")
    before = Draft.objects.get().version
    signed_out()
    typed = {"name": "架空 ひな", "kana": "かくう ひな", "birth_year": "わからない"}
    assert "sign-in" in on_the_telephone.send("name", shown, **typed).url
    page = come_back(on_the_telephone.client, caseworker.email, "/desk/telephone/name/")
    assert "まだ記録されていません" in text_of(page)
    for words in typed.values():
        assert f'value="{words}"' in page.content.decode()
    assert "is-invalid" not in page.content.decode()
    assert Draft.objects.get().version == before
    assert on_the_telephone.send("name", page, **{**typed, "birth_year": "1980"}).status_code == 302


def test_another_page_may_have_gone_on_meanwhile(on_the_telephone, caseworker, signed_out):
    """The page keeps the version it was typed over, so that saving it asks before it covers anything."""
    on_the_telephone.fill_until("name")
    shown = on_the_telephone.open("name")
    on_the_telephone.answer("name", name="見本 花子", kana="みほん はなこ", birth_year="1980")
    signed_out()
    typed = {"name": "架空 ひな", "kana": "かくう ひな", "birth_year": "1981"}
    on_the_telephone.send("name", shown, **typed)
    page = come_back(on_the_telephone.client, caseworker.email, "/desk/telephone/name/")
    assert on_the_telephone.hidden(page)["version"] == on_the_telephone.hidden(shown)["version"]
    assert on_the_telephone.send("name", page, **typed).status_code == 200


def test_the_last_button_was_not_pressed_by_itself(on_the_telephone, caseworker, signed_out):
    on_the_telephone.fill_until("check")
    shown = on_the_telephone.open("check")
    signed_out()
    on_the_telephone.hand_in(shown)
    page = come_back(on_the_telephone.client, caseworker.email, "/desk/telephone/check/")
    assert "まだ記録されていません" in text_of(page)
    assert not Application.objects.exists()
    on_the_telephone.hand_in(page)
    assert Application.objects.count() == 1


def test_the_words_wait_for_their_own_call_and_are_not_laid_into_another(on_the_telephone, caseworker, signed_out):
    on_the_telephone.fill_until("name")
    first = Draft.objects.get()
    shown = on_the_telephone.open("name")
    signed_out()
    on_the_telephone.send("name", shown, name="架空 ひな", kana="かくう ひな", birth_year="1980")
    come_back(on_the_telephone.client, caseworker.email, "/desk/telephone/")
    on_the_telephone.start(anew="yes")
    second = Draft.objects.order_by("-pk").first()
    for slug in ("for-whom", "food", "place", "people", "eating", "cooking"):
        on_the_telephone.answer(slug, **ANSWERS[slug])
    page = on_the_telephone.client.get(f"/desk/telephone/name/?call={second.mark}")
    assert on_the_telephone.hidden(page)["draft"] == second.mark
    assert "ひな" not in page.content.decode()
    page = on_the_telephone.client.get(f"/desk/telephone/name/?call={first.mark}")
    assert "まだ記録されていません" in text_of(page)
    assert 'value="架空 ひな"' in page.content.decode()
    assert on_the_telephone.hidden(page)["draft"] == first.mark


def test_the_words_of_a_call_that_is_gone_are_there_to_copy(on_the_telephone, caseworker, signed_out):
    on_the_telephone.fill_until("name")
    shown = on_the_telephone.open("name")
    signed_out()
    on_the_telephone.send("name", shown, name="架空 ひな", kana="かくう ひな", birth_year="1980")
    come_back(on_the_telephone.client, caseworker.email, "/desk/telephone/")
    on_the_telephone.stop()
    on_the_telephone.start()
    page = on_the_telephone.open("name")
    assert page.status_code == 409
    assert "べつの申込み" in text_of(page)
    assert re.search(r"<fieldset disabled>.*架空 ひな.*</fieldset>", page.content.decode(), re.DOTALL)
    for slug in [*on_the_telephone.fill_until("name"), "name"]:
        assert "ひな" not in on_the_telephone.open(slug).content.decode()
    assert "まだ記録されていません" not in text_of(on_the_telephone.open("name"))


def test_a_colleague_at_the_same_computer_destroys_nothing(on_the_telephone, caseworker, desk, signed_out):
    on_the_telephone.fill_until("name")
    shown = on_the_telephone.open("name")
    signed_out()
    on_the_telephone.send("name", shown, name="架空 ひな", kana="かくう ひな", birth_year="1980")
    colleague = membership.add_member(email="other@example.jp", name="同僚 見本", password=PASSWORD)
    membership.give_role(member=colleague, organisation=desk, role=Role.CASEWORKER)
    page = come_back(on_the_telephone.client, colleague.email, "/desk/telephone/name/")
    assert page.status_code == 409
    assert "ほかの職員が電話で聞いている途中" in text_of(page)
    assert "書いたものは残っています" not in text_of(page)
    on_the_telephone.client.force_login(caseworker)
    assert on_the_telephone.open("name").status_code == 200, "the draft is still there for whom it belongs to"
