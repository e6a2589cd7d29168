"""On the pages under /manage/ nothing typed is lost, and nobody overwrites what somebody else has just saved."""

import re

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from organisations import membership, registry
from organisations.editing.saving import SavingAdmin
from organisations.models import Member, Organisation
from organisations.roles import Role
from tests.addresses import every_address
from tests.factories import members
from tests.factories.applications import OTARU, desk_in, real_place
from tests.forms import read, typed

pytestmark = pytest.mark.django_db

PASSWORD, ANOTHER = "kaku-no-nagai-kotoba", "betsu-no-nagai-kotoba"
HERE = {"origin": "http://testserver"}


@pytest.fixture
def desk():
    return desk_in()


@pytest.fixture
def colleague(desk):
    return membership.add_member(email="hanako@example.org", name="架空 花子", password=PASSWORD)


def administrator(desk, name, **browser):
    member = members.member(Role.ADMINISTRATOR, at=desk, name=name)
    client = Client(**browser)
    client.force_login(member)
    client.get(reverse("organisations:home"))
    return client


@pytest.fixture
def first(desk):
    return administrator(desk, "先野 さき")


@pytest.fixture
def second(desk):
    return administrator(desk, "後野 あと")


def page_of(row):
    return reverse(f"admin:organisations_{row._meta.model_name}_change", args=[row.pk])


def text(response):
    return response.content.decode()


def form_in(response):
    return next(form for form in read(text(response))[0] if "seen" in form.names).values


class TestTheSignInHadEnded:
    def test_the_words_are_there_again_and_nothing_was_saved(self, first, desk):
        sent = typed(first, page_of(desk)) | {"name": "新しい<名前>", "address": "見本町1"}
        who = Member.objects.get(name="先野 さき")
        Session.objects.all().delete()
        assert first.post(page_of(desk), sent).url.endswith(page_of(desk))
        first.force_login(who)
        for _look in range(2):
            shown = first.get(page_of(desk))
            assert "まだ記録されていません" in text(shown)
            assert "書いたものは残っています" in text(shown)
            assert form_in(shown)["name"] == ["新しい<名前>"]
            assert Organisation.objects.get(pk=desk.pk).name == desk.name
        assert first.post(page_of(desk), form_in(shown)).status_code == 302
        assert Organisation.objects.get(pk=desk.pk).name == "新しい<名前>"

    def test_a_page_older_than_the_sign_in_shows_them_too(self, desk):
        client = administrator(desk, "先野 さき", enforce_csrf_checks=True)
        address = reverse("admin:organisations_organisation_add")
        place = real_place(OTARU)
        sent = typed(client, address) | {"kind": "npo", "name": "見本の団体", "csrfmiddlewaretoken": "o" * 32}
        sent |= {"catchments-TOTAL_FORMS": "1", "catchments-0-place": place.pk}
        assert client.post(address, sent, headers=HERE).url == address
        shown = form_in(client.get(address))
        assert shown["name"] == ["見本の団体"]
        assert shown["catchments-0-place"] == [str(place.pk)]
        assert not Organisation.objects.filter(name="見本の団体").exists()
        assert client.post(address, shown, headers=HERE).status_code == 302
        assert Organisation.objects.get(name="見本の団体").catchments.get().place == place

    def test_a_password_waits_nowhere_and_that_is_said(self, first, colleague):
        sent = typed(first, page_of(colleague)) | {"name": "新しい 名前", "new_password": ANOTHER}
        who = Member.objects.get(name="先野 さき")
        Session.objects.all().delete()
        first.post(page_of(colleague), sent)
        first.force_login(who)
        shown = first.get(page_of(colleague))
        assert "new_password" not in shown.context["adminform"].form.data
        assert ANOTHER not in text(shown)
        assert form_in(shown)["name"] == ["新しい 名前"]
        assert "ここに入れたものは残していません" in text(shown)

    def test_every_page_that_saves_keeps_words_and_no_page_for_passwords_alone_does(self):
        saving = {
            model._meta.label_lower for model, page in admin.site._registry.items() if isinstance(page, SavingAdmin)
        }
        names = {label.replace(".", "_") for label in saving}
        expected = {f"admin:{name}_{page}" for name in names for page in ("add", "change")}
        keeping = {address.name for address in every_address() if hasattr(address.view, "keeps_words")}
        assert {name for name in keeping if name.startswith("admin:")} == expected
        assert len(expected) == 8


class TestSomebodyWasFirst:
    def test_the_second_is_told_who_and_when_and_what_stands_now(self, first, second, desk):
        sent = typed(second, page_of(desk)) | {"phone": "011-222-2222"}
        first.post(page_of(desk), typed(first, page_of(desk)) | {"phone": "011-111-1111", "kind": "npo"})
        refused = second.post(page_of(desk), sent)
        assert refused.status_code == 409
        assert re.search(r"先野 さきが\d+年\d+月\d+日 \d\d:\d\dに「内容を修正」", text(refused))
        assert "いまの登録：011-111-1111" in text(refused)
        assert "いまの登録：民間団体" in text(refused), "what they didn't touch themselves is told too"
        assert "いまの登録：見本フードバンク" not in text(refused)
        assert form_in(refused)["phone"] == ["011-222-2222"]
        assert Organisation.objects.get(pk=desk.pk).phone == "011-111-1111"

    def test_pressing_again_counts(self, first, second, desk):
        sent = typed(second, page_of(desk)) | {"phone": "011-222-2222"}
        first.post(page_of(desk), typed(first, page_of(desk)) | {"phone": "011-111-1111"})
        again = form_in(second.post(page_of(desk), sent))
        assert second.post(page_of(desk), again).status_code == 302
        assert Organisation.objects.get(pk=desk.pk).phone == "011-222-2222"

    def test_what_changed_while_the_words_waited_for_the_sign_in_is_told_on_coming_back(self, first, second, desk):
        sent = typed(second, page_of(desk)) | {"phone": "011-222-2222"}
        who = Member.objects.get(name="後野 あと")
        second.session.flush()
        second.post(page_of(desk), sent)
        first.post(page_of(desk), typed(first, page_of(desk)) | {"phone": "011-111-1111"})
        second.force_login(who)
        shown = second.get(page_of(desk))
        assert "先野 さきが" in text(shown)
        assert "もう一度押してください" not in text(shown)
        assert form_in(shown)["phone"] == ["011-222-2222"]

    def test_a_change_that_came_from_elsewhere_is_told_and_laid_to_nobody(self, first, second, desk):
        first.post(page_of(desk), typed(first, page_of(desk)) | {"phone": "011-111-1111"})
        sent = typed(second, page_of(desk)) | {"name": "新しい名前"}
        registry.change_organisation(organisation=desk, phone="011-333-3333")
        refused = text(second.post(page_of(desk), sent))
        assert "ほかの人が先に変更しました" in refused
        assert "先野" not in refused
        assert "いまの登録：011-333-3333" in refused

    def test_a_place_added_or_taken_meanwhile_is_neither_lost_nor_in_the_way(self, first, second, desk):
        stale = typed(second, page_of(desk)) | {"name": "新しい名前"}
        change = typed(first, page_of(desk)) | {"catchments-0-DELETE": "on", "catchments-TOTAL_FORMS": "2"}
        first.post(page_of(desk), change | {"catchments-1-place": real_place(OTARU).pk})
        refused = second.post(page_of(desk), stale)
        assert refused.status_code == 409
        assert "小樽市" in text(refused)
        assert second.post(page_of(desk), form_in(refused)).status_code == 302
        again = Organisation.objects.get(pk=desk.pk)
        assert (again.name, [row.place.code for row in again.catchments.all()]) == ("新しい名前", [OTARU])

    def test_of_two_roles_taken_none_stays_in_the_way(self, first, second, desk, colleague):
        membership.give_role(member=colleague, organisation=desk, role=Role.PACKER)
        stale = typed(second, page_of(colleague)) | {"name": "新しい 名前"}
        first.post(page_of(colleague), typed(first, page_of(colleague)) | {"role_grants-0-DELETE": "on"})
        again = form_in(second.post(page_of(colleague), stale))
        assert second.post(page_of(colleague), again).status_code == 302
        assert Member.objects.get(pk=colleague.pk).name == "新しい 名前"
        assert not colleague.role_grants.exists()

    def test_the_second_of_two_new_passwords_is_refused_and_asked_for_again(self, first, second, colleague):
        stale = typed(second, page_of(colleague)) | {"new_password": ANOTHER}
        first.post(page_of(colleague), typed(first, page_of(colleague)) | {"new_password": "saki-no-nagai-kotoba"})
        refused = second.post(page_of(colleague), stale)
        assert refused.status_code == 409
        assert ANOTHER not in text(refused)
        assert "ここに入れたものは残していません" in text(refused)
        assert members.again(colleague).check_password("saki-no-nagai-kotoba")

    def test_a_second_click_is_no_error(self, first, desk):
        sent = typed(first, page_of(desk)) | {"phone": "011-111-1111"}
        assert first.post(page_of(desk), sent).status_code == 302
        assert first.post(page_of(desk), sent).status_code == 302

    def test_a_sign_in_of_the_member_is_no_change(self, first, colleague):
        sent = typed(first, page_of(colleague)) | {"name": "新しい 名前"}
        Client().force_login(colleague)
        assert first.post(page_of(colleague), sent).status_code == 302

    def test_a_table_ticked_to_go_is_not_taken_for_a_second_click(self, first, second, desk):
        stale = typed(second, page_of(desk)) | {"catchments-0-DELETE": "on", "phone": "011-111-1111"}
        first.post(page_of(desk), typed(first, page_of(desk)) | {"phone": "011-111-1111"})
        assert second.post(page_of(desk), stale).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused(at_once):
    desk = desk_in()
    sent = []
    for number in range(2):
        client = administrator(desk, f"同時 {number}")
        sent.append((client, typed(client, page_of(desk)) | {"phone": f"011-000-000{number}"}))
    answers = at_once(*(lambda client=client, form=form: client.post(page_of(desk), form) for client, form in sent))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    saved = next(number for number, answer in enumerate(answers) if answer.status_code == 302)
    assert Organisation.objects.get(pk=desk.pk).phone == f"011-000-000{saved}"
