"""The list: whom to call first, why each entry is there, where the facts come from."""

import re

import pytest
from django.urls import reverse

from outreach.navi import catalogue
from tests.outreach.navi.conftest import add_programme, add_window


def test_the_centre_of_the_area_stands_first_with_its_number(ask, directory):
    page = ask("rent_unpaid").content.decode()
    assert 'href="tel:0110000000"' in page
    assert page.index("さっぽろ見本センター") < page.index("住居確保給付金")
    assert "平日9時から17時" in page


def test_every_entry_says_why_it_is_shown(ask, directory):
    page = ask("rent_unpaid").content.decode()
    programme = page[page.index('id="N001"') :]
    assert "「家賃がはらえない」をえらんだので" in programme
    assert "どんな困りごとでも、最初に相談できるところなので" in page


def test_source_and_date_of_checking_stand_beside_every_entry(ask, directory):
    page = ask("rent_unpaid", "vague_trouble").content.decode()
    assert "出典：北海道（2026年7月26日 確認）" in page
    centre, hotline = page[page.index('id="C001"') :], page[page.index('id="H007"') :]
    assert "番号は" not in centre[: centre.index("</article>")], "nothing is said of the many nobody has called yet"
    assert "番号は 2026年8月1日 に窓口にたしかめました" in hotline[: hotline.index("</article>")]


def test_an_entry_without_a_number_sends_to_the_centre(ask, directory):
    page = ask("rent_unpaid").content.decode()
    programme = page[page.index('id="N001"') :]
    assert "まず さっぽろ見本センター に聞いてください" in programme[: programme.index("</article>")]


def test_a_paused_programme_is_shown_as_paused(ask, directory):
    page = ask("debt_heavy").content.decode()
    assert "いまは受付を休んでいます" in page[page.index('id="N002"') :]


def test_without_a_place_national_numbers_are_given_and_the_place_may_still_be_said(ask, directory):
    page = ask("rent_unpaid", typed="").content.decode()
    assert "さっぽろ見本センター" not in page
    assert 'href="tel:0120279338"' in page
    assert "お住まいを答える" in page
    assert "お住まいの市区町村がわかると" in page


def test_with_an_empty_directory_there_is_still_a_number_to_call(ask, japan):
    assert 'href="tel:0120279338"' in ask("rent_unpaid").content.decode()


@pytest.mark.parametrize(
    ("worry", "number"),
    [("hit_at_home", "tel:%238008"), ("want_to_die", "tel:0120000000"), ("no_food_today", "tel:0110000000")],
)
def test_where_life_or_safety_is_touched_the_numbers_come_first(ask, directory, worry, number):
    page = ask(worry, trouble="urgent").content.decode()
    touched = page[page.index('class="touched') : page.index("まず相談できるところ")]
    assert number in touched


def test_the_safety_numbers_are_one_tap_away_on_every_step(client, ask, directory):
    worries = client.post("/navi/money/", {"typed": "札幌市"}).url
    for response in (client.get("/"), client.get("/navi/money/"), client.get(worries), ask("debt_heavy")):
        page = response.content.decode()
        strip = page[page.index('<details class="safety">') :]
        assert "tel:%238008" in strip[: strip.index("</details>")]
        assert "<details open" not in page


def test_worries_of_other_troubles_can_be_ticked_too(client, ask, directory):
    response = ask("rent_unpaid", "bad_feeling", trouble="work")
    assert "「いやな気持ちがつづいている」をえらんだので" in response.content.decode()


def test_going_back_to_the_worries_shows_what_was_ticked(client, ask, directory):
    page = ask("rent_unpaid", "bad_feeling").content.decode()
    back = client.get(re.search(r'href="(/navi/w/[^"]+)"', page).group(1)).content.decode()
    assert re.findall(r'value="(\w+)" id="[^"]+" checked', back) == ["rent_unpaid", "bad_feeling"]


def test_nothing_ticked_gives_the_list_of_the_trouble(ask, directory):
    page = ask().content.decode()
    assert "「お金のこと」をえらんだので" in page
    assert "住居確保給付金" in page
    assert 'id="H004"' not in page


def test_the_food_parcel_carries_the_answers_in_a_hidden_field(ask, directory):
    response = ask("rent_unpaid")
    page = response.content.decode()
    form = page[page.index(f'action="{reverse("apply:start")}"') :]
    assert f'<input type="hidden" name="t" value="{response.context["token"]}">' in form


def test_no_parcel_is_offered_where_no_food_bank_delivers(ask, directory):
    assert "食べものを申しこむ" not in ask("rent_unpaid", typed="千代田区").content.decode()
    assert "食べものを申しこむ" in ask("rent_unpaid", typed="").content.decode()


def test_the_list_speaks_english(client, ask, directory):
    client.cookies["django_language"] = "en"
    page = ask("rent_unpaid", "nobody_to_talk").content.decode()
    assert "Yorisoi Hotline" in page
    assert "I have no one to talk to" in page
    assert "話せる人がいない" not in page


def test_the_number_of_queries_stays_the_same_however_long_the_list(
    ask, directory, client, django_assert_max_num_queries
):
    url = ask("rent_unpaid").context["request"].path
    catalogue.forget()
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for number in range(40):
        window = add_window(f"W{number:02}", "rent", area="place", place=directory["011002"])
        add_programme(f"P{number:02}", "rent", place=directory["010006"]).windows.add(window)
    with django_assert_max_num_queries(20) as many:
        page = client.get(url)
    assert "窓口W39" in page.content.decode()
    assert len(many) == len(few)


def test_a_page_weighs_less_than_fifty_kilobytes(client, ask, directory):
    worries = client.get(client.post("/navi/money/", {"typed": "札幌市"}).url)
    for response in (client.get("/"), worries, ask("rent_unpaid", "debt_heavy", "bad_feeling")):
        assert len(response.content) < 50_000


@pytest.mark.parametrize(("language", "said"), [("ja", "伊達市に住んでいます。"), ("en", "I live in Date.")])
def test_what_to_say_names_the_town_that_was_said(ask, directory, client, language, said):
    window = add_window("C002", "rent", area="place", place=directory["012335"], phone="0142-00-0000")
    window.texts.filter(language="ja").update(what_to_say="相談したいです。○○市に住んでいます。")
    window.texts.filter(language="en").update(what_to_say="I would like to talk. I live in ....")
    client.cookies["django_language"] = language
    catalogue.forget()
    page = ask("rent_unpaid", typed="北海道伊達市").content.decode()
    assert said in page
    assert "○○" not in page


def test_who_reads_english_is_told_how_their_town_is_read(ask, directory, client):
    client.cookies["django_language"] = "en"
    page = ask("rent_unpaid", typed="札幌市中央区").content.decode()
    assert "北海道札幌市中央区 (Chuo-ku, Sapporo, Hokkaido)" in page
    client.cookies["django_language"] = "ja"
    assert "Chuo-ku" not in ask("rent_unpaid", typed="札幌市中央区").content.decode()


def test_in_english_a_centre_goes_by_its_own_name_with_the_english_one_beside_it(ask, directory, client):
    client.cookies["django_language"] = "en"
    page = ask("rent_unpaid").content.decode()
    assert "さっぽろ見本センター (Window C001)" in page
    assert "Yorisoi Hotline" in page
