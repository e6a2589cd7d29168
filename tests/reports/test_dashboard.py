"""The programme manager's dashboard: a period's figures, exact, for those who may, and nobody's data opened."""

import json

import pytest
from django.urls import reverse

from foundation.models import AccessRecord, DataKey
from organisations import membership, registry
from organisations.models.organisation import Kind
from organisations.roles import Role
from referrals.desk import casework
from referrals.handoff import replies, sending
from referrals.models import Case
from reports.indicators import INDICATORS
from tests.factories import members
from tests.factories.applications import centre_in, submit
from tests.reports.applications import a_desk, receive

PERIOD = {"from": "2021-12-01", "to": "2022-06-30"}
NOTICE = "公表用ではありません（not for publication）"

pytestmark = pytest.mark.django_db


def sign_in(client, organisation, role=Role.PROGRAMME_MANAGER):
    member = membership.add_member(email=f"{role}@example.jp", name="見本 しらべ", password=None)
    membership.give_role(member=member, organisation=organisation, role=role)
    client.force_login(member)
    return member


@pytest.fixture
def desk():
    return a_desk()


@pytest.fixture
def manager(client, desk):
    sign_in(client, desk)
    receive([{"household_type": "single", "first_time": "yes"}] * 5, desk=desk)
    return client


def test_the_figures_are_shown_with_their_base_as_table_and_chart(manager):
    page = manager.get(reverse("reports:dashboard"), PERIOD).content.decode()
    assert NOTICE in page
    assert "5件のうち5件" in page
    assert page.count('<img class="indicator-chart"') == len(INDICATORS)
    assert "単独 5件（100.0%）" in page, "the chart's alternative text"


def test_without_a_period_the_months_with_data_are_shown(manager):
    page = manager.get(reverse("reports:dashboard")).content.decode()
    assert "2021年7月1日 から 2022年1月31日 まで" in page


def test_without_data_the_page_says_so(client, desk):
    sign_in(client, desk)
    assert "この期間に受けた申込みはありません" in client.get(reverse("reports:dashboard")).content.decode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"from": "2022-06-30", "to": "2021-12-01"}, "入れかえて"),
        ({"from": "2022-06-31", "to": "2022-07-01"}, "日付として読めません"),
        ({"from": "2022-06-30"}, "終わりの日を入れてください"),
    ],
)
def test_a_faulty_period_is_explained_and_nothing_counted(manager, asked, told):
    page = manager.get(reverse("reports:dashboard"), asked).content.decode()
    assert told in page
    assert "indicator-chart" not in page
    assert manager.get(reverse("reports:chart", args=["debt"]), asked).status_code == 400
    sent_back = manager.get(reverse("reports:download"), {**asked, "format": "csv"}, follow=True)
    assert told in sent_back.content.decode()


@pytest.mark.parametrize("key", [indicator.key for indicator in INDICATORS])
def test_every_chart_is_an_svg_that_may_style_itself_and_run_nothing(manager, key):
    answer = manager.get(reverse("reports:chart", args=[key]), PERIOD)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert NOTICE in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_an_unknown_chart_or_file_is_not_found(manager):
    assert manager.get(reverse("reports:chart", args=["income"]), PERIOD).status_code == 404
    assert manager.get(reverse("reports:download"), {**PERIOD, "format": "xlsx"}).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "json", "png"])
def test_files_carry_their_warning_in_their_name(manager, kind):
    answer = manager.get(reverse("reports:download"), {**PERIOD, "format": kind})
    assert answer.status_code == 200
    expected = f'attachment; filename="tsunagu-2021-12-01-2022-06-30-not-for-publication.{kind}"'
    assert answer.headers["Content-Disposition"] == expected


def test_the_file_says_what_the_page_says(manager):
    found = json.loads(manager.get(reverse("reports:download"), {**PERIOD, "format": "json"}).content)
    assert found["indicators"]["first_time"]["cells"]["yes"] == {"count": 5, "share": 1.0}


def test_nobody_is_decrypted_and_no_access_is_recorded(manager, monkeypatch):
    def opened(*args, **kwargs):
        raise AssertionError("the dashboard opened personal data")

    monkeypatch.setattr(DataKey, "open", opened)
    manager.get(reverse("reports:dashboard"), PERIOD)
    for kind in ("csv", "json", "png"):
        manager.get(reverse("reports:download"), {**PERIOD, "format": kind})
    assert not AccessRecord.objects.exists()


def test_the_page_asks_the_database_equally_often_for_five_and_for_three_hundred(
    manager, desk, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(20) as few:
        manager.get(reverse("reports:dashboard"), PERIOD)
    receive([{"household_type": "couple", "in_debt": "yes", "debt_kind": ["bank"]}] * 300, desk=desk)
    with django_assert_num_queries(len(few)):
        manager.get(reverse("reports:dashboard"), PERIOD)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROGRAMME_MANAGER])
def test_no_other_role_finds_the_reports(client, desk, role):
    client.force_login(members.of_role(role, desk))
    for address in (
        reverse("reports:dashboard"), reverse("reports:chart", args=["debt"]), reverse("reports:download"),
    ):  # fmt: skip
        assert client.get(address, PERIOD).status_code == 404


def test_a_food_banks_manager_sees_its_own_figures_and_the_operators_manager_all(client, desk):
    receive([{}] * 3, desk=desk)
    receive([{}] * 4, desk=a_desk("となりのフードバンク"))
    sign_in(client, desk)
    found = client.get(reverse("reports:download"), {**PERIOD, "format": "json"})
    assert json.loads(found.content)["applications"] == 3
    operator = registry.register_organisation(kind=Kind.OPERATOR, name="見本事務局")
    member = membership.add_member(email="whole@example.jp", name="見本 すべて", password=None)
    membership.give_role(member=member, organisation=operator, role=Role.PROGRAMME_MANAGER)
    client.force_login(member)
    found = client.get(reverse("reports:download"), {**PERIOD, "format": "json"})
    assert json.loads(found.content)["applications"] == 7


def test_what_a_centre_answered_is_counted_only_where_the_person_lets_the_food_bank_know(client, desk, reading):
    worker = membership.add_member(email="worker@example.jp", name="見本 はたらき", password=None)
    membership.give_role(member=worker, organisation=desk, role=Role.CASEWORKER)
    centre = centre_in()
    for feedback in (True, False):
        case = submit(consenting=centre, feedback=feedback).application.case
        casework.approve(case=case, by=worker, seen=case.version)
        referral = sending.send(case=case, centre=centre, way="telephone", by=worker, seen=case.version)
        replies.record_reply(referral=referral, to="accepted", by=worker, seen=referral.version)
    today = Case.objects.latest("pk").received_on.isoformat()
    sign_in(client, desk)
    work = client.get(reverse("reports:dashboard"), {"from": today, "to": today}).context["work"]
    numbers = {state.code: state.number for state in work.referrals}
    assert numbers["accepted"] == 1
    assert numbers["answered"] == 1
    assert {state.code: state.number for state in work.cases}["approved"] == 2
