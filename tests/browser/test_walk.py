"""The five steps as their people walk them: navi, application, case, hand-off, report."""

from datetime import date

import pytest

from foundation import clock
from foundation.models import OutboxMessage
from foundation.work import outbox
from organisations import membership, registry
from organisations.models import Organisation, Place
from organisations.models.organisation import Kind
from organisations.places import place_table
from organisations.roles import Role
from outreach.directory.taking import load_starter
from tests.browser.people import PASSWORD, Window, apply_for_food, ask_the_navi

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sapporo():
    """The real directory, a food bank for Hokkaido, and members at it, at Sapporo's centre and at the programme."""
    place_table.load()
    load_starter()
    hokkaido = Place.objects.get(code="010006")
    desk = registry.register_organisation(
        kind=Kind.FOOD_BANK, name="見本フードバンク", phone="011-000-0000", serves=[hokkaido]
    )
    programme = registry.register_organisation(kind=Kind.OPERATOR, name="見本の事業")
    centre = Organisation.objects.support_centres().get(catchments__place__code="011002")
    Organisation.objects.filter(pk=centre.pk).update(uses_portal=True)
    for email, place, role in (
        ("caseworker@example.jp", desk, Role.CASEWORKER),
        ("counsellor@example.jp", centre, Role.COUNSELLOR),
        ("manager@example.jp", programme, Role.PROGRAMME_MANAGER),
    ):
        member = membership.add_member(email=email, name="見本 職員", password=PASSWORD)
        membership.give_role(member=member, organisation=place, role=role)
    return centre


def test_a_question_becomes_a_parcel_a_hand_off_an_outcome_and_a_figure(browser, live_server, sapporo):
    site = live_server.url

    person = Window.open(browser, site, phone=True)
    ask_the_navi(person, place="札幌市中央区")
    person.reads("011-221-1766")
    number = apply_for_food(person)
    person.press("あなたのページを開く")
    person.reads(number)

    worker = Window.open(browser, site)
    worker.sign_in("caseworker@example.jp")
    worker.press(number)
    worker.reads("見本 はな")
    worker.reads("今日食べるものがない")
    worker.press("発送を決める")
    case_page = worker.page.url.removeprefix(site)
    worker.go("/desk/packing/")
    worker.press("見本 はな")
    worker.page.locator("[name=contents]").fill("お米 2kg、レトルト 5個")
    worker.press("箱づめを記録する")
    worker.press("発送を記録する")
    worker.press("届いた")

    worker.go(case_page)
    worker.press("窓口につなぐ")
    worker.reads("札幌市生活就労支援センターステップ")
    worker.press(f"{sapporo.name}につなぐ")
    for message in OutboxMessage.objects.filter(done_at=None):
        outbox.deliver(message.pk)

    counsellor = Window.open(browser, site)
    counsellor.sign_in("counsellor@example.jp")
    assert "見本 はな" not in counsellor.page.content(), "the portal's list names nobody"
    counsellor.page.locator("main a[href*='/portal/']").first.click()
    counsellor.looks(counsellor.page)
    counsellor.press("内容を開いて読む")
    counsellor.reads("見本 はな")
    assert "仕事をなくした" not in counsellor.page.content(), "what was not allowed is not told"
    counsellor.press("引き受ける", exact=True)
    counsellor.press("本人と連絡がとれた")
    counsellor.page.locator("[name=outcome]").first.wait_for()
    _choose(counsellor, "outcome", "first_interview")
    counsellor.page.locator("form:has([name=outcome]) button[type=submit]:not([hidden])").click()
    counsellor.looks(counsellor.page)

    worker.go(case_page)
    worker.reads("初回面談をした")
    person.page.reload()
    person.looks(person.page)

    manager = Window.open(browser, site)
    manager.sign_in("manager@example.jp")
    today = clock.today()
    manager.go(f"/reports/?from={date(today.year, today.month, 1)}&to={today}")
    manager.reads("孤立層")
    assert "見本 はな" not in manager.page.content()
    assert [window.elsewhere for window in (person, worker, counsellor, manager)] == [[], [], [], []]


def test_the_public_way_works_without_javascript(browser, live_server, sapporo):
    person = Window.open(browser, live_server.url, phone=True, scripts=False)
    ask_the_navi(person, place="０６０－００４２")
    number = apply_for_food(person)
    person.page.reload()
    person.reads(number)
    person.page.get_by_role("link", name="このページを離れる").first.get_attribute("href")
    assert person.elsewhere == []


def _choose(window: Window, name: str, value: str) -> None:
    """Choose ``value`` whether the page asks by a list or by taps."""
    field = window.page.locator(f"[name={name}]").first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        window.page.locator(f"[name={name}][value={value}]").check()
