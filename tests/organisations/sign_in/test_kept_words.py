"""What was typed when the sign-in had ended: kept for the member, sealed, for its own page, for an hour."""

import base64
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from config import url_permissions
from config.urls import urlpatterns as site
from foundation import clock
from organisations import membership, tasks
from organisations.permission_map import Access
from organisations.sign_in import kept_words

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

EMAIL, PASSWORD = "hanako@example.org", "kaku-no-nagai-kotoba"
WORDS = "母親が入院した"
ran: list[str] = []


@kept_words.keeps_words
def room(request, number):
    kept = kept_words.kept_for(request)
    ran.append(request.method)
    return HttpResponse("、".join(kept.getlist("note")) if kept is not None else "nothing kept")


def password_room(request):
    return HttpResponse(f"kept: {kept_words.kept_for(request)}")


named = (
    [path("room/<int:number>/", room, name="room"), path("password/", password_room, name="password")],
    "kept",
)
urlpatterns = [*site, path("kept/", include(named))]
ROOM = "/kept/room/1/"
HERE = {"origin": "http://testserver"}


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    for name in ("kept:room", "kept:password"):
        monkeypatch.setitem(url_permissions.URL_PERMISSIONS, name, Access.MEMBER)
    ran.clear()


@pytest.fixture
def member():
    return membership.add_member(email=EMAIL, name="架空 花子", password=PASSWORD)


@pytest.fixture
def client(client, member):
    """A browser at which the member had signed in, and the sign-in has ended."""
    client.force_login(member)
    client.get(ROOM)
    Session.objects.all().delete()
    ran.clear()
    return client


def sign_in(client, *, back=ROOM, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": EMAIL, "password": password, "next": back})


def stored() -> str:
    """All that the sessions hold, decoded as far as it goes without a key."""
    rows = Session.objects.all()
    return "".join(row.session_data + repr(row.get_decoded()) for row in rows)


def test_the_words_are_there_after_signing_in_and_nothing_was_done(client, member):
    assert client.post(ROOM, {"note": WORDS}).url == f"{reverse('account_login')}?next={ROOM}"
    assert ran == []
    assert sign_in(client).url == ROOM
    assert client.get(ROOM).content.decode() == WORDS
    assert ran == ["GET"]


def test_the_sign_in_page_says_that_they_are_kept_and_for_how_long(client):
    page = client.post(ROOM, {"note": WORDS}, follow=True).content.decode()
    assert "書いたものは1時間残り" in page
    assert WORDS not in page


def test_a_wrong_password_first_loses_nothing(client, member):
    client.post(ROOM, {"note": WORDS})
    assert sign_in(client, password="chigau-kotoba").status_code == 200
    sign_in(client)
    assert client.get(ROOM).content.decode() == WORDS


def test_several_values_and_lines_come_back_as_they_were(client, member):
    client.post(ROOM, {"note": ["一", "二\r\n&三=四", "😀"]})
    sign_in(client)
    assert client.get(ROOM).content.decode() == "一、二\r\n&三=四、😀"


def test_they_come_as_often_as_the_page_is_looked_at_until_it_is_posted(client, member):
    client.post(ROOM, {"note": WORDS})
    sign_in(client)
    client.head(ROOM)
    for _reload in range(3):
        assert client.get(ROOM).content.decode() == WORDS
    client.post(ROOM, {"note": WORDS})
    assert client.get(ROOM).content.decode() == "nothing kept"
    assert "kept_words" not in client.session or client.session["kept_words"] == {}


def test_they_are_for_whoever_was_signed_in_last_at_this_browser(client, member):
    client.post(ROOM, {"note": WORDS})
    other = membership.add_member(email="taro@example.org", name="架空 太郎", password=PASSWORD)
    client.post(reverse("account_login"), {"login": other.email, "password": PASSWORD, "next": ROOM})
    assert client.get(ROOM).content.decode() == "nothing kept"
    client.force_login(member)
    assert client.get(ROOM).content.decode() == "nothing kept", "the session went with the other member"


def test_the_other_member_uses_nothing_up(client, member):
    client.post(ROOM, {"note": WORDS})
    kept = client.session["kept_words"]
    client.force_login(membership.add_member(email="taro@example.org", name="架空 太郎", password=None))
    assert client.get(ROOM).content.decode() == "nothing kept"
    assert client.session["kept_words"] == kept


@pytest.mark.parametrize("seat", [None, "", "made-up", "x:made-up"])
def test_whoever_never_signed_in_here_stores_nothing(member, seat):
    stranger = Client()
    if seat is not None:
        stranger.cookies["tsunagu_member"] = seat.replace("x", member.public_id)
    assert stranger.post(ROOM, {"note": WORDS}).status_code == 302
    assert not Session.objects.exists()
    page = Client(enforce_csrf_checks=True)
    page.cookies["csrftoken"] = "n" * 32
    assert page.post(ROOM, {"note": WORDS, "csrfmiddlewaretoken": "o" * 32}, headers=HERE).status_code == 403
    assert not Session.objects.exists()


def test_the_cookie_that_tells_whose_the_browser_is_is_kept_from_scripts_and_ends_with_it(client):
    cookie = client.cookies["tsunagu_member"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]
    assert not cookie["max-age"]


def test_each_of_two_tabs_has_its_own(client, member):
    client.post("/kept/room/1/", {"note": "一"})
    client.post("/kept/room/2/", {"note": "二"})
    sign_in(client)
    assert client.get("/kept/room/2/").content.decode() == "二"
    assert client.get("/kept/room/1/").content.decode() == "一"


def test_more_tabs_than_anybody_has_push_out_the_oldest(client, member):
    for number in range(kept_words.MOST_PAGES + 1):
        client.post(f"/kept/room/{number}/", {"note": f"紙{number}"})
    sign_in(client)
    assert client.get("/kept/room/0/").content.decode() == "nothing kept"
    assert client.get(f"/kept/room/{kept_words.MOST_PAGES}/").content.decode() == f"紙{kept_words.MOST_PAGES}"


def test_the_database_holds_them_only_sealed(client):
    client.post(ROOM, {"note": WORDS, "csrfmiddlewaretoken": "x"})
    held = stored()
    sealed = client.session["kept_words"][ROOM]["sealed"]
    assert sealed in held
    opened = base64.urlsafe_b64decode(sealed.partition(".")[2])
    for spelling in (WORDS, quote(WORDS), WORDS.encode().hex()):
        assert spelling not in held
        assert spelling.encode() not in opened
    assert b"csrfmiddlewaretoken" not in opened


def test_the_token_of_the_form_is_not_kept(client, member):
    client.post(ROOM, {"note": WORDS, "csrfmiddlewaretoken": "x"})
    sign_in(client)
    assert "csrfmiddlewaretoken" not in kept_words.kept_for(client.get(ROOM).wsgi_request)


def test_moved_to_another_address_they_don_t_open(client, member):
    client.post(ROOM, {"note": WORDS})
    session = client.session
    session["kept_words"] = {"/kept/room/2/": session["kept_words"][ROOM]}
    session.save()
    assert session["kept_words"]["/kept/room/2/"]["of"] == member.public_id
    sign_in(client)
    assert client.get("/kept/room/2/").content.decode() == "nothing kept"


@pytest.mark.parametrize("wrong", ["", "page1", "page1.%%%", "page1.AAAA", "nowhere.AAAA", "あ.い"])
def test_altered_they_are_gone_and_the_page_opens(client, member, wrong):
    client.post(ROOM, {"note": WORDS})
    session = client.session
    session["kept_words"] = {ROOM: {**session["kept_words"][ROOM], "sealed": wrong}}
    session.save()
    sign_in(client)
    assert client.get(ROOM).content.decode() == "nothing kept"
    assert client.session["kept_words"] == {}


def test_after_an_hour_they_are_gone(client, member, monkeypatch):
    client.post(ROOM, {"note": WORDS})
    client.force_login(member)
    later = clock.now() + kept_words.LIFETIME + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = client.get(ROOM)
    assert page.content.decode() == "nothing kept"
    assert "もう一度書いてください" in "".join(map(str, get_messages(page.wsgi_request)))
    assert client.session["kept_words"] == {}


def test_the_session_that_holds_them_ends_with_them_and_is_cleared_away(client):
    client.post(ROOM, {"note": WORDS})
    row = Session.objects.get()
    assert row.expire_date - clock.now() <= kept_words.LIFETIME
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    tasks.clear_ended_sessions()
    assert not Session.objects.exists()


def test_signing_in_gives_the_session_its_own_end(client, member):
    client.post(ROOM, {"note": WORDS})
    cookie = sign_in(client).cookies["sessionid"]
    assert not cookie["expires"]
    assert Session.objects.get().expire_date - clock.now() > timedelta(hours=7)


def test_more_than_a_page_can_hold_is_said_and_not_kept(client):
    page = client.post(ROOM, {"note": "あ" * kept_words.MOST_BYTES}, follow=True)
    assert "長すぎて、残せません" in page.content.decode()
    assert client.session["kept_words"] == {}


def test_too_long_words_leave_no_older_ones_in_their_place(client, member):
    client.post(ROOM, {"note": "ひとつ前"})
    client.post(ROOM, {"note": "あ" * kept_words.MOST_BYTES})
    sign_in(client)
    assert client.get(ROOM).content.decode() == "nothing kept"


def test_after_an_hour_any_page_clears_them_away(client, member, monkeypatch):
    client.post(ROOM, {"note": WORDS})
    sign_in(client)
    later = clock.now() + kept_words.LIFETIME + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.get("/kept/room/2/")
    assert client.session["kept_words"] == {}


def test_a_live_session_keeps_its_own_end(client, member):
    sign_in(client)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    strict.post(ROOM, {"note": WORDS, "csrfmiddlewaretoken": "o" * 32}, headers=HERE)
    assert Session.objects.get().expire_date - clock.now() > timedelta(hours=7)


def test_a_page_that_cannot_show_them_keeps_nothing(client, member):
    client.post("/kept/password/", {"password": PASSWORD})
    assert not Session.objects.exists()
    client.force_login(member)
    assert client.get("/kept/password/").content.decode() == "kept: None"


def test_signing_out_takes_them_along(client, member):
    client.post(ROOM, {"note": WORDS})
    sign_in(client)
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.get(ROOM).content.decode() == "nothing kept"


class TestAPageOlderThanTheSignIn:
    """Signing in changes the form's token: a page open in another tab carries the old one."""

    @pytest.fixture
    def browser(self, client):
        browser = Client(enforce_csrf_checks=True)
        browser.cookies = client.cookies
        browser.cookies["csrftoken"] = "n" * 32
        return browser

    def press(self, browser, address=ROOM, **more):
        return browser.post(address, {"note": WORDS, "csrfmiddlewaretoken": "o" * 32}, **{"headers": HERE, **more})

    def test_its_words_come_back_on_the_page(self, browser, member):
        browser.force_login(member)
        answer = self.press(browser)
        assert (answer.status_code, answer.url) == (302, ROOM)
        assert browser.get(ROOM).content.decode() == WORDS
        assert ran == ["GET"]

    def test_signed_out_its_words_wait_for_the_sign_in(self, browser, member):
        shown = self.press(browser, follow=True)
        assert "書いたものは1時間残り" in shown.content.decode()
        browser.force_login(member)
        assert browser.get(ROOM).content.decode() == WORDS

    def test_a_foreign_page_puts_nothing_here(self, browser, member):
        browser.force_login(member)
        for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {}):
            assert self.press(browser, headers=headers).status_code == 403
        assert browser.get(ROOM).content.decode() == "nothing kept"

    def test_a_browser_without_cookies_is_told_so(self, browser):
        browser.cookies.clear()
        answer = self.press(browser)
        assert answer.status_code == 403
        assert "Cookie" in answer.content.decode()

    def test_other_pages_answer_as_ever(self, browser, member):
        browser.force_login(member)
        for address in ("/kept/password/", "/apply/", "/manage/password_change/"):
            answer = self.press(browser, address)
            assert answer.status_code == 403, address
            assert "ページが古くなっていました" in answer.content.decode()

    def test_a_button_without_words_leads_back_to_its_page_and_says_that_nothing_was_done(self, browser, member, rules):
        browser.force_login(member)
        answer = self.press(browser, reverse("account_logout"))
        assert answer.url == reverse("account_logout")
        assert "まだ何もしていません" in browser.get(answer.url).content.decode()
        assert "_auth_user_id" in browser.session

    def test_whoever_signed_in_in_another_tab_goes_on_from_the_sign_in_page(self, browser, member):
        browser.force_login(member)
        answer = self.press(browser, f"{reverse('account_login')}?next={ROOM}")
        assert answer.url == f"{reverse('account_login')}?next={ROOM}"
        assert browser.get(answer.url).url == ROOM
