"""What people type: understood in any spelling, or answered kindly at the field, and never lost."""

import re

import pytest

from foundation import access
from outreach.application import labels
from outreach.application.drafts import Contents
from outreach.models import Application, Draft
from tests.factories.applications import CHUO, OTARU, centre_in, real_place
from tests.outreach.application.filling import text_of

pytestmark = pytest.mark.django_db
EBETSU = "012173"
ALL = {
    "phone": "090-1234-5678",
    "email": "mihon@example.jp",
    "helper_name": "見本 たすけ",
    "helper_phone": "080-1234-5678",
}


def said():
    return Contents.of(Draft.objects.get()).said


@pytest.mark.parametrize(
    ("slug", "typed", "understood"),
    [
        ("people", {"people_count": "３人"}, {"people_count": 3}),
        ("people", {"people_count": "三人"}, {"people_count": 3}),
        ("people", {"people_count": "ひとり"}, {"people_count": 1}),
        ("people", {"people_count": "4人家族"}, {"people_count": 4}),
        ("people", {"people_count": "四人"}, {"people_count": 4}),
        ("people", {"people_count": "十二人"}, {"people_count": 12}),
        ("people", {"people_count": "ひとり暮らし"}, {"people_count": 1}),
        ("people", {"children_ages": "2人（三歳と十歳）"}, {"children_ages": [3, 10]}),
        ("people", {"children_ages": "８ヶ月と４才、１０歳"}, {"children_ages": [[0, 8], 4, 10]}),
        ("people", {"children_ages": "1歳3か月"}, {"children_ages": [[1, 3]]}),
        ("people", {"children_ages": "２歳６ヶ月と5歳、生後20日"}, {"children_ages": [0, [2, 6], 5]}),
        ("people", {"children_ages": "18か月"}, {"children_ages": [[1, 6]]}),
        ("people", {"children_ages": "24か月、0歳8か月"}, {"children_ages": [[0, 8], 2]}),
        ("people", {"children_ages": "生後3週間"}, {"children_ages": [0]}),
        ("people", {"children_ages": "8 months, 5"}, {"children_ages": [[0, 8], 5]}),
        ("people", {"children_ages": "1 year 3 months and 4"}, {"children_ages": [[1, 3], 4]}),
        ("people", {"children_ages": "長男10歳、次男3歳半"}, {"children_ages": [[3, 6], 10]}),
        ("people", {"children_ages": "3/10"}, {"children_ages": [3, 10]}),
        ("people", {"children_ages": "いません"}, {"children_ages": []}),
        ("name", {"name": "見本 花子", "kana": "ﾐﾎﾝ ﾊﾅｺ"}, {"kana": "みほん はなこ"}),
        ("name", {"name": "見本 花子", "kana": "ミホン　ハナコ"}, {"kana": "みほん はなこ"}),
        ("name", {"name": "見本 花", "kana": "マリア＝テレサ"}, {"kana": "まりあ・てれさ"}),
        ("name", {"name": "見本 花", "kana": "ｱｼﾘ レㇰ"}, {"kana": "あしり れく"}),
        ("name", {"name": "見本 花", "kana": "ヷヰヺレット"}, {"kana": "ゔぁゐゔぉれっと"}),
        ("name", {"name": "マリア＝テレサ"}, {"name": "マリア＝テレサ", "kana": "まりあ・てれさ"}),
        ("name", {"name": "みほん　はな"}, {"name": "みほん はな", "kana": "みほん はな"}),
        ("name", {"name": "ミホン ハナ"}, {"kana": "みほん はな"}),
        (
            "name",
            {"name": "\ufa19田　 髙﨑", "kana": "かみだ"},
            {"name": "\ufa19田 髙﨑"},
        ),  # a name stays the person's own
        ("name", {"name": "Ｍｉｈｏｎ　Ｈａｎａ"}, {"name": "Ｍｉｈｏｎ Ｈａｎａ", "kana": ""}),
        ("name", {"name": "Mihon Hana"}, {"name": "Mihon Hana", "kana": ""}),
        ("name", {"name": "Ngọc Mihón"}, {"name": "Ngọc Mihón", "kana": ""}),
        ("name", {"name": "みほん", "birth_year": "昭和５５年"}, {"birth_year": 1980}),
        ("name", {"name": "みほん", "birth_year": "S55"}, {"birth_year": 1980}),
        ("name", {"name": "みほん", "birth_year": "昭和五十五年"}, {"birth_year": 1980}),
        ("name", {"name": "みほん", "birth_year": "一九八〇"}, {"birth_year": 1980}),
        ("name", {"name": "みほん", "birth_year": "平成元年"}, {"birth_year": 1989}),
        ("name", {"name": "みほん", "birth_year": "１９８０"}, {"birth_year": 1980}),
        ("address", {"postcode": "０６００００１", "address": "見本町1"}, {"postcode": "0600001"}),
        ("address", {"postcode": "〒060-0001", "address": "見本町1"}, {"postcode": "0600001"}),
        ("address", {"address": "北海道札幌市中央区見本町１−２ー３"}, {"address": "見本町1-2-3"}),
        ("reach-details", {"phone": "０９０１２３４５６７８"}, {"phone": "+819012345678"}),
        ("reach-details", {"phone": "090 1234 5678"}, {"phone": "+819012345678"}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_any_spelling_is_understood(filling, slug, typed, understood):
    filling.fill_until(slug)
    assert filling.answer(slug, **typed).status_code == 302
    assert {name: getattr(said(), name) for name in understood} == understood


@pytest.mark.parametrize(
    ("slug", "typed", "words"),
    [
        ("people", {"people_count": "たくさん"}, "数字で書いてください"),
        ("people", {"people_count": "31"}, "30人まで"),
        ("people", {"people_count": "4", "children_ages": "26"}, "25歳まで"),
        ("people", {"people_count": "2", "children_ages": "1、2、3"}, "全部の人数"),
        ("eating", {"cannot_eat_note": "卵、" * 5000}, "300文字まで"),
        ("people", {"children_ages": "3歳、小学生"}, "「小学生」"),
        ("people", {"children_ages": "2人 3歳"}, "1人分"),
        ("people", {"people_count": "二三人"}, "数字で書いてください"),
        ("people", {"children_ages": "中2"}, "はっきりしない"),
        ("people", {"children_ages": "小3と5歳"}, "はっきりしない"),
        ("people", {"children_ages": "5歳が2人"}, "はっきりしない"),
        ("name", {"name": "", "kana": "みほん"}, "お名前を書いてください"),
        ("name", {"name": "見本 花子", "kana": ""}, "ふりがな"),
        ("name", {"name": "見本 花子", "kana": "見本"}, "ひらがなかカタカナ"),
        ("name", {"name": "みほん", "birth_year": "昭和99年"}, "昭和は64年まで"),
        ("name", {"name": "みほん", "birth_year": "むかし"}, "昭和55年"),
        ("address", {"postcode": "12345", "address": "見本町1"}, "数字7けた"),
        ("address", {"postcode": "000-0000", "address": "見本町1"}, "見つかりませんでした"),
        ("address", {"address": ""}, "住所のつづき"),
        ("address", {"address": "北海道札幌市中央区"}, "住所のつづき"),
        ("reach", {}, "連絡はいらない"),
        ("reach", {"reach_by": ["none", "phone"]}, "どちらかにしてください"),
        ("reach", {"reach_by": ["phone"], "cannot_telephone": "on"}, "ほかの方法"),
        ("reach-details", {"phone": "12345"}, "市外局番から"),
        ("reach-details", {"phone": ""}, "電話番号を書いてください"),
        ("ties", {"bodies": ["none", "medical"]}, "どちらかにしてください"),
        ("ties", {"bodies": ["none", "prefer_not_to_say"]}, "どちらかにしてください"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_unclear_is_asked_about_at_the_field_and_on_top_and_nothing_typed_is_lost(filling, slug, typed, words):
    filling.fill_until(slug)
    page = filling.answer(slug, **typed)
    assert page.status_code == 200
    html = page.content.decode()
    summary, _, fields = html.partition("</ul>")
    assert words in summary
    assert 'class="error-summary"' in summary
    assert words in fields
    for value in (value for value in typed.values() if isinstance(value, str) and value not in ("", "on")):
        assert f'value="{value}"' in html
    assert "<title>" in html
    assert "入力の確認" in html.partition("</title>")[0]


def test_no_screen_lets_the_browser_cut_what_is_typed_without_a_word(filling):
    for slug in (
        *filling.fill_until("centre", reach={"reach_by": ["phone", "email", "supporter"]}, reach_details=ALL),
        "centre",
    ):
        assert "maxlength" not in filling.open(slug).content.decode(), slug


def test_a_note_that_is_too_long_comes_back_whole_and_says_how_long_it_is(filling):
    filling.fill_until("eating")
    note = "卵" * 299 + "と、そば"
    page = filling.answer("eating", cannot_eat_note=note)
    assert f'value="{note}"' in page.content.decode()
    assert "300文字まで" in text_of(page)
    assert "いま303文字" in text_of(page)


def test_a_postcode_in_wide_figures_is_seen_whole(filling):
    filling.fill_until("address")
    assert 'size="20"' in filling.open("address").content.decode()


class TestWhereOneLives:
    @pytest.mark.parametrize(
        "typed",
        ["札幌市中央区", "札幌市", "さっぽろし", "ｻｯﾎﾟﾛｼ", "０６００００１", "〒060-0001", "北海道札幌市中央区見本町1"],
    )
    def test_any_spelling_is_understood(self, filling, typed):
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        assert filling.answer("place", typed=typed).url == "/apply/people/"

    def test_a_postcode_typed_here_is_not_asked_for_again(self, filling):
        filling.fill_until("address", place={"typed": "０６００００１"})
        assert 'value="060-0001"' in filling.open("address").content.decode()

    @pytest.mark.parametrize(("typed", "words"), [("なかのしま市", "見つかりませんでした"), ("", "入力してください")])
    def test_a_place_that_does_not_exist_is_answered_kindly(self, filling, typed, words):
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        page = filling.answer("place", typed=typed)
        assert words in text_of(page)
        assert "答えずに進む" not in text_of(page)

    @pytest.mark.parametrize("typed", ["Hokkaido", "北海道"])
    def test_who_names_the_prefecture_alone_is_asked_for_the_municipality(self, filling, typed):
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        assert "市区町村の名前も入力してください" in text_of(filling.answer("place", typed=typed))

    def test_latin_letters_are_understood(self, filling):
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        assert filling.answer("place", typed="Sapporo").url == "/apply/people/"

    def test_a_name_that_two_places_share_is_asked_about(self, filling):
        real_place("012335")
        real_place("072133")
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        page = filling.answer("place", typed="伊達市")
        assert "北海道伊達市" in text_of(page)
        assert "福島県伊達市" in text_of(page)
        assert 'value="伊達市"' in page.content.decode()
        filling.answer("place", typed="伊達市", chosen="012335")
        assert said().place_code == "012335"


class TestAnAddressElsewhere:
    @pytest.fixture
    def at_the_address(self, filling):
        real_place(OTARU)
        filling.fill_until("address")
        return filling

    def test_a_postcode_of_elsewhere_is_asked_about_and_both_are_shown(self, at_the_address):
        page = at_the_address.answer("address", postcode="047-0001", address="見本町1")
        assert "北海道札幌市中央区" in text_of(page)
        assert "北海道小樽市" in text_of(page)
        assert 'value="見本町1"' in page.content.decode()

    @pytest.mark.parametrize("letters", ["a", "a ", "あ", "札幌市", "1-"])
    def test_an_endless_one_is_refused_before_it_is_searched_for_places(self, at_the_address, letters):
        """Searched, 100,000 letters took a worker the thirty seconds after which it is killed."""
        page = at_the_address.answer("address", address=letters * (100_000 // len(letters)))
        assert "200" in text_of(page)
        assert said().address == ""

    def test_the_box_goes_there_and_the_home_stays_what_was_said(self, at_the_address):
        answer = at_the_address.answer("address", postcode="047-0001", address="北海道小樽市見本町1", sending_to=OTARU)
        assert answer.url == "/apply/slot/"
        assert (said().place_code, said().sending_place_code) == (CHUO, OTARU)
        assert (said().postcode, said().address) == ("0470001", "見本町1")

    def test_or_to_the_place_that_was_said(self, at_the_address):
        at_the_address.answer("address", postcode="047-0001", address="見本町1", sending_to=CHUO)
        assert (said().place_code, said().sending_place_code, said().postcode) == (CHUO, "", "")

    def test_a_whole_address_of_elsewhere_is_asked_about_without_a_postcode_too(self, at_the_address):
        page = at_the_address.answer("address", address="北海道小樽市見本町1丁目")
        assert "送り先のほうをえらんでください" in text_of(page)
        at_the_address.answer("address", address="北海道小樽市見本町1丁目", sending_to=OTARU)
        assert (said().place_code, said().sending_place_code, said().address) == (CHUO, OTARU, "見本町1丁目")

    @pytest.mark.parametrize("front", ["〒047-0001 ", "047-0001 ", "住所：", "(", "現在は"])
    def test_what_stands_before_a_pasted_address_hides_no_other_place(self, at_the_address, front):
        typed = f"{front}北海道小樽市見本町1丁目"
        assert "送り先のほうをえらんでください" in text_of(at_the_address.answer("address", address=typed))
        at_the_address.answer("address", address=typed, sending_to=OTARU)
        assert (said().sending_place_code, said().address) == (OTARU, "見本町1丁目")

    def test_a_postcode_before_the_address_is_taken_as_one(self, at_the_address):
        at_the_address.answer("address", address="〒060-0042 札幌市中央区大通西1丁目")
        assert (said().postcode, said().address) == ("0600042", "大通西1丁目")

    def test_who_comes_back_finds_the_other_place_chosen(self, at_the_address):
        at_the_address.answer("address", postcode="047-0001", address="見本町1", sending_to=OTARU)
        page = at_the_address.open("address").content.decode()
        assert re.search(rf'value="{OTARU}"[^>]*checked', page)

    def test_a_postcode_of_the_home_takes_the_other_place_back(self, at_the_address):
        at_the_address.answer("address", postcode="047-0001", address="見本町1", sending_to=OTARU)
        at_the_address.answer("address", postcode="060-0001", address="見本町1")
        assert (said().place_code, said().sending_place_code) == (CHUO, "")

    def test_a_place_no_food_bank_serves_is_accepted_for_the_sending(self, at_the_address):
        tokyo = "131041"
        real_place(tokyo)
        answer = at_the_address.answer("address", postcode="160-0022", address="新宿9", sending_to=tokyo)
        page = at_the_address.client.get(answer.url)
        assert page.status_code == 200
        assert "この地域には、まだ送れません" not in text_of(page)

    def test_food_bank_and_centre_stay_those_of_the_home(self, filling):
        centre_in(OTARU, name="見本の小樽の窓口", phone="0134-00-0000")
        there = {"postcode": "047-0001", "address": "見本町1", "sending_to": OTARU}
        filling.fill_until("check", address=there)
        check = text_of(filling.open("check"))
        assert "北海道小樽市見本町1" in check
        assert "見本の相談窓口に伝える内容" in check
        assert "見本の小樽の窓口" not in check
        filling.hand_in()
        application = Application.objects.get()
        assert (application.place.code, application.sending_place.code) == (CHUO, OTARU)
        assert application.centre.name == "見本の相談窓口"

    @pytest.mark.parametrize("address", ["小樽市見本町1丁目", "北海道 小樽市 見本町1丁目", "小樽市　見本町1丁目"])
    @pytest.mark.parametrize("postcode", ["", "060-0001"])
    def test_another_town_is_asked_about_without_its_prefecture_and_beside_a_postcode(
        self, at_the_address, address, postcode
    ):
        typed = {"postcode": postcode, "address": address}
        page = at_the_address.answer("address", **typed)
        assert "送り先のほうをえらんでください" in text_of(page)
        assert f'value="{address}"' in page.content.decode()
        assert said().address == ""
        at_the_address.answer("address", **typed, sending_to=OTARU)
        assert (said().sending_place_code, said().address) == (OTARU, "見本町1丁目")

    def test_the_home_chosen_beside_another_city_s_name_is_asked_about_once_more(self, at_the_address):
        page = at_the_address.answer("address", address="小樽市見本町1丁目", sending_to=CHUO)
        assert "住所のつづきに「小樽市」とありますが" in text_of(page)
        assert said().address == ""

    def test_a_county_is_not_glued_onto_the_home(self, at_the_address):
        real_place("014001")
        page = at_the_address.answer("address", address="虻田郡倶知安町北1条")
        assert "北海道倶知安町" in text_of(page)
        at_the_address.answer("address", address="虻田郡倶知安町北1条", sending_to="014001")
        assert (said().sending_place_code, said().address) == ("014001", "北1条")

    @pytest.mark.parametrize("address", ["札幌市中央区見本町1", "中央区 見本町1", "北海道 札幌市 中央区見本町1"])
    def test_the_name_of_the_home_is_not_doubled(self, at_the_address, address):
        assert at_the_address.answer("address", address=address).status_code == 302
        assert (said().sending_place_code, said().address) == ("", "見本町1")

    @pytest.mark.parametrize(
        "address",
        [
            "同じ",
            "同上",
            "上に同じです。",
            "自宅",
            "〃",
            "本人と同じ",
            "同左",
            "住民票と同じ",
            "同じ 101号室",
            "Same as above",
        ],
    )
    def test_the_same_is_no_address(self, at_the_address, address):
        page = at_the_address.answer("address", address=address)
        assert "くわしい住所は、まだ聞いていません" in text_of(page)

    @pytest.mark.parametrize("address", ["〒060-0042", "札幌市中央区", "060-0042", "。"])
    def test_a_postcode_or_a_town_alone_is_no_address(self, at_the_address, address):
        page = at_the_address.answer("address", address=address)
        assert "住所のつづき（町名・番地・建物の名前と部屋番号）を書いてください" in text_of(page)
        assert said().address == ""

    @pytest.mark.parametrize("address", ["友人宅 小樽市見本町1", "送付先：小樽市見本町1", "Mihon 1, Otaru"])
    def test_another_city_behind_words_or_in_letters_is_asked_about(self, at_the_address, address):
        page = at_the_address.answer("address", address=address)
        assert "送り先のほうをえらんでください" in text_of(page)
        assert said().address == ""

    def test_the_words_before_another_city_s_name_are_kept_behind_the_street(self, at_the_address):
        at_the_address.answer("address", address="友人宅 小樽市見本町1", sending_to=OTARU)
        assert (said().sending_place_code, said().address) == (OTARU, "見本町1 友人宅")

    def test_another_prefecture_whose_town_is_not_understood_is_never_joined_to_the_home(self, at_the_address):
        real_place("020001")
        page = at_the_address.answer("address", address="青森県弘前上白銀町1-1")
        assert "住所のつづきに「青森県」とありますが、どの市区町村かを読みとれませんでした" in text_of(page)
        assert said().address == ""

    def test_who_chose_the_home_beside_a_street_called_like_a_town_is_not_asked_again_about_that_text(
        self, at_the_address
    ):
        real_place("016365")
        at_the_address.answer("address", address="清水町1ー2", sending_to=CHUO)
        assert at_the_address.answer("address", address="清水町1-2").status_code == 302
        assert (said().sending_place_code, said().address) == ("", "清水町1-2")
        assert "送り先のほうをえらんでください" in text_of(at_the_address.answer("address", address="清水町1-3"))

    @pytest.mark.parametrize("changed", ["小樽市見本町1 友人宅", "小樽市見本町1", "友人宅 小樽市見本町2"])
    def test_the_home_chosen_for_one_text_is_no_answer_about_another(self, at_the_address, changed):
        at_the_address.answer("address", address="友人宅 小樽市見本町1", sending_to=CHUO)
        page = at_the_address.answer("address", address=changed)
        assert "送り先のほうをえらんでください" in text_of(page)
        assert said().address == "友人宅 小樽市見本町1"

    def test_who_comes_back_finds_the_home_chosen_as_long_as_the_name_stands_there(self, at_the_address):
        at_the_address.answer("address", address="友人宅 小樽市見本町1", sending_to=CHUO)
        page = at_the_address.open("address").content.decode()
        assert re.search(rf'value="{CHUO}"[^>]*checked', page)
        at_the_address.answer("address", address="友人宅 小樽市見本町1", sending_to=OTARU)
        assert (said().sending_place_code, said().address) == (OTARU, "見本町1 友人宅")
        at_the_address.answer("address", address="見本町1")
        assert 'name="sending_to"' not in at_the_address.open("address").content.decode()

    def test_the_other_place_stays_chosen_when_its_page_is_sent_again(self, at_the_address):
        at_the_address.answer("address", address="小樽市見本町1", sending_to=OTARU)
        at_the_address.answer("address", address="見本町1-5", sending_to=OTARU)
        assert (said().sending_place_code, said().address) == (OTARU, "見本町1-5")
        at_the_address.answer("address", address="見本町1-5", sending_to=CHUO)
        assert (said().sending_place_code, said().address) == ("", "見本町1-5")

    def test_a_postcode_of_one_place_and_an_address_in_a_second_leave_three_to_choose_from(self, at_the_address):
        real_place(EBETSU)
        typed = {"postcode": "067-8674", "address": "友人宅 小樽市見本町1"}
        page = text_of(at_the_address.answer("address", **typed))
        assert all(f"北海道{name}" in page for name in ("札幌市中央区", "江別市", "小樽市"))
        at_the_address.answer("address", **typed, sending_to=OTARU)
        assert (said().sending_place_code, said().postcode, said().address) == (OTARU, "", "見本町1 友人宅")

    @pytest.mark.parametrize("address", ["見本町1 〒047-0001", "見本町1（〒047-0001）", "見本町1 047-0001"])
    def test_a_postcode_behind_the_address_is_read_too(self, at_the_address, address):
        assert "北海道小樽市" in text_of(at_the_address.answer("address", address=address))
        at_the_address.answer("address", address=address, sending_to=OTARU)
        assert (said().sending_place_code, said().postcode, said().address) == (OTARU, "0470001", "見本町1")

    def test_digits_behind_the_address_that_are_no_postcode_stay(self, at_the_address):
        at_the_address.answer("address", address="見本町1 047-0001", sending_to=CHUO)
        assert (said().sending_place_code, said().postcode, said().address) == ("", "", "見本町1 047-0001")

    @pytest.mark.parametrize("address", ["123-4567番地", "123-4567 ハイツ1", "住所変更前の家1", "(北1条)西2"])
    def test_no_number_and_no_word_of_an_address_is_lost(self, at_the_address, address):
        assert at_the_address.answer("address", address=address).status_code == 302
        assert (said().address, said().postcode) == (address, "")

    def test_a_postcode_that_is_none_or_another_than_in_its_field_is_said(self, at_the_address):
        page = at_the_address.answer("address", address="〒999-9999 見本町1")
        assert "この郵便番号は見つかりませんでした" in text_of(page)
        page = at_the_address.answer("address", postcode="060-0001", address="〒060-0042 見本町1")
        assert "郵便番号の欄は「060-0001」、住所の前は「060-0042」です" in text_of(page)

    def test_letters_may_go_elsewhere_as_well(self, filling):
        real_place(OTARU)
        filling.fill_until("reach-details", receive={"receive_by": "window"}, reach={"reach_by": ["letter"]})
        page = filling.answer("reach-details", postcode="047-0001", address="見本町1")
        assert "北海道小樽市" in text_of(page)
        filling.answer("reach-details", postcode="047-0001", address="見本町1", sending_to=OTARU)
        assert (said().place_code, said().sending_place_code) == (CHUO, OTARU)


def test_a_postcode_tells_the_ward_of_a_city(filling):
    filling.fill_until("address", place={"typed": "札幌市"})
    assert said().place_code == "011002"
    filling.answer("address", postcode="060-0001", address="見本町1")
    assert said().place_code == "011011"


def test_the_sensible_answer_stands_ready_where_one_has_to_be_chosen(filling):
    filling.fill_until("name")
    assert filling.answer("for-whom").status_code == 302
    assert said().applying_for == "self"


@pytest.mark.parametrize(
    ("slug", "typed"),
    [
        ("debt", {"in_debt": "no", "debt_kinds": ["bank"]}),
        ("debt", {"in_debt": "prefer_not_to_say", "debt_kinds": ["bank"]}),
        ("income", {"income": "unchanged", "income_since": "longer"}),
        ("income", {"income": "prefer_not_to_say", "income_since": "longer"}),
    ],
)
def test_two_answers_that_contradict_each_other_are_asked_about(filling, slug, typed):
    filling.fill_until(slug)
    page = filling.answer(slug, **typed)
    assert "その下の答えもえらんであります" in text_of(page)
    assert page.content.decode().count(" checked") == 2
    assert said().in_debt == ""


@pytest.mark.parametrize(
    "typed", [{"in_debt": "", "debt_kinds": ["bank"]}, {"in_debt": "no", "debt_kinds": ["prefer_not_to_say"]}]
)
def test_two_answers_that_say_one_thing_are_taken(filling, typed):
    filling.fill_until("debt")
    assert filling.answer("debt", **typed).status_code == 302


class TestWhoIsCounted:
    @pytest.mark.parametrize(("count", "ages"), [("1", "0"), ("2", "3, 5"), ("ひとり", "14歳")])
    def test_children_alone_are_asked_back_and_taken_where_it_is_so(self, filling, count, ages):
        filling.fill_until("people")
        typed = {"people_count": count, "children_ages": ages}
        page = filling.answer("people", **typed)
        assert "おとなもふくめた" in text_of(page)
        assert "おとなはいません" in text_of(page)
        assert filling.answer("people", **typed, only_children="on").url == "/apply/eating/"

    @pytest.mark.parametrize(("count", "ages"), [("2", "0"), ("1", "17"), ("3", "12, 15, 16"), ("1", "")])
    def test_whoever_counts_somebody_older_is_asked_nothing_more(self, filling, count, ages):
        filling.fill_until("people")
        assert "おとなはいません" not in text_of(filling.open("people"))
        assert filling.answer("people", people_count=count, children_ages=ages).url == "/apply/eating/"

    def test_alone_beside_several_people_is_asked_back_with_a_way_on(self, filling):
        filling.fill_until("household", people={"people_count": "2", "children_ages": ""})
        page = text_of(filling.answer("household", household_type="single"))
        assert "いっしょに暮らす人は、ご本人も入れて2人と書いてあります" in page
        assert filling.answer("household", household_type="other").url == "/apply/income/"

    def test_who_is_called_is_said_to_whoever_applies_for_another(self, filling):
        filling.fill_until("reach", for_whom={"applying_for": "other"})
        assert "かわりに申しこんでいるあなたに連絡してほしいとき" in text_of(filling.open("reach"))


class TestNoHome:
    @pytest.mark.parametrize("written", ["なし", "住所不定", "札幌市中央区 車の中", "ネットカフェ", "ホームレス"])
    def test_it_is_understood_and_another_way_to_receive_the_box_is_offered(self, filling, written):
        filling.fill_until("address")
        page = filling.answer("address", address=written)
        assert "決まった住所がないときも、食べものを受けとれます" in text_of(page)
        assert 'href="/apply/receive/"' in page.content.decode()
        assert f'value="{written}"' in page.content.decode()
        assert said().address == ""
        answer = filling.answer("receive", receive_by="window")
        assert answer.url == "/apply/reach/"

    def test_for_letters_another_way_to_be_reached_is_offered(self, filling):
        filling.fill_until("reach-details", receive={"receive_by": "depot"}, reach={"reach_by": ["letter"]})
        page = filling.answer("reach-details", address="住所不定")
        assert "手紙を受けとれるところ" in text_of(page)
        assert 'href="/apply/reach/"' in page.content.decode()

    def test_the_place_of_somebody_who_has_none_is_where_they_stay(self, filling):
        filling.start()
        filling.answer("for-whom")
        filling.answer("food")
        assert "いま寝とまりしているところ" in text_of(filling.answer("place", typed="住所不定"))


class TestAgesInMonths:
    def test_they_are_read_back_as_understood_and_stand_there_when_changed(self, filling):
        filling.fill_until("check", people={"people_count": "3", "children_ages": "8か月、4歳"})
        assert "0歳（8か月）、4歳" in text_of(filling.open("check"))
        assert 'value="0歳8か月、4"' in filling.open("people").content.decode()
        assert filling.answer("people", people_count="3", children_ages="0歳8か月、4").status_code == 302
        assert said().children_ages == [[0, 8], 4]

    def test_they_reach_the_desk(self, filling):
        filling.fill_until("check", people={"people_count": "3", "children_ages": "8か月、1歳3か月"})
        filling.hand_in()
        with access.scope(actor="test", purpose="reading"):
            assert labels.children(Application.objects.get().children_ages) == "0歳（8か月）、1歳3か月"


class TestOnePartOfAName:
    @pytest.mark.parametrize("written", ["見本", "林", "佐々木", "花子"])
    def test_the_whole_name_is_asked_for_and_who_says_so_goes_on(self, filling, written):
        filling.fill_until("name")
        page = filling.answer("name", name=written, kana="みほん")
        assert "名字と名前の、どちらかだけが書いてあるようです" in text_of(page)
        assert f'value="{written}"' in page.content.decode()
        assert said().name == ""
        assert filling.answer("name", name=written, kana="みほん", is_whole="on").url == "/apply/receive/"
        assert said().name == written

    def test_a_name_that_was_confirmed_is_not_asked_about_again(self, filling):
        filling.fill_until("name")
        filling.answer("name", name="見本", kana="みほん", is_whole="on")
        assert filling.answer("name", name="見本", kana="みほん").status_code == 302

    @pytest.mark.parametrize("written", ["見本 花", "見本花子", "林一郎", "みほん", "李 明", "Mihon"])
    def test_other_names_are_taken(self, filling, written):
        filling.fill_until("name")
        assert filling.answer("name", name=written, kana="みほん").status_code == 302


@pytest.mark.parametrize(
    ("typed", "times", "kept"),
    [
        ("090-1234-5678（夜だけ）", "", "電話(夜だけ)"),
        ("011-211-1111 内線12", "平日の昼", "電話(内線12)、平日の昼"),
        ("090-1234-5678です", "", ""),
    ],
)
def test_what_is_noted_beside_a_telephone_number_is_kept_with_when_to_call(filling, typed, times, kept):
    filling.fill_until("reach-details", reach={"reach_by": ["phone"]})
    assert filling.answer("reach-details", phone=typed, safe_times=times).status_code == 302
    assert said().safe_times == kept


def test_a_number_at_which_nobody_is_called_back_is_refused_with_the_cause(filling):
    filling.fill_until("reach-details", reach={"reach_by": ["phone"]})
    page = filling.answer("reach-details", phone="0120-279-338")
    assert "0120で始まるのは" in text_of(page)
    assert 'value="0120-279-338"' in page.content.decode()
