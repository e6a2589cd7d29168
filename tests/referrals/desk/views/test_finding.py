"""Finding a case by what somebody says on the telephone: at the member's own desk, and without a trace of the words."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from foundation.models import AccessRecord
from referrals import same_person
from referrals.desk import corrections, finding
from referrals.models import Parcel
from tests.factories.applications import OTARU, desk_in
from tests.factories.cases import advance, case, referral, town
from tests.factories.members import packer
from tests.factories.referrals import handed_off, portal_centre
from tests.referrals.desk_pages import counting, signed_in, text

pytestmark = pytest.mark.django_db
HELPED = {"reach_by": ["supporter"], "helper_name": "支援 助", "helper_phone": "+819087654321"}
FIND, QUEUE = reverse("desk:find"), reverse("desk:queue")


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


@pytest.fixture
def found(place):
    return case(name="髙橋 花子", kana="たかはし はなこ", phone="+819012345678", email="hana@example.org")


def find(desk, words):
    return desk.post(FIND, {"text": words})


@pytest.mark.parametrize(
    "words",
    [
        "090-1234-5678", "０９０１２３４５６７８", "+81 90 1234 5678", "090 1234 5678",
        "高橋 花子 様", "高橋花子さん", "タカハシハナコさん", "高橋 花子　090-1234-5678",
        "高橋花子090-1234-5678", "090-1234-5678（たかはし はなこ）",
        "高橋 花子 hana@example.org", "知らない 名前 090-1234-5678", "高橋 花子 090-0000-9999",
        "高橋花子", "髙橋　花子", "タカハシ ハナコ", "たかはしはなこ", "ﾀｶﾊｼ ﾊﾅｺ", "たかはし", "Hana@example.org",
    ],
)  # fmt: skip
def test_leads_to_the_case_however_it_is_said(desk, found, words):
    case(name="見本 太郎", kana="みほん たろう", phone="+819011112222")
    assert find(desk, words).headers["Location"] == reverse("desk:case", args=[found.public_id])


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"name": "髙橋 花子"}, ["高橋さん", "高橋", "花子", "花子さん", "花子 高橋", "高橋　花子さん"]),
        ({"name": "髙橋花子"}, ["高橋さん", "花子", "花子 高橋"]),
        ({"name": "髙橋花子", "kana": "たかはし はなこ"}, ["はなこ", "タカハシさん", "はなこ たかはし"]),
        ({"name": "Nguyễn Văn Anh", "kana": ""}, ["Anh Nguyen", "Van Anh Nguyen", "NGUYEN"]),
        ({"name": "鰺坂 壷", "kana": "おおの さとー"}, ["鯵坂 壺", "おうの さとう", "オーノ サトー", "おおのさん"]),
        ({"name": "见本 陈", "kana": ""}, ["陳"]),
        (HELPED, ["支援 助", "支援さん", "090-8765-4321", "支援 助 090-8765-4321"]),
    ],
)  # fmt: skip
def test_leads_to_the_case_by_a_part_of_a_name_in_any_order_by_its_sound_and_by_a_helper(desk, stated, words):
    found = case(**stated)
    case(name="見本 太郎", kana="みほん たろう", phone="+819011112222")
    for said in words:
        assert find(desk, said).headers["Location"] == reverse("desk:case", args=[found.public_id]), said


def test_a_whole_name_comes_before_whoever_bears_a_part_of_it(desk, found):
    case(name="髙橋 次郎", kana="たかはし じろう")
    assert find(desk, "高橋 花子").headers["Location"] == reverse("desk:case", args=[found.public_id])
    assert "tab=found" in find(desk, "高橋").headers["Location"]
    assert "見つかりませんでした" in text(find(desk, "高橋 三郎"))


def test_what_stood_before_a_correction_still_leads_to_the_case(place, desk, found, reading):
    now = corrections.stands(found) | {"name": "見本 花", "kana": "みほん はな", "phone": "+819087654321", "email": ""}
    corrections.correct(case=found, now=now, why="電話できいた", by=place.caseworker, seen=0)
    for words in ("090-1234-5678", "090-8765-4321", "高橋 花子", "たかはし はなこ", "hana@example.org", "見本 花"):
        assert find(desk, words).headers["Location"] == reverse("desk:case", args=[found.public_id]), words
    assert same_person.of(case(phone="+819012345678").person.cases.get()) == []


@pytest.mark.parametrize("words", ["1234-5678-9012", "123456789012", "送り状番号 １２３４５６７８９０１２ です"])
@pytest.mark.parametrize("kept", ["1234-5678-9012", "123456789012", "1234 5678 9012"])
def test_the_number_of_a_box_leads_to_its_case(desk, found, words, kept):
    sent = advance(found, "sent").parcels.get()
    Parcel.objects.filter(pk=sent.pk).update(tracking_number=kept)
    assert find(desk, words).headers["Location"] == reverse("desk:case", args=[found.public_id])


@pytest.mark.parametrize("written", ["{}です", "受付番号{}", "{}さん", "No.{}"])
def test_a_number_is_read_with_words_around_it(desk, place, found, written):
    sent = referral(place)
    to = {found.application.receipt_number: ("case", found), sent.number: ("referral", sent)}
    for number, (page, of) in to.items():
        for one in (number, number.replace("-", "")):
            led = find(desk, written.format(one))
            assert led.headers["Location"] == reverse(f"desk:{page}", args=[of.public_id])


def test_a_number_that_is_given_out_to_nobody_is_found_all_the_same(desk):
    fictitious = case(phone="+819000000159")
    for words in ("090-0000-0159", "09000000159"):
        assert find(desk, words).headers["Location"] == reverse("desk:case", args=[fictitious.public_id])


def test_of_one_number_in_a_family_the_name_beside_it_decides(desk, found):
    case(name="髙橋 次郎", kana="たかはし じろう", phone="+819012345678")
    assert find(desk, "高橋 花子 090-1234-5678").headers["Location"] == reverse("desk:case", args=[found.public_id])
    assert "tab=found" in find(desk, "090-1234-5678").headers["Location"]


def test_whose_name_ends_like_a_form_of_address_is_found_too(desk):
    named = case(name="見本 君", kana="みほん くん", phone="+819011112222")
    for words in ("見本 君", "見本 君 様", "みほん くん"):
        assert find(desk, words).headers["Location"] == reverse("desk:case", args=[named.public_id])


def test_a_receipt_number_is_found_beside_a_name(desk, found):
    case(name="髙橋 花子", kana="たかはし はなこ")
    words = f"{found.application.receipt_number} 高橋 花子"
    assert find(desk, words).headers["Location"] == reverse("desk:case", args=[found.public_id])


def test_a_receipt_number_leads_to_the_case_however_it_is_written(desk, found):
    number = found.application.receipt_number
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number.replace("-", "").lower())
    for written in (number, number.lower(), number.replace("-", ""), wide, f" {number} "):
        assert find(desk, written).headers["Location"] == reverse("desk:case", args=[found.public_id])


def test_the_number_of_a_referral_leads_to_the_referral(desk, place):
    sent = referral(place)
    assert find(desk, sent.number).headers["Location"] == reverse("desk:referral", args=[sent.public_id])


def test_several_are_listed_and_only_they(desk, place, found):
    ended = case(name="髙橋 花子", kana="たかはし はなこ", status="declined", by=place.caseworker)
    case(name="見本 太郎", kana="みほん たろう")
    listed = desk.get(find(desk, "高橋 花子").headers["Location"])
    assert set(listed.context["page"].items) == {found, ended}
    record = AccessRecord.objects.get(purpose="desk:queue")
    assert set(record.keys) == {one.person.data_key.public_id for one in (found, ended)}


def test_what_was_typed_stands_in_no_address_and_in_no_session(desk, place, found):
    case(name="髙橋 花子", kana="たかはし はなこ")
    led = find(desk, "高橋 花子")
    assert led.headers["Location"] == f"{reverse('desk:queue')}?tab=found"
    for session in Session.objects.all():
        assert "高橋" not in str(session.get_decoded())


@pytest.mark.parametrize("words", ["K7Q3-9MXX", "だれか 知らない", "090-9999-8888", "110"])
def test_what_leads_nowhere_is_said_and_stays_in_the_box(desk, found, words):
    shown = text(find(desk, words))
    assert "見つかりませんでした" in shown
    assert f'value="{words}"' in shown


def test_an_empty_box_is_asked_about(desk):
    assert "どれかを書いてください" in text(find(desk, " "))


def test_nobody_of_another_desk_is_known_here(desk, place):
    desk_in(OTARU, name="小樽フードバンク")
    theirs = case(place_code=OTARU, name="髙橋 花子", kana="たかはし はなこ", phone="+819012345678")
    for words in ("高橋 花子", "たかはし", "090-1234-5678", theirs.application.receipt_number):
        assert "見つかりませんでした" in text(find(desk, words))


def test_nor_is_a_referral_of_another_desk_by_its_number(desk, place):
    desk_in(OTARU, name="小樽フードバンク")
    sent = handed_off(portal_centre(OTARU), place_code=OTARU)
    assert "見つかりませんでした" in text(find(desk, sent.number))


def test_the_newest_come_first_and_of_very_many_the_rest_is_said(place, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    made = [case(name="髙橋 花子", kana="たかはし はなこ") for _ in range(3)]
    finds = finding.find(place.caseworker, "高橋 花子")
    assert (finds.cases, finds.more) == (made[::-1], False)
    made.append(case(name="髙橋 花子", kana="たかはし はなこ"))
    finds = finding.find(place.caseworker, "高橋 花子")
    assert (finds.cases, finds.more) == (made[:0:-1], True)


def test_no_more_are_listed_than_can_be_looked_through():
    assert finding.MOST <= 50


def test_a_list_shows_nothing_of_a_desk_one_works_at_no_more(desk, place, found):
    case(name="髙橋 花子", kana="たかはし はなこ")
    listed = find(desk, "高橋 花子").headers["Location"]
    place.caseworker.role_grants.all().delete()
    assert desk.get(listed).status_code == 404


def test_packers_find_nobody(place, found):
    assert find(signed_in(packer(place.desk)), "高橋 花子").status_code == 404


def test_takes_the_same_queries_however_many_there_are(desk, place, found):
    def taken(words):
        with counting() as queries:
            find(desk, words)
        return len(queries)

    few = taken("たかはし")
    for _ in range(8):
        case(name="髙橋 花子", kana="たかはし はなこ")
    desk.get(reverse("desk:queue"))
    assert abs(taken("たかはし") - few) <= 2, "a session that is written, no query for each"
    assert taken("たかはし") <= 12


def test_what_was_looked_for_when_the_sign_in_had_ended_is_in_the_box_again(place, desk, found):
    place.caseworker.set_password("kaku-no-nagai-kotoba")
    place.caseworker.save()
    desk.force_login(place.caseworker)
    desk.get(QUEUE)
    del desk.cookies["sessionid"]
    assert "sign-in" in find(desk, "髙橋 花子").url
    sign_in = {"login": place.caseworker.email, "password": "kaku-no-nagai-kotoba", "next": FIND}
    page = desk.post(reverse("account_login"), sign_in, follow=True)
    assert 'value="髙橋 花子"' in page.content.decode()
