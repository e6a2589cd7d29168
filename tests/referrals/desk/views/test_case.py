"""A case's page and its moves: everything in its place, two people at once, nothing typed lost."""

import pytest
from django.urls import reverse

from foundation import clock
from foundation.models import AccessRecord
from organisations.roles import Role
from outreach.models import ApplicationAddendum
from referrals import notes
from referrals.desk import casework
from referrals.handoff import replies, sending
from referrals.models import CaseNote, CaseTransition
from referrals.states import CaseStatus
from tests.factories.applications import OTARU, desk_in
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker, counsellor, member, packer
from tests.referrals.desk_pages import counting, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
FULL = {
    "name": "見本 花子", "kana": "みほん はなこ", "food_days": "none", "people_count": 3, "children_ages": [2, 5],
    "baby_needs": ["milk"], "cannot_eat": ["allergy"], "cannot_eat_note": "卵とそば", "cooking": "microwave",
    "lifelines_cut": ["gas"], "household_type": "single_parent", "income": "lost_job", "in_debt": "yes",
    "debt_kinds": ["consumer_finance"], "someone_to_consult": "no", "bodies": ["medical"], "troubles": ["money"],
    "safe_times": "平日の午前だけ", "passphrase": "あおいとり", "email": "mihon@example.org",
    "reach_by": ["sms", "phone"],
}  # fmt: skip


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def page(found):
    return reverse("desk:case", args=[found.public_id])


def press(desk, found, what, *, follow=True, **typed):
    typed = {"seen": found.version, **typed}
    return desk.post(reverse("desk:case_move", args=[found.public_id]), {"move": what, **typed}, follow=follow)


class TestThePage:
    def test_shows_who_it_is_and_what_was_stated(self, desk):
        found = case(**FULL)
        shown = text(desk.get(page(found)))
        for words in (
            found.application.receipt_number, "見本 花子", "みほん はなこ", "札幌市中央区", "今日食べるものがない",
            "3人", "2歳、5歳", "粉ミルク", "卵とそば", "お湯や電子レンジなら使える", "ガス", "減収・離職",
            "仕事をなくした", "消費者金融", "初回利用", "相談できる人がいない", "病院・保健所", "お金のこと",
            "平日の午前だけ", "あおいとり", "mihon@example.org", "ショートメッセージ",
        ):  # fmt: skip
            assert words in shown, words

    def test_speaks_of_the_household_in_the_words_of_staff(self, desk):
        shown = text(desk.get(page(case(household_type="single_parent"))))
        assert "ひとり親と子" in shown
        assert "ひとり親と子ども" not in shown

    def test_does_not_carry_the_name_into_the_title(self, desk):
        shown = text(desk.get(page(case(name="見本 花子"))))
        assert "見本" not in shown[shown.index("<title>") : shown.index("</title>")]

    def test_says_loudly_that_nobody_may_telephone(self, desk):
        found = case(cannot_telephone=True, phone="+819012345678", reach_by=["letter"])
        shown = text(desk.get(page(found)))
        assert "電話は使えません" in shown
        assert 'href="tel:' not in shown
        assert 'href="tel:' in text(desk.get(page(case(phone="+819012345678"))))

    def test_makes_no_call_link_of_a_number_for_messages(self, desk):
        shown = text(desk.get(page(case(phone="+819012345678", reach_by=["sms"]))))
        assert "090-1234-5678" in shown
        assert "電話はしないでください。SMSだけ" in shown
        assert 'href="tel:' not in shown
        both = text(desk.get(page(case(phone="+819012345678", reach_by=["phone", "sms"]))))
        assert 'href="tel:' in both
        assert "電話はしないでください" not in both

    def test_marks_a_helpers_application_and_that_consent_is_the_persons(self, desk):
        helped = case(applying_for="other", helper_name="見本 太郎", helper_relation="兄", helper_phone="+819011112222")
        shown = text(desk.get(page(helped)))
        for words in ("代わりの方からの申込み", "見本 太郎", "兄", "090-1111-2222", "本人に直接たしかめ"):
            assert words in shown
        assert "代わりの方からの申込み" not in text(desk.get(page(case())))

    def test_names_who_supports_the_person_where_word_goes_through_them(self, desk):
        said = {"helper_name": "見本 太郎", "helper_relation": "民生委員", "helper_phone": "+819011112222"}
        shown = text(desk.get(page(case(reach_by=["supporter"], **said))))
        for words in ("支援している人", "見本 太郎（民生委員）", "090-1111-2222"):
            assert words in shown
        assert "代わりの方からの申込み" not in shown

    def test_shows_what_the_person_added(self, desk):
        found = case()
        ApplicationAddendum.objects.create(
            application=found.application, data_key=found.person.data_key, added_at=clock.now(),
            own_words="夜ねむれない", interpreter="ベトナム語", public_assistance="applying",
        )  # fmt: skip
        shown = text(desk.get(page(found)))
        for words in ("夜ねむれない", "ベトナム語", "申請している・相談している"):
            assert words in shown

    def test_shows_consents_withdrawn_ones_too_with_who_wrote_them_down(self, desk, place):
        found = case(consenting=place.centre)
        with clock.at(clock.now()):
            consent(found, place.centre, by=place.caseworker, fields=["name", "reach"], hear_result=False)
        shown = text(desk.get(page(found)))
        for words in (
            "いまの同意",
            "以前の記録",
            "同意の撤回",
            "本人が画面で",
            "電話で読みあげて",
            "書きとった人 担当 一郎",
        ):
            assert words in shown

    def test_shows_referrals_parcels_and_notes(self, desk, place):
        sent = referral(place, status="accepted")
        found = advance(sent.case, "sent", by=place.caseworker)
        notes.write_note(case=found, text="午前中ならつながる", by=place.caseworker)
        shown = text(desk.get(page(found)))
        for words in (sent.number, "引き受け", "米 2kg、缶詰 3個", "5.2kg", "1234-5678-9012", "午前中ならつながる"):
            assert words in shown

    @pytest.mark.parametrize(
        ("status", "action"),
        [
            ("received", "確認をはじめる"), ("in_review", "発送を決める"), ("approved", "箱づめへ進む"),
            ("packed", "発送を記録する"), ("sent", "お届けを記録する"), ("delivered", "ケースを終える"),
        ],
    )  # fmt: skip
    def test_offers_one_next_step(self, desk, place, status, action):
        shown = text(desk.get(page(case(status=status, by=place.caseworker))))
        section = shown[shown.index('id="next"') : shown.index('id="contact"')]
        assert section.count("btn-primary") == 1
        assert action in section

    @pytest.mark.parametrize("status", ["closed", "declined", "withdrawn", "duplicate"])
    def test_offers_none_when_it_is_over_but_says_why(self, desk, place, status):
        found = case(status=status, by=place.caseworker)
        shown = text(desk.get(page(found)))
        assert found.get_end_reason_display() in shown
        assert 'value="end"' not in shown

    def test_says_that_a_referral_came_back_before_anything_else(self, desk, place):
        sent = referral(place, status="declined")
        shown = text(desk.get(page(sent.case)))
        section = shown[shown.index('id="next"') : shown.index('id="contact"')]
        assert "つなぎが戻ってきました" in section
        assert reverse("desk:referral", args=[sent.public_id]) in section

    def test_reminds_of_a_wish_that_nobody_has_acted_on(self, desk, place):
        words = "本人は、窓口からの連絡を希望しています（同意あり）"
        found = case(consenting=place.centre)
        assert words in text(desk.get(page(found)))
        sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=1)
        assert words not in text(desk.get(page(found)))
        assert words not in text(desk.get(page(case(hand_off_wish="call_me"))))

    def test_a_later_word_is_told_beside_what_was_answered_in_the_form(self, desk, place):
        found = case(hand_off_wish="not_now")
        consent(found, place.centre, by=place.caseworker)
        shown = text(desk.get(page(found)))
        assert "窓口に伝える同意があります（申込みのときの希望は「今はいい」）。まだ、つないでいません。" in shown

    def test_says_what_is_left_to_do_after_the_wrong_centre(self, desk, place):
        found = fresh(referral(place, status="entered_in_error").case)
        shown = text(desk.get(page(found)))
        assert "見本の相談窓口へのつなぎは、つなぎ先のまちがいとして止めました" in shown
        assert "引っこした方は、いまの町で申しこみなおします" in shown
        again = text(desk.get(reverse("desk:referral_new", args=[found.public_id])))
        assert "つなぎ先のまちがいとして止めてあります" in again
        other = case(consenting=place.centre)
        assert "まちがいとして" not in text(desk.get(reverse("desk:referral_new", args=[other.public_id])))

    def test_says_that_a_consent_to_less_is_not_yet_acted_on(self, desk, place):
        sent = referral(place, status="closed")
        consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"])
        shown = text(desk.get(page(sent.case)))
        assert "見本の相談窓口に伝える内容をへらして同意しなおしました。前に伝えた内容は閉じました" in shown


class TestMoves:
    @pytest.mark.parametrize(
        ("what", "status", "said"),
        [("start_review", "in_review", "確認をはじめました。"), ("approve", "approved", "発送を決めました。")],
    )
    def test_a_button_moves_the_case_and_says_so(self, desk, place, what, status, said):
        found = case()
        response = press(desk, found, what)
        assert fresh(found).status == status
        assert CaseTransition.objects.filter(subject=found).last().by == place.caseworker
        assert said in text(response)

    def test_ending_needs_a_reason_and_keeps_the_note(self, desk):
        found = case()
        response = press(desk, found, "end", end="", note="電話がつながらない")
        assert response.status_code == 200
        assert "理由を選んでください" in text(response)
        assert "電話がつながらない</textarea>" in text(response)
        assert fresh(found).status == "received"
        press(desk, found, "end", end="declined.cannot_reach", note="電話がつながらない")
        assert (fresh(found).status, fresh(found).end_reason) == ("declined", "cannot_reach")
        assert CaseNote.objects.get().text == "電話がつながらない"

    def test_other_without_words_is_asked_for_them(self, desk):
        found = case()
        response = press(desk, found, "end", end="declined.other", note="")
        assert "理由をメモに書いてください" in text(response)
        assert 'value="declined.other" selected' in text(response)

    def test_only_ends_that_may_follow_are_offered(self, desk, place):
        shown = text(desk.get(page(case(status="delivered", by=place.caseworker))))
        assert "closed.delivered" in shown
        assert "declined.no_stock" not in shown

    def test_a_refusal_says_what_to_do_and_keeps_what_was_chosen(self, desk, place):
        sent = referral(place)
        response = press(desk, fresh(sent.case), "end", end="withdrawn.not_needed", note="もういらない")
        assert response.status_code == 200
        assert "つなぎが続いています" in text(response)
        assert "もういらない</textarea>" in text(response)

    def test_what_is_asked_back_of_the_hand_off_is_a_tick_beside_it(self, desk, place):
        found = case(consenting=place.centre)
        assert "つなぎは続ける" not in text(desk.get(page(found)))
        response = press(desk, found, "end", end="declined.no_stock", note="米が足りない")
        assert "先に窓口につないでください" in text(response)
        assert "米が足りない</textarea>" in text(response)
        press(desk, found, "end", end="declined.no_stock", note="", without_hand_off="on")
        assert fresh(found).status == "declined"
        assert "食品が足りない／窓口にはつながずに" in text(desk.get(page(found)))
        assert "つながずに終える" not in text(desk.get(page(case())))

    def test_the_box_alone_can_be_stopped_while_the_centre_works_on(self, desk, place):
        found = fresh(referral(place, status="accepted").case)
        assert "つながずに終える" not in text(desk.get(page(found)))
        press(desk, found, "end", end="withdrawn.not_needed", note="", hand_off_goes_on="on")
        assert fresh(found).status == "withdrawn"
        assert "荷物だけ。つなぎは続けて" in text(desk.get(page(found)))

    def test_a_note_is_kept_and_an_empty_one_is_not(self, desk):
        found = case()
        assert "メモが空です" in text(press(desk, found, "note", text="  "))
        assert "午前に電話" in text(press(desk, found, "note", text="午前に電話"))
        assert CaseNote.objects.count() == 1

    def test_a_note_that_is_too_long_comes_back_whole_and_lines_count_once(self, desk):
        found = case()
        shown = text(press(desk, found, "note", text="長" * 4001))
        assert "長" * 4001 in shown
        assert "いま4001文字" in shown
        press(desk, found, "note", text="\r\n".join(["長"] * 2000))
        assert CaseNote.objects.get().text == "\n".join(["長"] * 2000)

    @pytest.mark.parametrize("what", ["", "approve_all", "delivered"])
    def test_an_unknown_button_changes_nothing(self, desk, what):
        found = case()
        assert press(desk, found, what).status_code == 200
        assert fresh(found).version == 1

    def test_a_page_without_the_version_is_not_acted_on(self, desk):
        found = case()
        for seen in ("", "x"):
            response = press(desk, found, "approve", seen=seen)
            assert "もう一度押してください" in text(response)
        assert fresh(found).status == "received"

    def test_looking_is_not_moving(self, desk):
        found = case()
        address = reverse("desk:case_move", args=[found.public_id])
        assert desk.get(address).headers["Location"] == page(found)
        assert fresh(found).version == 1


class TestTwoAtOnce:
    def test_the_second_is_told_who_did_what_when_and_keeps_what_was_typed(self, desk, place):
        found = case()
        casework.approve(case=fresh(found), by=caseworker(place.desk, "担当 二郎"), seen=1)
        response = press(desk, found, "end", end="declined.no_stock", note="米が足りない")
        shown = text(response)
        assert response.status_code == 409
        for words in ("担当 二郎", "発送決定", "米が足りない</textarea>", "いまの状態を出しています"):
            assert words in shown
        assert f'name="seen" value="{fresh(found).version}"' in shown
        assert fresh(found).status == "approved"

    def test_what_was_typed_stays_even_when_the_form_is_gone(self, desk, place):
        found = case()
        second = caseworker(place.desk, "担当 二郎")
        casework.end(case=fresh(found), to="duplicate", reason="same_application", by=second, seen=1)
        response = press(desk, found, "end", end="declined.no_stock", note="米が足りない")
        assert response.status_code == 409
        assert "米が足りない</textarea>" in text(response)
        assert "担当 二郎" in text(response)

    def test_a_note_is_no_collision(self, desk, place):
        found = case()
        casework.approve(case=fresh(found), by=caseworker(place.desk), seen=1)
        assert press(desk, found, "note", text="午前に電話").status_code == 200
        assert CaseNote.objects.get().text == "午前に電話"

    @pytest.mark.parametrize(
        ("what", "typed"),
        [
            ("start_review", {}), ("approve", {}), ("note", {"text": "電話した"}),
            ("end", {"end": "declined.other", "note": "電話した"}),
        ],
    )  # fmt: skip
    def test_a_double_click_is_done_once_and_is_no_error(self, desk, what, typed):
        found = case()
        responses = [press(desk, found, what, **typed) for _ in range(2)]
        assert [response.status_code for response in responses] == [200, 200]
        assert "できませんでした" not in text(responses[1])
        assert fresh(found).version <= 2
        assert CaseNote.objects.count() == len(typed.get("text", typed.get("note", "")) and [1])

    def test_the_same_by_somebody_else_is_told(self, desk, place):
        found = case()
        casework.approve(case=fresh(found), by=caseworker(place.desk, "担当 二郎"), seen=1)
        response = press(desk, found, "approve")
        assert response.status_code == 409
        assert "担当 二郎" in text(response)


class TestWhoSees:
    """Of another desk, and of those who have no business here, not even that there is such a case."""

    def addresses(self, found, sent):
        of_case = ["case", "case_move", "parcel", "consent", "consent_withdraw", "referral_new"]
        of_referral = ["referral", "referral_reply", "referral_follow_up", "referral_told", "referral_wrong_centre"]
        of_referral += ["referral_tell_person"]
        of_referral += ["referral_sheet", "referral_hold", "referral_resume", "referral_take_back"]
        return [reverse(f"desk:{name}", args=[found.public_id]) for name in of_case] + [
            reverse(f"desk:{name}", args=[sent.public_id]) for name in of_referral
        ]

    def attacked(self, by, found, sent):
        client = signed_in(by)
        codes = set()
        for address in self.addresses(found, sent):
            for answer in (client.get(address), client.post(address, {"seen": 1, "move": "approve"})):
                codes.add(answer.status_code)
                assert "見本 花子" not in text(answer)
        return codes - {405}  # a POST where nobody may post, said before anything is looked up

    def test_no_member_of_another_desk_on_any_address(self, place):
        elsewhere = desk_in(OTARU, name="小樽フードバンク")
        sent = referral(place, name="見本 花子")
        found = advance(sent.case, "approved", by=place.caseworker)
        for by in (caseworker(elsewhere), member(Role.DESK_COORDINATOR, at=elsewhere), packer(elsewhere)):
            assert self.attacked(by, found, sent) == {404}
        assert fresh(found).status == "approved"

    def test_no_counsellor_manager_editor_or_administrator(self, place):
        sent = referral(place, name="見本 花子")
        for by in (
            counsellor(place.centre), member(Role.PROGRAMME_MANAGER, at=place.desk),
            member(Role.DIRECTORY_EDITOR, at=place.desk), member(Role.ADMINISTRATOR, at=place.desk), member(),
        ):  # fmt: skip
            assert self.attacked(by, sent.case, sent) == {404}

    def test_a_packer_of_the_desk_sees_the_parcel_and_nothing_else(self, place):
        sent = referral(place)
        found = advance(sent.case, "approved", by=place.caseworker)
        client = signed_in(packer(place.desk))
        for address in self.addresses(found, sent):
            expected = 200 if address.endswith("/parcel/") else 404
            assert client.get(address).status_code == expected, address

    def test_an_identifier_that_does_not_exist(self, desk):
        for public_id in ("x", "A" * 22, "1"):
            assert desk.get(reverse("desk:case", args=[public_id])).status_code == 404

    def test_whoever_was_signed_out_does_nothing(self, client, place):
        found = case()
        response = client.post(reverse("desk:case_move", args=[found.public_id]), {"move": "approve", "seen": 1})
        assert "/sign-in/" in response.headers["Location"]
        assert fresh(found).status == CaseStatus.RECEIVED


def test_opening_it_leaves_one_access_record_of_the_person(desk, place):
    found = case()
    desk.get(page(found))
    record = AccessRecord.objects.get(purpose="desk:case")
    assert record.keys == [found.person.data_key.public_id]
    assert (record.member_id, record.organisation_id) == (place.caseworker.pk, place.desk.pk)


def test_takes_at_most_thirteen_queries_however_much_happened(desk, place):
    def taken(found):
        with counting() as queries:
            assert desk.get(page(found)).status_code == 200
        return queries

    short = taken(case())
    found = referral(place, status="declined").case
    for number in range(8):
        notes.write_note(case=fresh(found), text=f"メモ {number}", by=caseworker(place.desk))
        consent(fresh(found), place.centre, by=caseworker(place.desk), hear_result=bool(number % 2))
        again = fresh(found)
        sent = sending.send(case=again, centre=place.centre, way="telephone", by=place.caseworker, seen=again.version)
        replies.record_reply(referral=sent, to="declined", reason="full", by=place.caseworker, seen=sent.version)
        ApplicationAddendum.objects.create(
            application=found.application, data_key=again.person.data_key, added_at=clock.now(), own_words="もっと"
        )
    advance(found, "sent", by=place.caseworker)
    long = taken(found)
    assert len(long) == len(short) <= 13
