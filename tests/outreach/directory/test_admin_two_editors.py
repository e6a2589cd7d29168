"""Two editors at one entry, and an editor whose sign-in ended: its texts are lost to neither."""

import pytest
from django.urls import reverse

from foundation import clock
from outreach.directory import keeping
from outreach.models import Window
from tests.factories.directory import ProgrammeFactory, WindowFactory
from tests.forms import read, typed
from tests.outreach.directory.test_admin import change_url, editor, signed_in  # noqa: F401

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def form_in(response):
    return next(form for form in read(text(response))[0] if "seen" in form.names).values


def save(client, entry, **changes):
    return client.post(change_url(entry), typed(client, change_url(entry)) | changes)


def with_english(form, **words):
    """A row for a second language, as the page's script adds it."""
    said = {"language": "en", "title": "Sample office", "summary": "Ask here.", "id": "", **words}
    return form | {"texts-TOTAL_FORMS": "2"} | {f"texts-1-{name}": value for name, value in said.items()}


def test_the_texts_are_there_again_after_signing_in(client, editor):  # noqa: F811
    programme = ProgrammeFactory()
    sent = with_english(typed(client, change_url(programme)) | {"note": "電話で聞いた", "needs": []})
    sent["texts-0-title"] = "新しい題"
    client.session.flush()
    client.post(change_url(programme), sent)
    client.force_login(editor)
    shown = client.get(change_url(programme))
    assert "まだ記録されていません" in text(shown)
    form = form_in(shown)
    assert (form["note"], form["texts-0-title"], form["texts-1-title"]) == (
        ["電話で聞いた"],
        ["新しい題"],
        ["Sample office"],
    )
    assert programme.texts.count() == 1
    assert client.post(change_url(programme), form).status_code == 302
    assert [row.title for row in programme.texts.all()] == ["新しい題", "Sample office"]


def test_a_new_entry_is_there_again_too(client, editor):  # noqa: F811
    address = reverse("admin:outreach_window_add")
    sent = typed(client, address) | {"code": "W777", "texts-0-title": "見本の窓口"}
    client.session.flush()
    client.post(address, sent)
    client.force_login(editor)
    shown = form_in(client.get(address))
    assert (shown["code"], shown["texts-0-title"]) == (["W777"], ["見本の窓口"])
    assert not Window.objects.exists()


def test_the_later_of_two_sees_their_words_and_what_stands_now(client, editor):  # noqa: F811
    window = WindowFactory(opening_hours="前の時間")
    title = window.title
    stale = typed(client, change_url(window)) | {"opening_hours": "わたしの時間", "texts-0-summary": "わたしの文"}
    save(client, window, **{"opening_hours": "先の時間", "texts-0-title": "先の題", "troubles": ["housing"]})
    refused = client.post(change_url(window), stale)
    page = text(refused)
    assert refused.status_code == 409
    assert "見本 ふみが" in page
    assert form_in(refused)["opening_hours"] == ["わたしの時間"]
    assert form_in(refused)["texts-0-summary"] == ["わたしの文"]
    for stands in ("先の時間", "先の題"):
        assert f"いまの登録：{stands}" in page
    assert "いまの登録：住まい" in page, "codes are told in words"
    assert client.post(change_url(window), form_in(refused)).status_code == 302
    now = Window.objects.get()
    assert (now.opening_hours, now.title, now.version) == ("わたしの時間", title, 3)


def test_a_text_that_somebody_removed_is_not_lost_to_who_was_writing_in_it(client, editor):  # noqa: F811
    window = WindowFactory()
    client.post(change_url(window), with_english(typed(client, change_url(window))))
    stale = typed(client, change_url(window)) | {"texts-1-summary": "わたしの文"}
    save(client, window, **{"texts-1-DELETE": "on"})
    assert window.texts.count() == 1
    again = form_in(client.post(change_url(window), stale))
    assert again["texts-1-summary"] == ["わたしの文"]
    assert client.post(change_url(window), again).status_code == 302
    assert window.texts.get(language="en").summary == "わたしの文"


def test_a_text_that_somebody_added_stands_beside_one_s_own(client, editor):  # noqa: F811
    window = WindowFactory()
    stale = with_english(typed(client, change_url(window)), summary="わたしの文")
    client.post(change_url(window), with_english(typed(client, change_url(window)), summary="先の文"))
    again = form_in(client.post(change_url(window), stale))
    assert (again["texts-1-summary"], again["texts-2-summary"]) == (["先の文"], ["わたしの文"])
    assert client.post(change_url(window), again).status_code == 200, "one text a language"
    assert client.post(change_url(window), again | {"texts-1-DELETE": "on"}).status_code == 302
    assert window.texts.get(language="en").summary == "わたしの文"


def test_what_a_file_changed_is_not_laid_to_the_editor_before(editor):  # noqa: F811
    window = WindowFactory()
    keeping.save_entry(entry=window, by=editor, seen=1)
    assert keeping.changed_meanwhile(window).who == "見本 ふみ"
    window.updated_at = clock.now()
    assert str(keeping.changed_meanwhile(window).who) == "自動処理"
