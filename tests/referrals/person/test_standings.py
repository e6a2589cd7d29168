"""In whatever standing case, consent and hand-off are: nothing that the person reads contradicts the database.

``CLAIMS`` are the sentences that claim something, and the fact that each needs.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from foundation import access
from referrals.desk import casework, parcels, undoing
from referrals.handoff.unused import unused_consents
from referrals.models import Case, ConsentEntry, Referral
from referrals.models.referral import Way
from referrals.states import CaseStatus, ReferralStatus
from tests.factories import cases, members
from tests.referrals.person.hand_offs import HAND_OFFS, LATER, STEP_BY_STEP, void
from tests.referrals.person.private import arrange, hand_in, open_text_of, page_of, refer, withdraw_of

C, S = CaseStatus, ReferralStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
RETURNED = "returned"
WAY_OF_A_BOX = [C.RECEIVED, C.IN_REVIEW, C.APPROVED, C.PACKED, C.SENT, C.DELIVERED, C.CLOSED]
ENDS = {C.DECLINED: "no_stock", C.WITHDRAWN: "not_needed", C.DUPLICATE: "same_application", C.CLOSED: "delivered"}
NEVER = "食べものは届きます"  # not before it is there
ROUND_THE_CLOCK = "0120-279-338"


@dataclass
class Facts:
    """What the database says, asked without the code that words it."""

    case: Case

    def __post_init__(self):
        self.status = self.case.status
        self.came_back = self.status == C.APPROVED and self.case.parcels.filter(status="returned").exists()
        self.box_is_awaited = self.status in (C.RECEIVED, C.IN_REVIEW, C.APPROVED, C.PACKED, C.SENT)
        self.over = self.status in ENDS
        self.referrals = list(Referral.objects.filter(case=self.case))
        entries = ConsentEntry.objects.filter(case=self.case, purpose="tell_centre")
        voided = set(entries.exclude(voids=None).values_list("voids_id", flat=True))
        spoken = [one for one in entries.filter(voids=None).order_by("pk") if one.pk not in voided]
        self.in_error = bool(voided)
        self.agreed = bool(spoken) and spoken[-1].given
        self.took_back = any(not one.given for one in spoken)
        self.newest = spoken[-1] if self.agreed else None
        told = [one for one in self.referrals if self.newest and one.packet.consent_id == self.newest.pk]
        self.told_on_it = any(not one.never_left for one in told)
        self.read = any(one.viewed_at or one.way == Way.TELEPHONE for one in self.referrals)

    def any(self, *statuses, **facts) -> bool:
        """Whether a referral stands in one of ``statuses``, with ``facts``."""
        return any(
            one.status in statuses and all(getattr(one, name) == value for name, value in facts.items())
            for one in self.referrals
        )

    @property
    def handed_on(self) -> bool:
        """On the consent that stands, by a hand-off that nobody has stopped."""
        return self.agreed and any(
            one.packet.consent_id == self.newest.pk and one.status not in STOPPED and not was_closed_in_error(one)
            for one in self.referrals
        )


def was_closed_in_error(referral: Referral) -> bool:
    """Over by then, and closed to its centre by a word of the person's that was recorded in error."""
    return referral.mistake == "withdrawal" and referral.status in (S.CLOSED, S.HANDED_OVER)


STOPPED = (S.REVOKED, S.ENTERED_IN_ERROR)
LIVE = (S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED, S.ON_HOLD)
CLAIMS = {
    # the box
    "これから箱につめて送ります": lambda f: f.status == C.APPROVED and not f.came_back,
    "食べものを送ることが決まりました": lambda f: f.status == C.APPROVED and not f.came_back,
    "フードバンクに戻ってきました": lambda f: f.came_back,
    "正しい住所を": lambda f: f.came_back,
    "食べものを箱につめました": lambda f: f.status == C.PACKED,
    "食べものを送りました": lambda f: f.status == C.SENT,
    "送り状番号": lambda f: f.status == C.SENT,
    "食べものを届けました": lambda f: f.status == C.DELIVERED,
    "届くまでに、食べるものが": lambda f: f.box_is_awaited,
    "食べものが届くかどうかは変わりません": lambda f: f.box_is_awaited,
    NEVER: lambda f: False,
    # the case
    "担当者が申込みを読んでいます": lambda f: f.status == C.IN_REVIEW,
    "今回は送れません": lambda f: f.status == C.DECLINED,
    "ほかの窓口はこちらです": lambda f: f.status == C.DECLINED,
    "取り下げられました": lambda f: f.status == C.WITHDRAWN,
    "この申込みは終わりました": lambda f: f.status in (C.CLOSED, C.DUPLICATE),
    # the consent
    "に伝えることに同意しています": lambda f: f.agreed and not f.over,
    "まだ何も伝えていません": lambda f: f.agreed and not f.handed_on,
    "いまの同意では": lambda f: f.agreed and not f.told_on_it and bool(f.referrals),
    "止めたあと": lambda f: (
        f.agreed and f.told_on_it and (f.any(*STOPPED) or any(map(was_closed_in_error, f.referrals)))
    ),
    "つながずに終わりました": lambda f: f.agreed and not f.handed_on and f.over,
    "同意は、いつでもとりやめられます": lambda f: f.agreed,
    "同意をとりやめますか": lambda f: f.agreed,
    "同意をとりやめました。": lambda f: f.took_back and not f.agreed,
    "もう読んだ": lambda f: f.read,
    # the hand-off
    "窓口に伝えました。返事を待っています": lambda f: f.any(S.SENT, way=Way.PORTAL),
    "窓口に連絡しています": lambda f: f.any(S.SENT, way=Way.TELEPHONE),
    "窓口が内容を読みました": lambda f: f.any(S.VIEWED),
    "窓口が引き受けました": lambda f: f.any(S.ACCEPTED),
    "窓口と連絡がとれました": lambda f: f.any(S.CONTACTED),
    "いったん待っています": lambda f: f.any(S.ON_HOLD),
    "窓口から連絡があります": lambda f: f.any(*LIVE),
    "窓口からあなたに連絡があります": lambda f: f.any(S.SENT, S.VIEWED),
    "返事は": lambda f: f.any(S.SENT, S.VIEWED),
    "まだ開いていません": lambda f: f.any(S.SENT, viewed_at=None),
    "まだだれも開いていません": lambda f: f.any(*LIVE, viewed_at=None, way=Way.PORTAL),
    "だれも開かないまま": lambda f: f.any(S.EXPIRED, viewed_at=None),
    "に電話と紙で伝えているところです": lambda f: f.any(S.SENT, way=Way.TELEPHONE),
    "紙を、もう渡していたときは": lambda f: f.any(
        S.REVOKED, S.EXPIRED, way=Way.TELEPHONE, viewed_at=None, told_at=None
    ),
    "窓口はすぐに内容を開けなくなります": lambda f: f.any(*LIVE, way=Way.PORTAL),
    "窓口へのつなぎは終わりました": lambda f: f.any(S.CLOSED),
    "窓口に引きつぎました": lambda f: f.any(S.HANDED_OVER),
    "今回は引き受けられませんでした": lambda f: f.any(S.DECLINED),
    "ほかの方法を考えます": lambda f: f.any(S.DECLINED, followed_up_at=None),
    "まだ返事がありません": lambda f: f.any(S.EXPIRED) and f.agreed,
    "こちらで確認します": lambda f: f.any(S.EXPIRED, followed_up_at=None) and f.agreed,
    "返事がありませんでした": lambda f: f.any(S.EXPIRED) and not f.agreed,
    "もう確認しません": lambda f: f.any(S.EXPIRED, viewed_at=None) and not f.agreed,
    "内容は、だれも開いていません": lambda f: f.any(S.EXPIRED, viewed_at=None, way=Way.PORTAL),
    "ほかの方法は、フードバンクに": lambda f: any(one.followed_up_at for one in f.referrals) and f.agreed,
    "同意をとりやめたので": lambda f: f.took_back and bool(f.referrals),
    "止めたものは、そのままには": lambda f: f.any(S.REVOKED, mistake="withdrawal"),
    "まちがいがあって、窓口に伝えた内容を閉じました": lambda f: f.any(S.CLOSED, mistake="withdrawal"),
    "ちがう窓口に伝えてしまった": lambda f: f.any(S.ENTERED_IN_ERROR, mistake=""),
    "フードバンクの記録にまちがい": lambda f: any(one.mistake for one in f.referrals) or (f.in_error and not f.agreed),
    # what was added
    "受けとりました。ありがとう": lambda f: f.case.application.addenda.exists(),
}


# What points at something, and how a page shows that it is there.
POINTS = {
    "下の営業所・窓口": "<strong>受けとるところ</strong>",
    "「つけ加えて書く」": "/more/",
    "下で受付番号を入れ": 'name="number"',
    "次の内容を伝えることに": "いま伝えてよい項目",
    "ほかの窓口はこちらです": ROUND_THE_CLOCK,
}


@pytest.mark.parametrize("hand_off", HAND_OFFS)
def test_nothing_that_is_said_on_the_way_of_a_box_contradicts_the_database(client, centre, hand_off):
    case, secret = begin(centre, hand_off)
    for standing in WAY_OF_A_BOX if hand_off in STEP_BY_STEP else (C.RECEIVED, C.DELIVERED, C.CLOSED):
        bring(case, standing)
        check(client, case, secret)


@pytest.mark.parametrize("hand_off", HAND_OFFS)
def test_nothing_that_is_said_beside_it_does(client, centre, hand_off):
    case, secret = begin(centre, hand_off)
    for end in (C.DECLINED, C.WITHDRAWN, C.DUPLICATE):
        bring(case, end)
        check(client, case, secret)
        take_up_again(case)
    bring(case, RETURNED)
    check(client, case, secret)


@pytest.mark.parametrize("hand_off", LATER)
def test_nor_what_is_said_of_what_they_agreed_to_or_took_back_later(client, centre, hand_off):
    case, secret = begin(centre, hand_off)
    check(client, case, secret)
    bring(case, C.WITHDRAWN)
    check(client, case, secret)


def test_nor_what_is_said_of_a_box_to_pick_up(client):
    case, secret = hand_in(receive_by="depot", postcode="", address="", food_days="none", disclosed=[])
    check(client, case, secret)
    arrange(case)
    for standing in [C.APPROVED, C.PACKED, C.SENT]:
        bring(case, standing)
        check(client, case, secret)
    bring(case, RETURNED)
    check(client, case, secret)


@pytest.mark.parametrize("standing", [*WAY_OF_A_BOX, RETURNED, C.DECLINED, C.WITHDRAWN, C.DUPLICATE])
def test_nor_where_no_consent_was_given_or_one_was_recorded_in_error(client, centre, standing):
    case, secret = hand_in(disclosed=[], food_days="none")
    bring(case, standing)
    check(client, case, secret)
    other, second = hand_in(disclosed=[], food_days="none", name="別 の人")
    cases.consent(cases.fresh(other), centre, by=members.caseworker(other.desk))
    refer(cases.fresh(other), centre, to=S.VIEWED)
    void(other, centre)
    bring(other, standing)
    check(client, other, second)


def take_up_again(case):
    found = cases.fresh(case)
    with access.scope(actor="test", purpose="test"):
        undoing.undo_end(case=found, why="まちがえた", by=members.caseworker(case.desk), seen=found.version)


def begin(centre, hand_off):
    """A case with its consent and its hand-off, and the secret of its page."""
    hears = S.HANDED_OVER not in hand_off
    case, secret = hand_in(consenting=centre, feedback=hears, food_days="none")
    {**HAND_OFFS, **LATER}[hand_off](case, centre)
    return case, secret


def bring(case, standing):
    """The case as far as ``standing``, by the verbs; a hand-off that lives goes on."""
    worker, found = members.caseworker(case.desk), cases.fresh(case)
    if standing == RETURNED:
        step_on(found, C.SENT, worker)
        found = cases.fresh(case)
        parcel = found.parcels.get()
        parcel.case = found
        parcels.take_back(parcel=parcel, by=worker, seen=found.version, reason="nobody_there")
    elif standing in ENDS:
        if standing == C.CLOSED and found.status != C.DELIVERED:
            found = cases.advance(found, C.DELIVERED, by=worker)
        asked = {"without_hand_off": True, "hand_off_goes_on": True, "read": cases.all_read(found)}
        with access.scope(actor="test", purpose="test"):
            casework.end(case=found, to=standing, reason=ENDS[standing], by=worker, seen=found.version, **asked)
    else:
        step_on(found, standing, worker)


def step_on(found, standing, worker):
    """From wherever it is on the way of a box."""
    with access.scope(actor="test", purpose="test"):
        for step in cases._STEPS[WAY_OF_A_BOX.index(found.status) : WAY_OF_A_BOX.index(standing)]:
            step(found, worker)


def check(client, case, secret):
    facts = Facts(cases.fresh(case))
    more = reverse("person:addendum", args=[secret])
    private, door = page_of(secret), open_text_of(Client().get(page_of(secret)))
    shown = {
        "page, withdrawn": open_text_of(client.get(private, {"done": "withdrawn"})),
        "page": open_text_of(client.get(private, {"done": "added"})),
        "withdraw": open_text_of(client.get(withdraw_of(secret), follow=True)),
        "more": open_text_of(client.get(more)),
        "door": door,
    }
    said = [(where, words) for where, text in shown.items() for words in CLAIMS if words in text]
    lies = [(where, words) for where, words in said if not CLAIMS[words](facts)]
    assert not lies
    for where in ("page", "door"):
        assert ("ほかの窓口はこちらです" in shown[where]) is (facts.status == C.DECLINED), where
    nowhere = [(where, words) for where, text in shown.items() for words in POINTS if words in text]
    assert not [(where, words) for where, words in nowhere if POINTS[words] not in shown[where]]
    waits = facts.agreed and not facts.handed_on and not facts.any(*LIVE)
    says = "何も伝えていません" in shown["page"] or "何も伝えていないので" in shown["page"]
    assert waits is says
    assert says or not unused_consents().filter(case=case).exists(), "the desk has them on its list"


def test_every_claim_of_the_table_is_still_a_sentence_of_ours():
    """One that nobody says any more holds nothing, and leaves the table; one that was reworded is held anew."""
    ours = [*Path("templates/referrals/person").glob("*.html"), *Path("templates/outreach/application").glob("*.html")]
    ours += [*Path("referrals/words").glob("*.py"), *Path("referrals/person").glob("*.py")]
    said = "".join(path.read_text() for path in ours)
    assert [words for words in [*CLAIMS, *POINTS] if words not in said] == [NEVER]
