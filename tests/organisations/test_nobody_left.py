"""Members who couldn't work, and administrators nobody could let in again: said, or refused, when it is done."""

import pytest

from foundation.errors import NotAllowed
from organisations import membership
from organisations.models import Member, RoleGrant
from organisations.roles import Role
from tests.factories import members
from tests.factories.applications import centre_in, desk_in
from tests.organisations.test_admin import PASSWORD, change, member_form, said

pytestmark = pytest.mark.django_db
ADD = "/manage/organisations/member/add/"


@pytest.fixture
def desk():
    return desk_in()


@pytest.fixture
def administrator(client, desk):
    signed_in = membership.add_member(email="admin@example.org", name="架野 まもる", password=PASSWORD)
    membership.give_role(member=signed_in, organisation=desk, role=Role.ADMINISTRATOR)
    client.force_login(signed_in)
    return signed_in


@pytest.fixture
def second(desk):
    other = membership.add_member(email="second@example.org", name="架野 つぎ", password=PASSWORD)
    membership.give_role(member=other, organisation=desk, role=Role.ADMINISTRATOR)
    return other


def stopped(client, member):
    page = f"/manage/organisations/member/{member.pk}/change/"
    form = member_form(member, seen=client.get(page).context["adminform"].form["seen"].value())
    del form["is_active"]
    return client.post(page, form)


def test_the_last_administrator_does_not_switch_themselves_off(client, administrator):
    refused = stopped(client, administrator)
    assert "ほかにサインインできるシステム管理者がいません" in said(refused)[0]
    assert members.again(administrator).is_active


def test_one_of_two_may_stop(client, administrator, second):
    assert stopped(client, administrator).status_code == 302
    assert not members.again(administrator).is_active


@pytest.mark.parametrize("why", ["stopped", "without a password"])
def test_one_who_cannot_sign_in_is_no_other_administrator(client, administrator, second, why):
    second.is_active = why != "stopped"
    if why == "without a password":
        second.set_unusable_password()
    second.save()
    assert "ほかにサインインできるシステム管理者がいません" in said(stopped(client, administrator))[0]


def test_nor_is_the_last_administrators_role_taken(administrator, desk):
    with pytest.raises(NotAllowed, match="システム管理者がいません"):
        membership.take_role(member=administrator, organisation=desk, role=Role.ADMINISTRATOR)
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_a_second_administrators_role_is_taken(administrator, second, desk):
    membership.take_role(member=second, organisation=desk, role=Role.ADMINISTRATOR, by=administrator)
    assert not second.role_grants.exists()


class TestWhoeverTheWorkRestsOn:
    """A centre where nobody answers, a desk where nobody reads: said to the administrator who brings it about."""

    WORDS = {
        Role.COUNSELLOR: "つなぎに答えられる人がいなくなりました",
        Role.CASEWORKER: "新しい申込みを読む人がいません",
    }

    @pytest.fixture(params=WORDS)
    def last(self, request, desk):
        return members.of_role(request.param, desk)

    def of(self, worker):
        grant = worker.role_grants.get()
        return grant.organisation, grant.role

    def test_is_missed_when_switched_off(self, client, administrator, last):
        where, role = self.of(last)
        told = said(stopped(client, last))
        assert [where.name in words for words in told if self.WORDS[role] in words] == [True]

    def test_is_missed_when_the_role_is_taken(self, client, administrator, last):
        _where, role = self.of(last)
        told = said(change(client, last, take=list(last.role_grants.all())))
        assert any(self.WORDS[role] in words for words in told)

    def test_is_not_while_another_can_sign_in(self, client, administrator, last):
        where, role = self.of(last)
        members.member(role, at=where)
        assert "いなくなりました" not in "".join(said(stopped(client, last)))

    def test_is_missed_beside_one_who_never_got_a_password(self, client, administrator, last):
        where, role = self.of(last)
        other = members.member(role, at=where)
        other.set_unusable_password()
        other.save()
        assert self.WORDS[role] in "".join(said(stopped(client, last)))

    def test_another_change_says_nothing(self, client, administrator, last):
        assert "いなくなりました" not in "".join(said(change(client, last, name="新しい 名前")))


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.CASEWORKER])
def test_a_role_that_means_nothing_there_is_refused_and_what_was_typed_stays(client, administrator, desk, role):
    wrong = desk if role == Role.COUNSELLOR else centre_in()
    sent = member_form(give=[(wrong, role)], email="new@example.org", name="見本 新", new_password=PASSWORD)
    refused = client.post(ADD, sent)
    assert f"「{role.label}」は" in said(refused)[0]
    assert 'value="見本 新"' in refused.content.decode()
    assert not Member.objects.filter(email="new@example.org").exists()


def test_what_a_new_member_still_lacks_is_said(client, administrator):
    response = client.post(ADD, member_form(email="new@example.org", name="見本 新"), follow=True)
    page = response.content.decode()
    assert "まだサインインできません" in page
    assert "サインインしても何もできません" in page


def test_of_a_member_who_can_work_nothing_is_said(client, administrator, desk):
    sent = member_form(give=[(desk, Role.PACKER)], email="new@example.org", name="見本 新", new_password=PASSWORD)
    assert "できません" not in client.post(ADD, sent, follow=True).content.decode()


def test_a_role_taken_that_was_the_only_one_is_said(client, administrator, desk):
    colleague = members.packer(desk)
    response = change(client, colleague, take=list(colleague.role_grants.all()))
    assert any("サインインしても何もできません" in words for words in said(response))
