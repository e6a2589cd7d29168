"""Name, address, telephone and mail put right: both versions stay, the person is found anew, the second is told."""

import pytest
from django.urls import reverse

from foundation.crypto import data_keys
from foundation.errors import DomainError
from referrals.desk import case_file, corrections
from referrals.models import Person, PersonCorrection, PersonIndex
from referrals.person_index import found_by
from tests.factories.applications import OTARU, real_place
from tests.factories.cases import advance, case, fresh, referral, town
from tests.factories.members import caseworker, packer
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return town()


@pytest.fixture
def found(place, reading):
    return case(name="見本 花子", kana="みほん はなこ", phone="+819012345678", address="南1条西1-1")


def address_of(found):
    return reverse("desk:case_correct", args=[found.public_id])


def typed(client, found):
    forms = read(text(client.get(address_of(found))))[0]
    return next(form for form in forms if "why" in form.names).values


def test_what_was_corrected_stands_on_the_case_and_what_stood_before_on_its_timeline(place, found):
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {
        "phone": "０９０ー８７６５ー４３２１",
        "address": "北2条東2-2",
        "why": "電話できいた",
    }
    assert client.post(address_of(found), sent).status_code == 302
    person = Person.objects.get(pk=found.person_id)
    assert (person.phone, person.address, person.name) == ("+819087654321", "北2条東2-2", "見本 花子")
    entry = case_file.of(fresh(found)).timeline[0]
    assert (str(entry.text), entry.by) == ("名前・連絡先を直しました", "担当 一郎")
    assert "住所：南1条西1-1 → 北2条東2-2" in entry.note
    assert "電話：090-1234-5678 → 090-8765-4321" in entry.note
    assert "理由：電話できいた" in entry.note
    assert "名前：" not in entry.note
    assert found.application.phone == "+819012345678", "what was stated stays"


def test_the_person_is_found_by_what_stands_now_and_no_more_by_what_stood(place, found):
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"phone": "090-8765-4321", "kana": "みほん はなえ", "why": "ききまちがい"}
    client.post(address_of(found), sent)
    assert found_by(PersonIndex.Kind.PHONE, "+819087654321").get().person_id == found.person_id
    assert found_by(PersonIndex.Kind.KANA, "ミホンハナエ").exists()
    assert not found_by(PersonIndex.Kind.PHONE, "+819012345678").exists()


def test_the_second_of_two_is_told_who_was_first_and_sees_what_stands(place, found):
    first, second = signed_in(caseworker(place.desk, "先野 さき")), signed_in(place.caseworker)
    stale = typed(second, found) | {"phone": "090-1111-1111", "why": "電話できいた"}
    first.post(address_of(found), typed(first, found) | {"phone": "090-8765-4321", "why": "手紙できいた"})
    refused = second.post(address_of(found), stale)
    assert refused.status_code == 409
    assert "先野 さきが" in text(refused)
    assert "090-8765-4321" in text(refused)
    assert "090-1111-1111" in text(refused)
    assert Person.objects.get(pk=found.person_id).phone == "+819087654321"


def test_pressing_again_takes_nothing_back_that_the_other_put_right(place, found):
    first, second = signed_in(caseworker(place.desk, "先野 さき")), signed_in(place.caseworker)
    stale = typed(second, found) | {"address": "北2条東2-2", "why": "電話できいた"}
    first.post(address_of(found), typed(first, found) | {"phone": "090-8765-4321", "why": "手紙できいた"})
    again = next(form for form in read(text(second.post(address_of(found), stale)))[0] if "why" in form.names).values
    assert second.post(address_of(found), again).status_code == 302
    person = Person.objects.get(pk=found.person_id)
    assert (person.phone, person.address) == ("+819087654321", "北2条東2-2")


def test_a_double_click_corrects_once(place, found):
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"phone": "090-8765-4321", "why": "電話できいた"}
    assert [client.post(address_of(found), sent).status_code for _click in range(2)] == [302, 302]
    assert PersonCorrection.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"why": " "}, "なぜ直すのかを書いてください"),
        ({"why": "電話で"}, "変わったところがありません"),
        ({"why": "電話で", "address": ""}, "名前と住所は、空けられません"),
        ({"why": "電話で", "name": ""}, "名前を書いてください"),
        ({"why": "電話で", "phone": "123"}, "市外局番から書いて"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_changed(place, found, change, words):
    client = signed_in(place.caseworker)
    assert words in text(client.post(address_of(found), typed(client, found) | change))
    assert not PersonCorrection.objects.exists()


def test_who_works_with_what_stood_before_is_named(place, reading):
    found = referral(place).case
    client = signed_in(place.caseworker)
    done = client.post(address_of(found), typed(client, found) | {"name": "見本 次郎", "why": "電話で"}, follow=True)
    assert "窓口に電話で、直したところ（名前）を伝えてください" in text(done)


def test_packers_open_no_correction(place, found):
    assert signed_in(packer(place.desk)).get(address_of(found)).status_code == 404


def test_whoever_was_erased_is_not_written_anew(place, found):
    data_keys.destroy(found.person.data_key)
    with pytest.raises(DomainError, match="消去"):
        corrections.correct(
            case=fresh(found), now=dict.fromkeys(corrections.FIELDS, "x"), why="x", by=place.caseworker, seen=0
        )


def test_an_address_that_begins_with_another_town_is_asked_about(place, found):
    real_place(OTARU)
    client = signed_in(place.caseworker)
    page = client.post(address_of(found), typed(client, found) | {"why": "電話で", "address": "小樽市見本町1"})
    assert "住所に「小樽市」とありますが" in text(page)
    assert 'value="小樽市見本町1"' in text(page)
    client.post(address_of(found), typed(client, found) | {"why": "電話で", "address": "札幌市中央区見本町9"})
    assert PersonCorrection.objects.count() == 1


def test_a_street_that_is_called_like_a_town_is_an_address(place, found):
    real_place("016365")
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"why": "電話で", "address": "清水町1-2"}
    assert "下の「送り先は変わらない」にチェックを入れて" in text(client.post(address_of(found), sent))
    assert PersonCorrection.objects.count() == 0
    client.post(address_of(found), sent | {"is_here": "on"})
    assert Person.objects.get(pk=found.person_id).address == "清水町1-2"
    page = client.post(address_of(found), typed(client, found) | {"why": "電話で", "address": "上川郡清水町3"})
    assert "住所に「清水町」とありますが" in text(page)


@pytest.mark.parametrize("address", ["本人と同じ", "Same as above", "〒060-0042", "北海道札幌市中央区", "住民票の住所"])
def test_what_holds_nothing_that_can_be_an_address_is_none(place, found, address):
    client = signed_in(place.caseworker)
    page = client.post(address_of(found), typed(client, found) | {"why": "電話で", "address": address})
    assert "「同じ」や郵便番号だけでは届きません" in text(page)
    assert PersonCorrection.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "named"), [("青森県弘前上白銀町1-1", "青森県"), ("渋谷区神南1-1", "渋谷区"), ("岩手花巻市1", "花巻市")]
)
def test_another_prefecture_or_a_ward_of_tokyo_is_no_address_here(place, found, address, named):
    for code in ("131130", "032051", "022012"):
        real_place(code)
    client = signed_in(place.caseworker)
    page = client.post(address_of(found), typed(client, found) | {"why": "電話で", "address": address})
    assert f"住所に「{named}」とありますが" in text(page)
    assert PersonCorrection.objects.count() == 0


def test_another_city_behind_other_words_may_be_a_house_and_is_asked_about(place, found):
    real_place(OTARU)
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"why": "電話で", "address": "友人宅 小樽市見本町1"}
    page = client.post(address_of(found), sent)
    assert "下の「送り先は変わらない」にチェックを入れて" in text(page)
    assert 'value="友人宅 小樽市見本町1"' in text(page)
    assert PersonCorrection.objects.count() == 0
    assert client.post(address_of(found), sent | {"is_here": "on"}).status_code == 302
    assert Person.objects.get(pk=found.person_id).address == "友人宅 小樽市見本町1"


def test_the_packer_sees_what_was_put_right_after_the_box_got_its_label(place, found):
    table = signed_in(packer(place.desk))
    page = reverse("desk:parcel", args=[found.public_id])
    advance(found, "packed", by=place.caseworker)
    assert "直されています" not in text(table.get(page))
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"why": "電話で", "address": "北2条東2-2", "safe_times": "昼だけ"}
    client.post(address_of(found), sent)
    shown = text(table.get(page))
    assert "住所が直されています" in shown
    assert "北2条東2-2" in shown
    assert "南1条西1-1" not in shown


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("postcode", "999-9999", "郵便番号は見つかりませんでした"),
        ("address", "同上", "郵便番号だけでは届きません"),
        ("address", "前と同じです。", "郵便番号だけでは届きません"),
        ("kana", "", "ふりがなを、ひらがなかカタカナで書いてください"),
        ("kana", "佐藤", "ひらがなかカタカナで"),
    ],
)
def test_the_desk_refuses_what_the_public_form_refuses(place, found, field, value, words):
    client = signed_in(place.caseworker)
    page = text(client.post(address_of(found), typed(client, found) | {field: value, "why": "電話できいた"}))
    assert words in page
    assert f'value="{value}"' in page or not value
    assert not PersonCorrection.objects.exists()


@pytest.mark.parametrize(
    ("name", "kana", "kept"),
    [
        ("マリア＝テレサ", "マリア＝テレサ", "まりあ・てれさ"),
        ("見本 西", "ニシㇰ", "にしく"),
        ("さくら", "", "さくら"),
        ("John Sample", "", ""),
    ],
)
def test_the_desk_takes_the_readings_that_the_public_form_takes(place, found, name, kana, kept):
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"name": name, "kana": kana, "why": "電話できいた"}
    assert client.post(address_of(found), sent).status_code == 302
    assert Person.objects.get(pk=found.person_id).kana == kept


def test_what_stood_before_is_no_fault_of_whoever_corrects_something_else(place):
    old = case(name="見本 花子", kana="", postcode="9999999", address="同上")
    client = signed_in(place.caseworker)
    sent = typed(client, old) | {"phone": "090-8765-4321", "why": "電話できいた"}
    assert client.post(address_of(old), sent).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "〒047-0001 見本町1"}, "北海道小樽市のものです"),
        ({"address": "見本町1 〒047-0001"}, "北海道小樽市のものです"),
        ({"postcode": "047-0001"}, "北海道小樽市のものです"),
        ({"address": "〒999-9999 見本町1"}, "郵便番号は見つかりませんでした"),
        ({"address": "当別町太美町1-2"}, "住所に「当別町」とありますが"),
        ({"address": "友人宅 当別町太美町1-2"}, "住所に「当別町」とありますが"),
        ({"address": "小樽 花園1"}, "住所に「小樽市」とありますが"),
        ({"address": "北海道静内町本町1-2"}, "住所に「静内町」とありますが"),
        ({"address": "車中泊"}, "届けられる住所がない、と読めます"),
        ({"address": "なし"}, "届けられる住所がない、と読めます"),
        ({"address": "ネットカフェ"}, "届けられる住所がない、と読めます"),
    ],
)
def test_the_desk_asks_about_what_the_public_form_asks_about(place, found, change, words):
    for code in (OTARU, "013030", "016101"):
        real_place(code)
    client = signed_in(place.caseworker)
    page = text(client.post(address_of(found), typed(client, found) | change | {"why": "電話で"}))
    assert words in page
    assert f'value="{next(iter(change.values()))}"' in page
    assert not PersonCorrection.objects.exists()


def test_digits_that_are_no_postcode_of_here_stay_in_the_address(place, found):
    real_place(OTARU)
    client = signed_in(place.caseworker)
    client.post(address_of(found), typed(client, found) | {"why": "電話で", "address": "見本町1 047-0001"})
    person = Person.objects.get(pk=found.person_id)
    assert (person.address, person.postcode) == ("見本町1 047-0001", found.person.postcode)
