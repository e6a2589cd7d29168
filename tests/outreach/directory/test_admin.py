"""Editors keep the directory at /manage/: what they may do, and that nothing is lost or passed on by mistake."""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from organisations.models import Member, RoleGrant
from organisations.registry import register_organisation
from organisations.roles import Role
from outreach.models import Programme, Window
from tests.factories.directory import ProgrammeFactory, WindowFactory
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db


def signed_in(client, role):
    operator = register_organisation(kind="operator", name="見本の運営団体")
    member = Member.objects.create(email=f"{role}@example.org", name="見本 ふみ")
    RoleGrant.objects.create(member=member, organisation=operator, role=role)
    client.force_login(member, backend="organisations.sign_in.signing_in.MemberBackend")
    return member


@pytest.fixture
def editor(client):
    return signed_in(client, Role.DIRECTORY_EDITOR)


def posted(entry, **changes):
    """What the browser sends when the form of ``entry`` is saved with ``changes``."""
    own = ("code", "service_type", "category_1", "source_publisher", "source_url", "verified_on", "note")
    own += ("phone", "opening_hours", "area") if isinstance(entry, Window) else ()
    text = entry.texts.get()
    owner = "window" if isinstance(entry, Window) else "programme"
    sent = {name: getattr(entry, name) for name in own}
    sent |= {"troubles": entry.troubles, "needs": entry.needs, "seen": entry.version}
    sent |= {"texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 1, "texts-0-id": text.pk, f"texts-0-{owner}": entry.pk}
    sent |= {"texts-0-language": "ja", "texts-0-title": text.title, "texts-0-summary": text.summary}
    return sent | changes


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def change_url(entry):
    return reverse(f"admin:outreach_{entry._meta.model_name}_change", args=[entry.pk])


def test_an_edit_is_saved_with_its_author(client, editor):
    window = WindowFactory()
    response = client.post(
        change_url(window), posted(window, opening_hours="平日9時から", **{"texts-0-title": "新しい名前"})
    )

    assert response.status_code == 302
    window = Window.objects.get()
    assert (window.opening_hours, window.title, window.version) == ("平日9時から", "新しい名前", 2)
    assert window.edited_by == editor


@pytest.mark.parametrize("chosen", ["abc", "9" * 4301])
def test_an_action_for_what_is_no_row_is_none(client, editor, chosen):
    WindowFactory()
    sent = {"action": "export_chosen", "_selected_action": [chosen]}
    response = client.post(reverse("admin:outreach_window_changelist"), sent, follow=True)
    assert response.status_code == 200
    assert said(response) == ["選ばれたものが見つかりません。一覧から選びなおしてください。"]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"phone": "011-000-0009"}, True),
        ({"phone": "011-000-0009", "verified_on": date(2026, 5, 1)}, False),
        ({"note": "電話した"}, False),
    ],
)
def test_an_edit_without_another_day_asks_whether_the_source_was_looked_up(client, editor, changes, asked):
    window = WindowFactory(phone="011-000-0001", verified_on=date(2026, 4, 1))
    response = client.post(change_url(window), posted(window, **changes))
    assert response.status_code == 302
    assert any("「出典で確かめた日」は、2026-04-01のままです" in words for words in said(response)) is asked


def test_a_new_programme_can_be_written(client, editor):
    sent = posted(ProgrammeFactory(code="P001"), code="P002", **{"texts-INITIAL_FORMS": 0})
    del sent["texts-0-id"], sent["texts-0-programme"]
    response = client.post(reverse("admin:outreach_programme_add"), sent)

    assert response.status_code == 302
    assert Programme.objects.get(code="P002").title == "見本の制度"


def test_the_later_of_two_editors_is_told_and_nothing_is_overwritten(client, editor):
    window = WindowFactory()
    stale = posted(window, opening_hours="わたしの時間")
    client.post(change_url(window), posted(window, opening_hours="先の時間"))
    response = client.post(change_url(window), stale)

    assert response.status_code == 409
    assert "見本 ふみ" in said(response)[-1]
    assert Window.objects.get().opening_hours == "先の時間"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"texts-0-language": "en"}, "日本語の文章を書いてください。"),
        ({"texts-0-title": "あ" * 41}, "40文字まで"),
        ({"texts-0-summary": "あ" * 201}, "200文字まで"),
    ],
)
def test_texts_that_cannot_be_are_sent_back_with_what_to_do(client, editor, change, message):
    window = WindowFactory()
    response = client.post(change_url(window), posted(window, **change))

    assert response.status_code == 200
    assert message in response.content.decode()
    assert Window.objects.get().version == 1


def test_nothing_can_be_deleted(client, editor):
    window = WindowFactory()

    assert client.post(reverse("admin:outreach_window_delete", args=[window.pk]), {"post": "yes"}).status_code == 403
    assert Window.objects.exists()


def test_numbers_are_confirmed_from_the_list(client, editor):
    called, without = WindowFactory(), WindowFactory(phone="")
    sent = {"action": "confirm_numbers", "_selected_action": [called.pk, without.pk]}
    response = client.post(reverse("admin:outreach_window_changelist"), sent)

    called.refresh_from_db()
    assert called.confirmed_on is not None
    assert [message.partition("：")[0] for message in said(response)] == [
        without.code,
        "1件の番号を確認済みにしました。",
    ]


def test_the_list_can_be_exported_as_open_data(client, editor):
    WindowFactory(code="W001", place=MunicipalityFactory(name="見本町"))
    WindowFactory(code="W002", ja__title="=HYPERLINK()")
    response = client.get(reverse("admin:outreach_window_export"))

    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"].startswith('attachment; filename="window-')
    text = response.content.decode()
    assert text.startswith("\ufeff窓口番号,全国地方公共団体コード,都道府県名,市区町村名,タイトル(制度名)")
    assert "W001" in text
    assert ",'=HYPERLINK()," in text


def test_the_list_leads_to_its_export_with_what_it_is_narrowed_to(client, editor):
    WindowFactory(code="W001"), WindowFactory(code="W002")
    page = client.get(reverse("admin:outreach_window_changelist"), {"q": "W001"}).content.decode()
    (address,) = re.findall(r'href="([^"]*export/[^"]*)"', page)
    text = client.get(address).content.decode()

    assert "W001" in text
    assert "W002" not in text


@pytest.mark.parametrize("kind", ["window", "programme"])
@pytest.mark.parametrize("asked", ["area__id__exact=abc", "organisation__members__email__startswith=a", "nothing=1"])
def test_an_export_narrowed_to_what_is_no_filter_leads_back_to_the_list(client, editor, kind, asked):
    response = client.get(f"{reverse(f'admin:outreach_{kind}_export')}?{asked}", follow=True)
    listed = client.get(f"{reverse(f'admin:outreach_{kind}_changelist')}?{asked}", follow=True)
    assert (response.status_code, response.redirect_chain[-1][0].partition("?")[2]) == (200, "e=1")
    assert listed.redirect_chain[-1][0] in response.redirect_chain[-1][0]


def test_a_selection_can_be_exported(client, editor):
    chosen, _other = ProgrammeFactory(code="P001"), ProgrammeFactory(code="P002")
    sent = {"action": "export_chosen", "_selected_action": [chosen.pk]}
    text = client.post(reverse("admin:outreach_programme_changelist"), sent).content.decode()

    assert "P001" in text
    assert "P002" not in text


@pytest.mark.parametrize(
    ("field", "typed", "cause"),
    [
        ("phone", "なし", "数字で書いてください"),
        ("phone", "011-221-1766 内線12", "内線"),
        ("verified_on", "2099-01-01", "まだ来ていない日"),
        ("verified_on", "8/7/27", "日付として読めません"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cause_and_comes_back(client, editor, field, typed, cause):
    window = WindowFactory(phone="0120-279-338")
    page = client.post(
        reverse("admin:outreach_window_change", args=[window.pk]), posted(window, **{field: typed})
    ).content.decode()

    assert cause in page
    assert typed in page
    window.refresh_from_db()
    assert window.phone == "0120-279-338"


def test_numbers_and_days_are_read_as_people_type_them(client, editor):
    window = WindowFactory()
    typed = {"phone": "０１１－２２１－１７６６", "verified_on": "令和8年7月27日"}
    response = client.post(reverse("admin:outreach_window_change", args=[window.pk]), posted(window, **typed))

    assert response.status_code == 302
    window.refresh_from_db()
    assert (window.phone, window.verified_on) == ("011-221-1766", date(2026, 7, 27))


def test_a_programme_does_not_end_before_it_begins(client, editor):
    programme = ProgrammeFactory()
    typed = {"opens_on": "2026-12-01", "closes_on": "2026-08-01"}
    page = client.post(reverse("admin:outreach_programme_change", args=[programme.pk]), posted(programme, **typed))

    assert "終わりの日が、始まりの日より前です" in page.content.decode()


def test_a_code_that_stands_in_shared_links_is_not_changed(client, editor):
    window = WindowFactory(code="W001")
    client.post(reverse("admin:outreach_window_change", args=[window.pk]), posted(window, code="W002"))
    window.refresh_from_db()
    assert window.code == "W001"


def test_a_code_has_a_letter_and_figures(client, editor):
    page = client.post(reverse("admin:outreach_window_add"), {"code": "w 1"}).content.decode()
    assert "H001 のように書いてください" in page


def test_entries_due_for_checking_can_be_listed(client, editor):
    WindowFactory(code="W001", verified_on=date(2020, 1, 1))
    WindowFactory(code="W002", verified_on=date(2999, 1, 1))
    text = client.get(reverse("admin:outreach_window_changelist"), {"unchecked": "180"}).content.decode()

    assert "W001" in text
    assert "W002" not in text


def test_places_are_looked_for_and_only_looked_at(client, editor):
    place = MunicipalityFactory(name="見本ヶ丘町", kana="みほんがおかちょう")
    MunicipalityFactory(name="別の町", kana="べつのちょう")
    asked = {"app_label": "outreach", "model_name": "window", "field_name": "place", "term": "ﾐﾎﾝｶﾞｵｶ"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [row["text"] for row in found] == ["見本ヶ丘町"]
    url = reverse("admin:organisations_place_change", args=[place.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "x"}).status_code == 403


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.PACKER, Role.COUNSELLOR, Role.PROGRAMME_MANAGER])
@pytest.mark.parametrize("name", ["outreach_window_changelist", "outreach_programme_export"])
def test_whoever_does_not_keep_the_directory_does_not_get_in(client, role, name):
    signed_in(client, role)
    response = client.get(reverse(f"admin:{name}"))

    assert response.status_code in {302, 403, 404}


@pytest.mark.parametrize("name", ["outreach_window_changelist", "outreach_programme_changelist"])
def test_the_list_names_its_columns_in_japanese(client, editor, name):
    WindowFactory(), ProgrammeFactory()
    response = client.get(reverse(f"admin:{name}"))
    page = response.content.decode()

    assert "タイトル" in page
    assert not re.search(r">\s*Title\s*<", page, re.IGNORECASE)
    assert "css/manage.css" in page
