"""How often one may try to sign in: counted for the account and where it is tried, by all web processes together."""

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.test import Client
from django.urls import reverse

from config import settings as shipped
from organisations import membership
from organisations.sign_in import known_browsers
from tests.foundation.test_cache import cache_at, nobody_listens

pytestmark = pytest.mark.django_db

EMAIL, PASSWORD, OFFICE = "hanako@example.org", "kaku-no-nagai-kotoba", "203.0.113.7"
ELSEWHERE = "198.51.100.9"


@pytest.fixture(autouse=True)
def member():
    return membership.add_member(email=EMAIL, name="架空 花子", password=PASSWORD)


@pytest.fixture
def with_cache():
    """Give this process another cache for the rest of the test."""
    standing = caches["default"]
    yield lambda other: caches.__setitem__("default", other)
    caches["default"] = standing


def try_to_sign_in(client, email=EMAIL, password="chigau-chigau-chigau", at=OFFICE):
    return client.post(reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=at)


def is_in(response):
    return response.status_code == 302


def test_whoever_guesses_a_password_is_stopped_after_a_few_tries(client):
    for _wrong in range(5):
        assert not is_in(try_to_sign_in(client))
    assert not is_in(try_to_sign_in(client, password=PASSWORD))


def test_whoever_guesses_elsewhere_keeps_nobody_out(client):
    for _wrong in range(20):
        try_to_sign_in(client, at=ELSEWHERE)
    assert not is_in(try_to_sign_in(client, password=PASSWORD, at=ELSEWHERE))
    assert is_in(try_to_sign_in(Client(), password=PASSWORD))


def test_whoever_guesses_in_the_same_house_keeps_nobody_out_of_their_own_browser(client):
    assert is_in(try_to_sign_in(client, password=PASSWORD))
    client.post(reverse("account_logout"))
    guessing = Client()
    for _wrong in range(20):
        try_to_sign_in(guessing, email=f" {EMAIL.upper()}")
    assert not is_in(try_to_sign_in(guessing, password=PASSWORD))
    assert is_in(try_to_sign_in(client, password=PASSWORD))


def test_whoever_guesses_from_everywhere_is_stopped_too_but_not_the_member(client):
    assert is_in(try_to_sign_in(client, password=PASSWORD))
    client.post(reverse("account_logout"))
    for number in range(51):
        try_to_sign_in(Client(), at=f"198.51.100.{number}")
    stopped = try_to_sign_in(Client(), password=PASSWORD, at="198.51.100.99")
    assert not is_in(stopped)
    assert "しばらくサインインを止めています" in stopped.content.decode()
    assert is_in(try_to_sign_in(client, password=PASSWORD))


def test_whoever_guesses_at_a_known_browser_is_stopped_as_soon(client):
    assert is_in(try_to_sign_in(client, password=PASSWORD))
    client.post(reverse("account_logout"))
    for _wrong in range(5):
        assert not is_in(try_to_sign_in(client))
    assert not is_in(try_to_sign_in(client, password=PASSWORD))


@pytest.mark.parametrize("made_up", ["", "x", "{member}", "{member}:1uXyz:AAAA"])
def test_a_made_up_cookie_makes_no_browser_known(client, member, made_up):
    client.cookies[known_browsers.COOKIE] = made_up.format(member=member.public_id)
    for number in range(50):
        try_to_sign_in(Client(), at=f"198.51.100.{number}")
    assert not is_in(try_to_sign_in(client, password=PASSWORD, at="198.51.100.99"))


def test_the_browser_of_a_colleague_is_not_that_of_the_member(client):
    membership.add_member(email="taro@example.org", name="架空 太郎", password=PASSWORD)
    assert is_in(try_to_sign_in(client, "taro@example.org", PASSWORD))
    client.post(reverse("account_logout"))
    for number in range(50):
        try_to_sign_in(Client(), at=f"198.51.100.{number}")
    assert not is_in(try_to_sign_in(client, password=PASSWORD))


def test_one_computer_is_known_by_the_last_eight_members(client, member):
    for number in range(8):
        membership.add_member(email=f"{number}@example.org", name=f"架空 {number}", password=PASSWORD)
        assert is_in(try_to_sign_in(client, f"{number}@example.org", PASSWORD))
        client.post(reverse("account_logout"))
    assert known_browsers.knows(client.get(reverse("account_login")).wsgi_request, "0@example.org")
    try_to_sign_in(client, password=PASSWORD)
    asked = client.get(reverse("account_login")).wsgi_request
    assert known_browsers.knows(asked, EMAIL)
    assert known_browsers.knows(asked, "7@example.org")
    assert not known_browsers.knows(asked, "0@example.org")


def test_the_member_is_told_of_wrong_tries_once(client, member):
    for _wrong in range(4):
        try_to_sign_in(Client(), at=ELSEWHERE)
    try_to_sign_in(client, password=PASSWORD)
    assert "4回ためされました" in "".join(map(str, get_messages(client.get(reverse("account_logout")).wsgi_request)))
    client.post(reverse("account_logout"))
    try_to_sign_in(client, password=PASSWORD)
    assert "ためされました" not in client.get(reverse("account_logout")).content.decode()


def test_a_slip_of_ones_own_is_no_warning(client):
    for _wrong in range(2):
        try_to_sign_in(client)
    try_to_sign_in(client, password=PASSWORD)
    assert "ためされました" not in client.get(reverse("account_logout")).content.decode()


def test_a_colleague_in_the_same_office_signs_in_all_the_same(client):
    membership.add_member(email="taro@example.org", name="架空 太郎", password=PASSWORD)
    for _wrong in range(40):
        try_to_sign_in(client)
    assert is_in(try_to_sign_in(client, "taro@example.org", PASSWORD))


def test_whoever_goes_through_many_accounts_is_stopped_too(client):
    for number in range(60):
        try_to_sign_in(client, f"member{number}@example.org")
    assert not is_in(try_to_sign_in(client, password=PASSWORD))


def test_a_whole_office_may_start_work_at_once(client):
    assert all(is_in(try_to_sign_in(client, password=PASSWORD)) for _colleague in range(40))


def test_another_process_counts_on(client, with_cache, settings):
    for _wrong in range(5):
        try_to_sign_in(client)
    with_cache(FileBasedCache(settings.CACHES["default"]["LOCATION"], {}))  # as a process that starts now has it
    assert not is_in(try_to_sign_in(client, password=PASSWORD))


def test_looking_at_the_page_counts_nothing(client):
    for _look in range(130):
        client.get(reverse("account_login"), REMOTE_ADDR=OFFICE)
    assert is_in(try_to_sign_in(client, password=PASSWORD))


def test_one_signs_in_while_redis_is_dead(client, with_cache, monkeypatch):
    monkeypatch.setattr("foundation.cache._resting_until", 0.0)
    with_cache(cache_at(nobody_listens()))
    assert is_in(try_to_sign_in(client, password=PASSWORD))


def test_behind_a_proxy_each_office_has_its_own_address(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = rf.get("/", headers={"X-Forwarded-For": f"198.51.100.9, {OFFICE}"}, REMOTE_ADDR="10.0.0.1")
    assert get_client_ip(asked) == OFFICE, "what the visitor's browser claims is not believed"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert get_client_ip(asked) == "10.0.0.1"


def test_without_a_proxy_no_header_is_believed():
    assert shipped.ALLAUTH_TRUSTED_PROXY_COUNT == 0
    assert shipped.SECURE_PROXY_SSL_HEADER is None
