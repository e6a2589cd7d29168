"""The person's own page: where it stands, who was told, and the way out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from foundation import access, clock
from foundation.identifiers import new_secret
from foundation.models import AccessRecord
from outreach.application import submission
from outreach.models import Application, ApplicationAddendum
from referrals.desk import casework, parcels
from referrals.handoff import consents, replies, sending
from referrals.models import Case, ConsentEntry, Referral
from referrals.models.referral import Way
from referrals.states import CaseStatus, EndReason, ReferralStatus
from tests import forms
from tests.factories import applications, members, referrals
from tests.factories.applications import StatementFactory

S = ReferralStatus
C = CaseStatus
pytestmark = pytest.mark.django_db

NAME = "見本 めじるし"
STATED = {"name": NAME, "kana": "みほん めじるし", "phone": "+819011112222", "address": "目印町9丁目"}


def hand_in(**answers) -> tuple[Case, str]:
    """An application and the secret of its page."""
    secret = new_secret()
    if not submission.catchment.desk_for(applications.real_place()):
        applications.desk_in(opening_hours="平日 10時〜16時")
    with access.scope(actor="test", purpose="handing in"):
        receipt = submission.submit_application(
            statement=StatementFactory(**{**STATED, **answers}), submission_key=secret[::-1], page_secret=secret
        )
    return receipt.application.case, secret


def refer(case, centre, *, to=S.SENT, way=Way.PORTAL) -> Referral:
    with access.scope(actor="test", purpose="handing off"):
        worker = members.caseworker(case.desk)
        referral = sending.send(case=case, centre=centre, way=way, by=worker, seen=case.version)
        referrals.deliver_outbox()
        referrals.move_on(referral, to=to, by=members.counsellor(centre))
    return referral


def page_of(secret):
    return reverse("person:page", args=[secret])


def withdraw_of(secret):
    return reverse("person:withdraw_consent", args=[secret])


def text_of(response):
    return response.content.decode()


def open_text_of(response):
    """What stands on the page without opening anything folded."""
    return re.sub(r"<details.*?</details>", "", text_of(response), flags=re.DOTALL)


# --- where it stands -------------------------------------------------------------------------------------------


def test_the_page_says_where_it_stands_the_number_and_whom_to_call(client):
    case, secret = hand_in()
    shown = text_of(client.get(page_of(secret)))
    assert "申込みを受けとりました" in shown
    assert case.application.receipt_number in shown
    assert "tel:0110000001" in shown


def test_each_step_changes_the_words(client):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)

    def words():
        return open_text_of(client.get(page_of(secret)))

    casework.start_review(case=case, by=worker, seen=case.version)
    assert "担当者が申込みを読んでいます" in words()
    casework.approve(case=case, by=worker, seen=case.version)
    assert "送ることが決まりました" in words()
    parcel = parcels.pack(case=case, contents="米", by=worker, seen=case.version)
    assert "箱につめました" in words()
    parcels.send(parcel=parcel, by=worker, seen=case.version, tracking_number="1234-5678")
    assert "食べものを送りました" in words()
    assert "1234-5678" in words()
    parcels.deliver(parcel=parcel, by=worker, seen=parcel.case.version)
    assert "届けました" in words()


def test_a_declined_application_shows_other_windows(client, centre):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)
    casework.end(case=case, to=C.DECLINED, reason=EndReason.NO_STOCK, by=worker, seen=case.version)
    shown = text_of(client.get(page_of(secret)))
    assert "今回は送れません。ほかの窓口はこちらです。" in shown
    assert centre.name in shown
    assert reverse("outreach:front") in shown
    assert "食品が足りない" not in shown


def test_an_end_as_duplicate_tells_nobody_that_the_person_is_known(client):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)
    casework.end(case=case, to=C.DUPLICATE, reason=EndReason.SAME_APPLICATION, by=worker, seen=case.version)
    shown = text_of(client.get(page_of(secret)))
    assert "この申込みは終わりました" in shown
    assert "重複" not in shown
    assert "同じ申込み" not in shown


@pytest.mark.parametrize("end", [C.DECLINED, C.WITHDRAWN, C.DUPLICATE])
def test_after_an_end_without_a_parcel_no_page_promises_food(client, centre, end):
    reason = {
        C.DECLINED: EndReason.NO_STOCK, C.WITHDRAWN: EndReason.NOT_NEEDED, C.DUPLICATE: EndReason.SAME_APPLICATION,
    }[end]  # fmt: skip
    case, secret = hand_in(consenting=centre)
    addresses = [page_of(secret), withdraw_of(secret), reverse("person:addendum", args=[secret])]
    assert all("食べものは届きます" in text_of(client.get(address)) for address in addresses)
    worker = members.caseworker(case.desk)
    casework.end(case=case, to=end, reason=reason, by=worker, seen=case.version)
    assert not any("食べものは届きます" in text_of(client.get(address)) for address in addresses)


# --- who looks over the shoulder ---------------------------------------------------------------------------------


def test_what_was_stated_is_folded_away(client):
    _case, secret = hand_in()
    response = client.get(page_of(secret))
    assert NAME in text_of(response)
    for stated in (NAME, "めじるし", "090-1111-2222", "目印町"):
        assert stated not in open_text_of(response)


def test_what_was_said_of_a_supporter_can_be_read_again(client):
    said = {"helper_name": "支える 太郎", "helper_relation": "民生委員", "helper_phone": "+819033334444"}
    _case, secret = hand_in(reach_by=["supporter"], **said)
    shown = text_of(client.get(page_of(secret)))
    for words in ("支える 太郎", "民生委員", "090-3333-4444"):
        assert words in shown


def test_folded_parts_are_not_printed(client):
    _case, secret = hand_in()
    assert '<details class="no-print">' in text_of(client.get(page_of(secret)))


def test_reading_ones_own_page_leaves_a_record_without_a_member(client):
    case, secret = hand_in()
    client.get(page_of(secret))
    record = AccessRecord.objects.get(purpose="person:page")
    assert record.actor == "visitor"
    assert record.member_id is None
    assert record.keys == [case.person.data_key.public_id]


# --- the key is the address -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("page", "get"), ("withdraw_consent", "get"), ("withdraw_consent", "post"),
        ("addendum", "get"), ("addendum", "post"),
    ],
)  # fmt: skip
def test_an_unknown_secret_gets_a_kind_page_that_tells_nothing(client, name, method):
    case, secret = hand_in()
    digest = case.application.page_secret_digest
    for guess in (new_secret(), secret[:-1], secret.swapcase(), digest, case.application.receipt_number, "x"):
        response = getattr(client, method)(reverse(f"person:{name}", args=[guess]))
        assert response.status_code == 404
        assert "このアドレスのページは見つかりません" in text_of(response)
        assert NAME not in text_of(response)
    assert not AccessRecord.objects.filter(purpose__startswith="person:").exists()


@pytest.mark.parametrize("name", ["page", "withdraw_consent", "addendum"])
def test_no_cache_no_referrer_no_robots(client, centre, name):
    _case, secret = hand_in(consenting=centre)
    response = client.get(reverse(f"person:{name}", args=[secret]))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_only_the_digest_of_the_secret_is_stored(client):
    case, secret = hand_in()
    columns = [f.attname for f in Application._meta.concrete_fields]
    assert secret not in str(Application.objects.values_list(*columns).get(pk=case.application.pk))


def test_the_page_makes_no_session(client):
    _case, secret = hand_in()
    client.get(page_of(secret))
    assert "sessionid" not in client.cookies


def test_looking_withdraws_nothing(client, centre):
    case, secret = hand_in(consenting=centre)
    client.get(withdraw_of(secret))
    client.head(withdraw_of(secret))
    assert case.person.consents.live().count() == 2


# --- who was told ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (S.SENT, "返事を待っています"),
        (S.VIEWED, "窓口が内容を読みました"),
        (S.ACCEPTED, "窓口が引き受けました"),
        (S.CONTACTED, "窓口と連絡がとれました"),
        (S.CLOSED, "窓口へのつなぎは終わりました"),
        (S.DECLINED, "今回は引き受けられませんでした"),
        (S.EXPIRED, "まだ返事がありません"),
        (S.REVOKED, "同意をとりやめたので、止めました"),
    ],
)
def test_the_person_reads_to_whom_what_was_told_and_where_that_stands(client, centre, status, words):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=status)
    shown = open_text_of(client.get(page_of(secret)))
    assert centre.name in shown
    assert words in shown
    assert "連絡先：名前、生まれた年" in shown
    assert str(referral.number) not in shown


def test_names_of_members_are_never_shown(client, centre):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=S.CLOSED)
    shown = text_of(client.get(page_of(secret)))
    for step in [*referral.history.all(), *case.history.exclude(by=None)]:
        assert step.by.name not in shown


def test_the_person_sees_which_organisation_opened_theirs_and_on_which_day(client, centre):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=S.VIEWED)
    client.force_login(members.counsellor(centre))
    client.get(reverse("portal:packet", args=[referral.public_id]))
    client.logout()
    opened = text_of(client.get(page_of(secret))).split("あなたの内容を開いたところ")[1]
    assert centre.name in opened.split("</details>")[0]


def test_what_others_opened_of_others_is_not_told(client, centre):
    _case, secret = hand_in(consenting=centre)
    other, _ = hand_in(consenting=centre, name="別 の人")
    referral = refer(other, centre, to=S.VIEWED)
    client.force_login(members.counsellor(centre))
    client.get(reverse("portal:packet", args=[referral.public_id]))
    client.logout()
    assert "あなたの内容を開いたところ" not in text_of(client.get(page_of(secret)))


def test_a_centre_that_turned_it_down_is_not_offered_again(client, centre):
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.DECLINED)
    response = client.get(page_of(secret))
    assert response.context["windows"] == [second]


def test_a_referral_by_telephone_says_so(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, way=Way.TELEPHONE)
    assert "電話と紙" in open_text_of(client.get(page_of(secret)))


@pytest.mark.parametrize(
    ("status", "there", "not_there"),
    [
        (S.SENT, ("窓口に連絡しています", "伝える項目"), ("伝えました", "伝わりました", "伝えた項目", "伝わったと")),
        (S.VIEWED, ("窓口に伝わりました", "伝えた項目", "伝わったと"), ("窓口に連絡しています",)),
        (S.ACCEPTED, ("窓口が引き受けました", "伝えた項目", "伝わったと"), ("窓口に連絡しています",)),
        (S.EXPIRED, ("まだ返事がありません", "紙に書いた項目"), ("伝えた項目", "伝えた日時")),
    ],
)  # fmt: skip
def test_by_telephone_nothing_is_said_to_be_told_before_the_centre_has_it(client, centre, status, there, not_there):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, way=Way.TELEPHONE, to=status)
    shown = open_text_of(client.get(page_of(secret)))
    for words in there:
        assert words in shown
    for words in not_there:
        assert words not in shown


def test_a_consent_that_was_not_used_yet_says_that_nothing_was_told(client, centre):
    _case, secret = hand_in(consenting=centre)
    shown = open_text_of(client.get(page_of(secret)))
    assert "まだ何も伝えていません" in shown
    assert withdraw_of(secret) in shown


def test_without_consent_there_is_nothing_to_withdraw(client):
    _case, secret = hand_in()
    assert withdraw_of(secret) not in text_of(client.get(page_of(secret)))
    assert client.get(withdraw_of(secret)).headers["Location"] == page_of(secret)


# --- withdrawing ---------------------------------------------------------------------------------------------------


def test_withdrawing_asks_once_more_and_says_what_cannot_be_undone(client, centre):
    _case, secret = hand_in(consenting=centre)
    shown = text_of(client.get(withdraw_of(secret)))
    assert centre.name in shown
    assert "もう読んだことは、消せません" in shown
    assert "食べものは届きます" in shown


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED])
def test_withdrawing_revokes_the_live_referral_at_once(client, centre, status):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, to=status)
    response = client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True)
    assert "同意をとりやめました" in text_of(response)
    assert Referral.objects.get(pk=referral.pk).status == S.REVOKED
    assert not case.person.consents.live().exists()
    entries = ConsentEntry.objects.filter(person=case.person, given=False)
    assert {(entry.channel, entry.recorded_by, entry.stated_by) for entry in entries} == {("web", None, "person")}
    step = referral.history.get(to_status=S.REVOKED)
    assert (step.by, step.actor) == (None, "person")


def test_a_centre_on_paper_is_said_to_be_told_only_once_it_was(client, centre):
    case, secret = hand_in(consenting=centre)
    referral = refer(case, centre, way=Way.TELEPHONE)
    done = text_of(client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True))
    assert "フードバンクから窓口に、連絡をやめて印刷したものを捨てるように伝えます" in done
    assert "窓口からは、もう連絡がありません" not in done
    assert "もう読んだことは、消せません" in done
    referral.refresh_from_db()
    with clock.at(datetime(2031, 5, 2, 16, tzinfo=UTC)):
        worker = members.caseworker(case.desk)
        replies.record_told(referral=referral, note="電話した", by=worker, seen=referral.version)
    shown = text_of(client.get(page_of(secret)))
    assert "2031年5月3日に、フードバンクから窓口に" in shown
    assert "捨てるように伝えました" in shown
    assert "捨てるように伝えます" not in shown


@pytest.mark.parametrize(
    ("status", "words"), [(S.SENT, "あなたの内容を読めません"), (S.VIEWED, "窓口の人がもう読んだことは、消せません")]
)
def test_after_withdrawing_nobody_is_told_that_what_was_read_is_unread(client, centre, status, words):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=status)
    done = text_of(client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True))
    assert words in done
    assert "まだ読んでいない内容は、もう読めません" not in done


def test_pressing_the_button_as_the_page_stands_withdraws(client, centre):
    case, secret = hand_in(consenting=centre)
    page, _links = forms.read(text_of(client.get(withdraw_of(secret))))
    (form,) = (one for one in page if "centre" in one.names)
    client.post(withdraw_of(secret), form.values)
    assert not case.person.consents.live().exists()


def test_withdrawing_twice_does_no_harm(client, centre):
    case, secret = hand_in(consenting=centre)
    for _ in range(2):
        response = client.post(withdraw_of(secret), {"centre": centre.public_id}, follow=True)
        assert response.status_code == 200
        assert "同意をとりやめました" in text_of(response)
    assert ConsentEntry.objects.filter(person=case.person, given=False).count() == 2


def test_the_centre_to_withdraw_from_is_chosen_when_there_are_several(client, centre):
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    case, secret = hand_in(consenting=centre)
    worker = members.caseworker(case.desk)
    consents.record_consent(
        case=case, recipient=second, fields=["name", "reach"], hear_result=False, channel="telephone", by=worker
    )
    nothing_chosen = client.post(withdraw_of(secret))
    assert "どこへの同意をとりやめるか" in text_of(nothing_chosen)
    assert case.person.consents.live().count() == 3
    client.post(withdraw_of(secret), {"centre": second.public_id})
    assert {entry.recipient for entry in case.person.consents.live()} == {centre}


def test_nobody_withdraws_towards_a_centre_that_was_never_named(client, centre):
    stranger = referrals.portal_centre("012033", name="よその窓口")
    case, secret = hand_in(consenting=centre)
    response = client.post(withdraw_of(secret), {"centre": stranger.public_id})
    assert response.status_code == 200
    assert case.person.consents.live().count() == 2


def test_withdrawing_needs_no_cookie_as_browsers_hide_the_origin_here(centre):
    case, secret = hand_in(consenting=centre)
    strict = Client(enforce_csrf_checks=True)
    typed = {"centre": centre.public_id, "number": case.application.receipt_number}
    response = strict.post(withdraw_of(secret), typed, headers={"origin": "null"})
    assert response.status_code == 302
    assert not case.person.consents.live().exists()


def test_whoever_applied_for_somebody_else_sees_and_withdraws_no_consent(client, centre):
    """A helper holds the link; consents are the person's own, recorded by staff who asked them."""
    helped = {"applying_for": "other", "helper_name": "手伝う 人", "helper_phone": "+819033334444"}
    case, secret = hand_in(**helped, food_days="more")  # whom to call before the box is there is no consent
    worker = members.caseworker(case.desk)
    consents.record_consent(
        case=case, recipient=centre, fields=["name", "reach"], hear_result=True, channel="telephone", by=worker
    )
    refer(case, centre, to=S.ACCEPTED)
    assert centre.name not in text_of(client.get(page_of(secret)))
    client.post(withdraw_of(secret), {"centre": centre.public_id})
    assert case.person.consents.live().count() == 2


# --- adding --------------------------------------------------------------------------------------------------------


def test_what_is_added_is_kept_encrypted_beside_the_application(client, reading):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    data = {"own_words": "眠れない日がつづいています", "interpreter": "手話", "public_assistance": "no"}
    response = client.post(address, data, follow=True)
    assert "受けとりました" in text_of(response)
    added = ApplicationAddendum.objects.get(application=case.application)
    assert (added.own_words, added.interpreter, added.public_assistance) == tuple(data.values())


def test_adding_twice_by_a_double_click_is_kept_once(client):
    _case, secret = hand_in()
    for _ in range(2):
        client.post(reverse("person:addendum", args=[secret]), {"own_words": "同じことば"})
    assert ApplicationAddendum.objects.count() == 1


def test_what_was_added_can_be_read_again(client):
    _case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    client.post(address, {"own_words": "眠れない日がつづいています", "interpreter": "手話", "public_assistance": "no"})
    client.post(address, {"own_words": "家賃のことも"})
    page = text_of(client.get(page_of(secret)))
    for words in ("眠れない日がつづいています", "手話", "受けていない", "家賃のことも"):
        assert words in page
    assert page.index("家賃のことも") < page.index("眠れない日がつづいています")


def test_what_was_agreed_to_and_taken_back_stays_readable(client, centre):
    _case, secret = hand_in(consenting=centre)
    client.post(withdraw_of(secret), {"centre": centre.public_id})
    page = text_of(client.get(page_of(secret)))
    said = page[page.index("同意したこと・とりやめたこと") :]
    agreed, withdrawn = f"{centre.name}に伝えることに同意しました", f"{centre.name}に伝える同意をとりやめました"
    assert said.index(withdrawn) < said.index(agreed)
    assert "住所" in said


def test_adding_nothing_is_understood(client):
    _case, secret = hand_in()
    response = client.post(reverse("person:addendum", args=[secret]), {"own_words": "  "})
    assert "まだ何も書かれていません" in text_of(response)
    assert not ApplicationAddendum.objects.exists()


def test_too_much_text_is_kept_on_the_page_with_what_fits_and_how_long_it_is(client):
    _case, secret = hand_in()
    words = "あ" * 4001
    response = client.post(reverse("person:addendum", args=[secret]), {"own_words": words})
    assert words in text_of(response)
    assert "4000文字まで" in text_of(response)
    assert "いま4001文字" in text_of(response)
    assert not ApplicationAddendum.objects.exists()


def test_lines_are_counted_as_whoever_writes_them_sees_them(client):
    _case, secret = hand_in()
    words = "\r\n".join(["あ"] * 2000) + "い"
    client.post(reverse("person:addendum", args=[secret]), {"own_words": words})
    with access.scope(actor="test", purpose="looking"):
        assert len(ApplicationAddendum.objects.get().own_words) == 4000


def test_what_was_added_reaches_no_centre(client, centre):
    case, secret = hand_in(consenting=centre)
    client.post(reverse("person:addendum", args=[secret]), {"own_words": "だれにも言わないで"})
    referral = refer(case, centre, to=S.VIEWED)
    client.force_login(members.counsellor(centre))
    assert "だれにも言わないで" not in text_of(client.get(reverse("portal:packet", args=[referral.public_id])))


def test_nothing_can_be_changed_without_post(client, centre):
    _case, secret = hand_in(consenting=centre)
    assert client.post(page_of(secret), {"centre": centre.public_id}).status_code == 200
    assert _case.person.consents.live().exists()
    for name in ("withdraw_consent", "addendum"):
        assert client.put(reverse(f"person:{name}", args=[secret])).status_code == 405


def test_the_page_works_long_after_and_in_english(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.CLOSED)
    with clock.at(clock.now() + timedelta(days=400)):
        response = client.get(page_of(secret), headers={"accept-language": "en"})
    assert response.status_code == 200
    assert 'lang="en"' in text_of(response)


# --- in the other language -----------------------------------------------------------------------------------------


def test_what_is_being_added_is_still_there_in_english_and_nothing_was_added_yet(client):
    _case, secret = hand_in()
    typed = {"own_words": "眠れない日が\r\nつづいています", "interpreter": "手話", "public_assistance": "applying"}
    response = client.post(reverse("person:addendum", args=[secret]), {**typed, "language": "en"})
    shown = text_of(response)
    assert 'lang="en"' in shown
    assert "眠れない日が\r\nつづいています" in shown
    assert 'value="手話"' in shown
    assert re.search(r'value="applying"[^>]*checked', shown)
    assert not ApplicationAddendum.objects.exists()
    assert 'lang="en"' in text_of(client.get(page_of(secret)))


def test_in_english_whoever_writes_is_spoken_to_and_the_desk_reads_about_them(client):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    assert "What you would like to talk about" in text_of(client.get(address, headers={"accept-language": "en"}))
    client.post(address, {"own_words": "眠れない"})
    client.force_login(members.caseworker(case.desk))
    page = client.get(reverse("desk:case", args=[case.public_id]), headers={"accept-language": "en"})
    assert "What they would like to talk about" in text_of(page)


def test_an_empty_addition_is_not_called_wrong_by_the_switch(client):
    _case, secret = hand_in()
    shown = text_of(client.post(reverse("person:addendum", args=[secret]), {"own_words": "", "language": "en"}))
    assert "error-summary" not in shown


def test_the_switch_withdraws_nothing_and_keeps_what_was_chosen(client, centre):
    case, secret = hand_in(consenting=centre)
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    worker = members.caseworker(case.desk)
    consents.record_consent(
        case=case, recipient=second, fields=["name", "reach", "phone"], hear_result=True, channel="telephone", by=worker
    )
    live = case.person.consents.live().count()
    shown = text_of(client.post(withdraw_of(secret), {"centre": second.public_id, "language": "en"}))
    assert re.search(rf'value="{second.public_id}"[^>]*checked', shown)
    assert case.person.consents.live().count() == live


@pytest.mark.parametrize("name", ["withdraw_consent", "addendum"])
def test_the_switch_is_a_button_of_the_form_itself(client, centre, name):
    _case, secret = hand_in(consenting=centre)
    shown = text_of(client.get(reverse(f"person:{name}", args=[secret])))
    form = re.search(r'<form class="form" id="([a-z]+)"', shown)[1]
    assert re.search(rf'<button[^>]*form="{form}" name="language" value="en"', shown)
