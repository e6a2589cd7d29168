import pytest

pytestmark = pytest.mark.urls("tests.foundation.pages")


@pytest.fixture(autouse=True)
def only_what_is_tested(settings):
    settings.MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "foundation.web.middleware.PrivatePagesMiddleware",
    ]


def test_a_page_is_kept_nowhere_and_told_to_nobody(client):
    headers = client.get("/nothing/").headers
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["Referrer-Policy"] == "same-origin"


def test_what_says_itself_how_long_it_may_be_kept_is_left_alone(client):
    assert client.get("/cached/").headers["Cache-Control"] == "public, max-age=60"
