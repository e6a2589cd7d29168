"""Where one lives, asked back: a name that is no more, the ward of a city, no home at all."""

import pytest

from organisations import registry
from organisations.models.organisation import Kind
from organisations.places import former as former_names
from organisations.places import place_table
from outreach.navi import forms
from tests.factories.places import real_places
from tests.outreach.application.filling import text_of
from tests.outreach.navi.test_place_step import place_said


@pytest.fixture(scope="module")
def _table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_table")]
SAPPORO, CHUO, KITA, SHINHIDAKA = "011002", "011011", "011029", "016101"


def read(**typed):
    form = forms.PlaceForm(typed)
    return form, form.is_valid()


class TestAFormerName:
    def test_it_is_asked_back_and_never_assumed(self):
        form, valid = read(typed="静内町")
        assert not valid
        assert form.place is None
        assert "「静内町」は、いまの新ひだか町のことですか" in str(form.errors)
        assert "北海道新ひだか町（前の静内町）" in str(form["chosen"])

    def test_of_a_village_that_was_parted_both_are_offered(self):
        form, valid = read(typed="上九一色村")
        assert not valid
        assert "いまはほかの市区町村になっています" in str(form.errors)
        assert len(form.fields["chosen"].choices) == 2

    def test_whoever_says_yes_is_understood(self):
        form, valid = read(typed="静内町", chosen=SHINHIDAKA)
        assert valid
        assert form.place.full_name == "北海道新ひだか町"

    def test_a_name_that_a_place_of_today_bears_elsewhere_is_asked_back_too(self):
        form, valid = read(typed="大野町")
        assert not valid
        assert {"岐阜県大野町", "北海道北斗市（前の大野町）", "広島県廿日市市（前の大野町）"} <= {
            str(words) for _code, words in form.fields["chosen"].choices
        }

    @pytest.mark.parametrize(
        ("typed", "former", "today"),
        [
            ("もんべつ", "北海道日高町（前の門別町）", "北海道紋別市"),
            ("あつた", "北海道石狩市（前の厚田村）", "愛知県名古屋市熱田区"),
            ("さわら", "北海道森町（前の砂原村）", "福岡県福岡市早良区"),
            ("ところ", "北海道北見市（前の常呂町）", "埼玉県所沢市"),
            ("広島", "北海道北広島市（前の広島町）", "広島県広島市"),
            ("川内", "鹿児島県薩摩川内市（前の川内市）", "福島県川内村"),
            ("大野", "北海道北斗市（前の大野町）", "岐阜県大野町"),
        ],
    )
    def test_in_kana_or_without_its_ending_it_is_asked_back_too_beside_the_places_of_today(self, typed, former, today):
        form, valid = read(typed=typed)
        assert not valid
        assert {former, today} <= {str(words) for _code, words in form.fields["chosen"].choices}

    def test_no_bare_name_of_the_table_goes_straight_to_another_place(self):
        went = []
        for row in former_names._rows()[::9]:
            for typed in (row.name[:-1],):
                form, valid = read(typed=typed)
                lineage = {place.code for place in form.place.lineage()} if valid else set()
                went += [(typed, form.place.full_name)] if valid and not lineage & set(row.codes) else []
        assert went == []

    def test_a_place_that_kept_its_name_in_growing_is_asked_nothing(self):
        for typed in ("石狩", "いしかり", "恵庭", "登別"):
            assert read(typed=typed)[1], typed

    def test_a_place_of_today_is_asked_nothing(self):
        for typed in ("新ひだか町", "札幌市", "064-0941", "さいたま市浦和区", "倶知安町"):
            assert read(typed=typed)[1], typed

    def test_the_page_says_it_and_goes_on_with_yes(self, client):
        client.post("/navi/money/", {"typed": "静内町"})
        assert "いまの新ひだか町のことですか" in text_of(client.post("/navi/money/", {"typed": "静内町"}, follow=True))
        assert place_said(client, typed="静内町", chosen=SHINHIDAKA) == SHINHIDAKA


class TestTheWardOfACity:
    @pytest.fixture
    def by_ward(self):
        place = place_table.Place.objects.get(code=CHUO)
        registry.register_organisation(kind=Kind.SUPPORT_CENTRE, name="中央区の見本センター", serves=[place])

    def test_it_is_asked_where_a_ward_has_a_centre_of_its_own(self, by_ward):
        form, valid = read(typed="札幌市")
        assert not valid
        assert "札幌市では、区によって窓口がちがいます" in str(form.errors["ward"])
        assert [words for _code, words in form.fields["ward"].choices][:2] == ["中央区", "北区"]

    def test_the_ward_that_is_said_is_the_place(self, by_ward):
        form, valid = read(typed="札幌市", ward=KITA)
        assert valid
        assert form.place.code == KITA

    def test_whoever_does_not_know_goes_on_with_the_city(self, by_ward):
        form, valid = read(typed="札幌市", ward="unknown")
        assert valid
        assert form.place.code == SAPPORO

    def test_a_ward_that_is_written_is_not_asked_for(self, by_ward):
        form, valid = read(typed="札幌市北区北7条")
        assert valid
        assert form.place.code == KITA

    def test_where_one_centre_serves_the_whole_city_nobody_is_asked(self):
        assert read(typed="札幌市")[1]

    def test_another_citys_ward_is_refused(self, by_ward):
        form, valid = read(typed="札幌市", ward="141011")
        assert not valid
        assert "ward" in form.errors

    def test_after_a_former_name_the_ward_is_asked_too(self):
        place = place_table.Place.objects.get(code="111074")
        registry.register_organisation(kind=Kind.SUPPORT_CENTRE, name="浦和区の見本センター", serves=[place])
        form, valid = read(typed="浦和市", chosen="111007")
        assert not valid
        assert "さいたま市では" in str(form.errors["ward"])
        form, valid = read(typed="浦和市", chosen="111007", ward="111074")
        assert valid
        assert form.place.full_name == "埼玉県さいたま市浦和区"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "住所不定",
            "なし",
            "ホームレス",
            "車の中",
            "ネットカフェ",
            "ない",
            "ないです",
            "そと",
            "外",
            "家がない",
            "いえがない",
            "無",
        ),
        *(
            "none",
            "Homeless",
            "I have no address",
            "I don't have a home",
            "I sleep in my car",
            "札幌で車中泊しています",
        ),
    ],
)
def test_whoever_has_no_home_is_asked_where_they_stay(typed):
    form, valid = read(typed=typed)
    assert not valid
    assert "決まった住所がなくても、だいじょうぶです" in str(form.errors)
    assert form.place is None


class TestTheBeginningOfAName:
    @pytest.mark.parametrize(
        ("typed", "place"),
        [
            *(("いえ", "沖縄県伊江村"), ("そとがは", "青森県外ヶ浜町"), ("奈井", "北海道奈井江町")),
            *(("くっちゃ", "北海道倶知安町"), ("おとふ", "北海道音更町"), ("Kutcha", "北海道倶知安町")),
        ],
    )
    def test_it_is_asked_back_where_one_place_alone_begins_so(self, typed, place):
        form, valid = read(typed=typed)
        assert not valid
        assert form.place is None
        assert f"「{typed}」は、{place}のことですか" in str(form.errors)
        assert place in str(form["chosen"])

    @pytest.mark.parametrize(
        "typed", ["ないえ", "おたる", "江別", "Ebetsu", "Sapporo", "つし", "さっぽろ", "ほっかいどうえべつ"]
    )
    def test_a_whole_name_is_asked_nothing(self, typed):
        assert read(typed=typed)[1]

    def test_whoever_says_yes_is_understood(self):
        form, valid = read(typed="いえ", chosen="473154")
        assert valid
        assert form.place.full_name == "沖縄県伊江村"

    def test_the_page_asks_and_goes_on_with_yes(self, client):
        client.post("/navi/money/", {"typed": "くっちゃ"})
        page = text_of(client.post("/navi/money/", {"typed": "くっちゃ"}, follow=True))
        assert "「くっちゃ」は、北海道倶知安町のことですか" in page
        assert place_said(client, typed="くっちゃ", chosen="014001") == "014001"
