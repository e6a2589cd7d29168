"""A form that isn't taken: the page names the true cause and says what to do, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations import membership

pytestmark = pytest.mark.django_db

HERE, FOREIGN = "http://testserver", "https://evil.example"
OLD = {"csrfmiddlewaretoken": "o" * 32}
TITLES = {
    "cookie": ("Cookie（クッキー）がありませんでした", "The cookie was missing"),
    "old": ("ページが古くなっていました", "This page had become too old"),
    "foreign": ("このサイトのページから送られていませんでした", "This was not sent from a page of this site"),
    "hidden": ("どのページから送られたかが、わかりませんでした", "We could not tell which page this was sent from"),
}


def refused(cookies=(), *, origin=HERE, language="ja", **sent):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies.load(dict(cookies))
    headers = {"accept-language": language} | ({"origin": origin} if origin else {})
    answer = browser.post("/apply/", OLD, headers=headers, **sent)
    assert answer.status_code == 403
    return answer.content.decode()


CASES = {
    "blocked": ("cookie", {}, {}),
    "deleted, others stayed": ("cookie", {"django_language": ""}, {}),
    "cut short": ("cookie", {"csrftoken": "n"}, {}),
    "an older page": ("old", {"csrftoken": "n" * 32}, {}),
    "a browser that names no origin": ("old", {"csrftoken": "n" * 32}, {"origin": None}),
    "another site": ("foreign", {"csrftoken": "n" * 32}, {"origin": FOREIGN}),
    "another site, without a cookie": ("foreign", {}, {"origin": FOREIGN}),
    "a hidden origin": ("hidden", {"csrftoken": "n" * 32}, {"origin": "null"}),
    "no referrer": ("hidden", {"csrftoken": "n" * 32}, {"origin": None, "secure": True}),
    "another site's referrer": (
        "foreign",
        {"csrftoken": "n" * 32},
        {"origin": None, "secure": True, "HTTP_REFERER": FOREIGN},
    ),
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("cause", "cookies", "sent"), CASES.values(), ids=CASES.keys())
def test_the_page_names_the_cause_and_no_other(cause, cookies, sent, language):
    page = refused(cookies, language=language, **sent)
    for name, titles in TITLES.items():
        assert (titles[language == "en"] in page) == (name == cause), name
    assert "0120-279-338" in page


def test_a_missing_cookie_is_sent_anew_before_settings_are_touched():
    page = refused()
    assert page.index("読み込みなおして") < page.index("Cookieを使えるようにしてください")


def test_a_foreign_page_is_told_where_the_site_is_and_repeated_nowhere(settings):
    page = refused(origin=FOREIGN)
    assert settings.BASE_URL in page
    assert "evil.example" not in page
    assert "Cookie" not in page.split("<main")[1].split("</main>")[0]


def test_a_member_is_told_that_they_signed_in_since():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(membership.add_member(email="a@example.org", name="架空 花子", password=None))
    browser.cookies["csrftoken"] = "n" * 32
    page = browser.post(reverse("outreach:front") + "apply/", OLD, headers={"origin": HERE}).content.decode()
    assert "サインインしなおしたようです" in page
    assert "架空 花子 さん" in page
