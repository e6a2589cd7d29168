"""Administrators keep members, their roles and organisations at /manage/."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.messages import get_messages
from django.forms import model_to_dict
from django.urls import reverse

from organisations import membership, registry
from organisations.models import Member, Organisation, RoleChange, RoleGrant
from organisations.models.organisation import Kind
from organisations.roles import Role
from tests.factories import members
from tests.factories.applications import OTARU, desk_in, real_place
from tests.forms import seen

pytestmark = pytest.mark.django_db

PASSWORD, ANOTHER = "kaku-no-nagai-kotoba", "betsu-no-nagai-kotoba"
ADD = "admin:organisations_member_add"
DAY = date(2026, 4, 1)


@pytest.fixture
def desk():
    return desk_in()


@pytest.fixture
def administrator(client, desk):
    signed_in = members.member(Role.ADMINISTRATOR, at=desk, name="架野 まもる")
    client.force_login(signed_in)
    return signed_in


@pytest.fixture
def colleague():
    return membership.add_member(email="hanako@example.org", name="架空 花子", password=PASSWORD)


def rows(prefix, owner, standing=(), added=(), taken=()):
    """A table of the form as the browser sends it: standing rows by key, some of them ticked to go, new ones."""
    sent = {f"{prefix}-TOTAL_FORMS": len(standing) + len(added), f"{prefix}-INITIAL_FORMS": len(standing)}
    for number, row in enumerate(standing):
        sent |= {f"{prefix}-{number}-id": row.pk, f"{prefix}-{number}-{owner[0]}": owner[1]}
        sent |= {f"{prefix}-{number}-DELETE": "on"} if row in taken else {}
    for number, row in enumerate(added, len(standing)):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return sent


def member_form(member=None, *, give=(), take=(), **changes):
    stated = {"email": member.email, "name": member.name, "is_active": "on"} if member else {"is_active": "on"}
    standing = list(member.role_grants.order_by("pk")) if member else []
    added = [{"organisation": where.pk, "role": role} for where, role in give]
    owner = ("member", member.pk if member else "")
    return stated | rows("role_grants", owner, standing, added, take) | changes


def change(client, member, **form):
    url = reverse("admin:organisations_member_change", args=[member.pk])
    return client.post(url, member_form(member, seen=seen(client, url), **form))


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def roles_of(member):
    return {(grant.organisation, grant.role) for grant in RoleGrant.objects.filter(member=member)}


@pytest.mark.usefixtures("administrator")
class TestMembers:
    def test_one_is_added_with_a_password_and_a_role(self, client, desk):
        sent = member_form(
            give=[(desk, Role.CASEWORKER)], email="new@example.org", name="見本 新", new_password=PASSWORD
        )
        assert client.post(reverse(ADD), sent).status_code == 302
        added = Member.objects.get(email="new@example.org")
        assert added.check_password(PASSWORD)
        assert roles_of(added) == {(desk, Role.CASEWORKER)}

    def test_one_added_without_a_password_or_stopped_cannot_sign_in(self, client):
        sent = member_form(email="new@example.org", name="見本 新")
        del sent["is_active"]
        assert client.post(reverse(ADD), sent).status_code == 302
        added = Member.objects.get(email="new@example.org")
        assert not added.has_usable_password()
        assert not added.is_active

    def test_a_changed_name_leaves_the_password_as_it_was(self, client, colleague):
        assert change(client, colleague, name="架空 はなこ").status_code == 302
        colleague.refresh_from_db()
        assert colleague.name == "架空 はなこ"
        assert colleague.check_password(PASSWORD)

    def test_a_role_given_leaves_the_password_as_it_was(self, client, colleague, desk):
        assert change(client, colleague, give=[(desk, Role.PACKER)]).status_code == 302
        assert members.again(colleague).check_password(PASSWORD)
        assert roles_of(colleague) == {(desk, Role.PACKER)}

    def test_a_new_password_counts_from_then_on(self, client, colleague):
        change(client, colleague, new_password=ANOTHER)
        assert members.again(colleague).check_password(ANOTHER)

    @pytest.mark.parametrize("weak", ["short", "password1234", "taro.mihon@example.org"])
    def test_a_password_that_is_easily_guessed_is_not_taken(self, client, colleague, weak):
        response = change(client, colleague, email="taro.mihon@example.org", new_password=weak)
        assert response.context["adminform"].form.errors["new_password"]
        assert members.again(colleague).check_password(PASSWORD)

    def test_an_address_is_kept_in_small_letters(self, client, colleague):
        client.post(reverse(ADD), member_form(email=" New@Example.ORG", name="見本 新"))
        change(client, colleague, email="Hanako2@Example.org")
        assert {"new@example.org", "hanako2@example.org"} < set(Member.objects.values_list("email", flat=True))

    def test_an_address_that_is_there_in_other_letters_is_told(self, client, colleague):
        response = client.post(reverse(ADD), member_form(email="HANAKO@example.org", name="見本 新"))
        assert response.status_code == 200
        assert "このメールアドレスの職員は、もう登録されています。" in response.content.decode()
        assert len(response.context["errors"]) == 1, "and once, without the name of a rule of the database"
        assert Member.objects.filter(email__iexact=colleague.email).count() == 1

    def test_so_is_one_that_was_kept_in_other_letters_before(self, client):
        Member.objects.create(email="Hanako@example.org", name="架空 花子")
        response = client.post(reverse(ADD), member_form(email="hanako@example.org", name="見本 新"))
        errors = response.context["adminform"].form.errors
        assert errors == {"email": ["このメールアドレスの職員は、もう登録されています。"]}

    def test_nobody_is_deleted(self, client, colleague):
        url = reverse("admin:organisations_member_delete", args=[colleague.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403


class TestOnesOwnPassword:
    def test_changed_on_the_page_of_members_does_not_end_the_sign_in(self, client, administrator):
        response = change(client, administrator, new_password=ANOTHER)
        assert any("あなたのパスワードがかわりました" in words for words in said(response))
        assert members.again(administrator).check_password(ANOTHER)
        assert client.get(reverse(ADD)).status_code == 200

    def test_refused_together_with_a_role_does_not_end_it_either(self, client, administrator, desk):
        change(client, administrator, new_password=ANOTHER, give=[(desk, Role.CASEWORKER)])
        assert not members.again(administrator).check_password(ANOTHER)
        assert client.get(reverse(ADD)).status_code == 200

    def test_of_another_nothing_is_said_and_ones_own_sign_in_stays(self, client, administrator, colleague):
        response = change(client, colleague, new_password=ANOTHER)
        assert not any("あなたのパスワード" in words for words in said(response))
        assert client.get(reverse(ADD)).status_code == 200


class TestRoles:
    def test_who_gave_and_who_took_a_role_is_kept(self, client, administrator, colleague, desk):
        change(client, colleague, give=[(desk, Role.PACKER)])
        change(client, colleague, take=list(colleague.role_grants.all()))
        kept = RoleChange.objects.filter(member=colleague).order_by("id")
        assert [(row.role, row.given, row.by) for row in kept] == [
            (Role.PACKER, True, administrator),
            (Role.PACKER, False, administrator),
        ]
        assert roles_of(colleague) == set()

    def test_a_role_may_be_exchanged_for_another_in_one_go(self, client, administrator, colleague, desk):
        membership.give_role(member=colleague, organisation=desk, role=Role.PACKER)
        packer = list(colleague.role_grants.all())
        change(client, colleague, give=[(desk, Role.CASEWORKER)], take=packer)
        assert roles_of(colleague) == {(desk, Role.CASEWORKER)}

    def test_a_standing_role_is_not_turned_into_another(self, client, administrator, colleague, desk):
        membership.give_role(member=colleague, organisation=desk, role=Role.PACKER)
        change(client, colleague, **{"role_grants-0-role": Role.CASEWORKER, "role_grants-0-organisation": desk.pk})
        assert roles_of(colleague) == {(desk, Role.PACKER)}

    @pytest.mark.parametrize("role", Role)
    def test_nobody_gives_themselves_a_role(self, client, administrator, role):
        elsewhere = desk_in("011002", name="よその団体")
        response = change(client, administrator, give=[(elsewhere, role)], name="新しい 名前")
        assert "自分の役割は、自分では変えられません。ほかのシステム管理者に頼んでください。" in said(response)[0]
        assert 'value="新しい 名前"' in response.content.decode(), "what was typed is still there"
        assert {role for _where, role in roles_of(administrator)} == {Role.ADMINISTRATOR}
        assert members.again(administrator).name == administrator.name, "all of the form is refused"

    def test_nobody_shuts_themselves_out_by_mistake(self, client, administrator):
        response = change(client, administrator, take=list(administrator.role_grants.all()))
        assert said(response)
        assert {role for _where, role in roles_of(administrator)} == {Role.ADMINISTRATOR}

    def test_one_may_change_the_rest_of_what_is_told_about_oneself(self, client, administrator):
        assert change(client, administrator, name="架野 もりお").status_code == 302
        assert members.again(administrator).name == "架野 もりお"

    def test_the_record_can_be_read_and_nothing_else(self, client, administrator, colleague, desk):
        membership.give_role(member=colleague, organisation=desk, role=Role.PACKER)
        kept = RoleChange.objects.get(member=colleague)
        listed = client.get(reverse("admin:organisations_rolechange_changelist")).content.decode()
        assert colleague.name in listed
        for page in ("change", "delete"):
            url = reverse(f"admin:organisations_rolechange_{page}", args=[kept.pk])
            assert client.post(url, {"post": "yes", "given": ""}).status_code == 403
        assert client.post(reverse("admin:organisations_rolechange_add"), {}).status_code == 403


@pytest.mark.usefixtures("administrator")
class TestOrganisations:
    def organisation_form(self, organisation=None, *, serve=(), drop=(), **changes):
        stated = {"kind": Kind.FOOD_BANK, "name": organisation.name if organisation else ""}
        standing = list(organisation.catchments.order_by("pk")) if organisation else []
        owner = ("organisation", organisation.pk if organisation else "")
        return stated | rows("catchments", owner, standing, [{"place": place.pk} for place in serve], drop) | changes

    def test_one_is_registered_with_what_it_serves(self, client):
        sent = self.organisation_form(serve=[real_place(OTARU)], name="小樽の見本フードバンク")
        assert client.post(reverse("admin:organisations_organisation_add"), sent).status_code == 302
        registered = Organisation.objects.get(name="小樽の見本フードバンク")
        assert [catchment.place.code for catchment in registered.catchments.all()] == [OTARU]

    def test_one_is_changed_with_what_it_serves(self, client, desk):
        url = reverse("admin:organisations_organisation_change", args=[desk.pk])
        before = list(desk.catchments.all())
        sent = self.organisation_form(
            desk, seen=seen(client, url), serve=[real_place(OTARU)], drop=before, name="新しい名前"
        )
        assert client.post(url, sent).status_code == 302
        desk.refresh_from_db()
        assert desk.name == "新しい名前"
        assert [catchment.place.code for catchment in desk.catchments.all()] == [OTARU]

    def test_a_change_of_name_leaves_what_it_serves(self, client, desk):
        url = reverse("admin:organisations_organisation_change", args=[desk.pk])
        client.post(url, self.organisation_form(desk, seen=seen(client, url), name="新しい名前"))
        assert [catchment.place.code for catchment in desk.catchments.all()] == ["010006"]

    def test_mail_is_confirmed_only_where_there_is_an_address(self, client, desk):
        url = reverse("admin:organisations_organisation_change", args=[desk.pk])
        response = client.post(
            url, self.organisation_form(desk, seen=seen(client, url), email_confirmed_on="2026-01-01")
        )
        assert response.status_code == 200
        assert response.context["errors"]

    def changed(self, client, organisation, **changes):
        url = reverse("admin:organisations_organisation_change", args=[organisation.pk])
        kept = model_to_dict(organisation)
        facts = {name: value for name, value in kept.items() if value not in (None, False)} | changes
        sent = self.organisation_form(organisation, seen=seen(client, url), **facts)
        response = client.post(url, sent)
        assert response.status_code == 302, response.context["errors"]
        organisation.refresh_from_db()
        return response

    @pytest.fixture
    def confirmed(self, desk):
        days = {"email_confirmed_on": DAY, "confirmed_on": DAY, "verified_on": DAY}
        registry.change_organisation(organisation=desk, email="old@example.org", **days)
        return desk

    @pytest.mark.parametrize("address", ["new@example.org", ""])
    def test_a_new_mail_address_is_not_confirmed_by_the_old_ones_day(self, client, confirmed, address):
        response = self.changed(client, confirmed, email=address)
        assert (confirmed.email, confirmed.email_confirmed_on) == (address, None)
        assert not confirmed.can_be_mailed
        assert "「メールを確認した日」を空にしました" in said(response)[0]
        assert (confirmed.confirmed_on, confirmed.verified_on) == (DAY, DAY)

    def test_it_is_once_its_own_day_is_written(self, client, confirmed):
        later = date(2026, 5, 1)
        self.changed(client, confirmed, email="new@example.org", email_confirmed_on=later)
        assert confirmed.email_confirmed_on == later

    def test_nor_is_a_new_number_by_the_day_of_the_old_one(self, client, confirmed):
        response = self.changed(client, confirmed, phone="011-000-0009")
        assert (confirmed.confirmed_on, confirmed.verified_on) == (None, None)
        assert confirmed.email_confirmed_on == DAY
        for words, day in zip(said(response), ("本人に確認した日", "出典で確かめた日"), strict=False):
            assert f"「{day}」を空にしました" in words

    def test_what_nobody_checked_leaves_every_day_as_it_was(self, client, confirmed):
        response = self.changed(client, confirmed, name="新しい名前")
        assert (confirmed.email_confirmed_on, confirmed.confirmed_on, confirmed.verified_on) == (DAY, DAY, DAY)
        assert len(said(response)) == 1, "that it was saved"


def test_the_admin_shows_what_is_kept_there_and_no_pages_of_packages():
    assert {model._meta.label for model in admin.site._registry} == {
        "organisations.Member", "organisations.Organisation", "organisations.Place", "organisations.RoleChange",
        "outreach.Programme", "outreach.Window",
    }  # fmt: skip


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("model", ["member", "organisation", "place", "rolechange"])
def test_no_list_is_headed_in_english(client, model):
    page = client.get(reverse(f"admin:organisations_{model}_changelist"))
    headings = [heading["text"] for heading in result_headers(page.context["cl"])]
    assert not [words for words in map(str, headings) if words.isascii() and words.strip() and "<" not in words]
