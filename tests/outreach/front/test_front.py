"""The front page, the page about privacy, and the way out."""

from outreach.navi.content import shipped


def test_the_front_page_leads_to_the_five_troubles(client, db):
    page = client.get("/").content.decode()
    for trouble in shipped().troubles:
        assert f'href="/navi/{trouble.id}/"' in page
        assert trouble.title.ja in page


def test_the_front_page_is_there_in_english(client, db):
    client.cookies["django_language"] = "en"
    assert shipped().troubles[0].title.en in client.get("/").content.decode()


def test_looking_at_the_front_page_leaves_no_cookie_about_anyone(client, db):
    client.get("/")
    assert set(client.cookies) <= {"csrftoken"}


def test_leaving_goes_to_a_neutral_site_and_clears_what_was_answered(client, settings):
    settings.LEAVE_URL = "https://weather.example.jp/"
    response = client.get("/leave/")
    assert response.status_code == 303
    assert response["Location"] == "https://weather.example.jp/"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    for name in ("navi", "apply", "apply_done"):
        assert response.cookies[name].value == ""
        assert response.cookies[name]["max-age"] == 0


def test_every_public_page_says_what_leaving_cannot_hide(client, db):
    for url in ("/", "/about/", "/navi/money/", "/list/"):
        page = client.get(url).content.decode()
        assert 'href="/leave/"' in page
        assert "ブラウザーの履歴" in page


def test_the_page_about_privacy_says_that_nothing_is_kept(client, db):
    assert "どこにも保存されません" in client.get("/about/").content.decode()
