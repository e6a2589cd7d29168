from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation import access, clock, history
from foundation.errors import Conflict, NotAllowed
from foundation.faults import CryptoError
from organisations.models import Member
from tests.foundation.models import Kettle, KettleStep

pytestmark = pytest.mark.django_db

TABLE = {
    "cold": {"warm", "broken"},
    "warm": {"hot", "cold", "broken"},
    "hot": {"warm", "broken"},
}
NOON = datetime(2022, 6, 3, 3, 0, tzinfo=UTC)


@pytest.fixture
def member(db):
    return Member.objects.create(email="sato@example.jp", name="佐藤")


@pytest.fixture
def kettle(db):
    return Kettle.objects.create()


def move(kettle, to, **kwargs):
    with transaction.atomic():
        return history.move(kettle, to=to, table=TABLE, history=KettleStep, **{"by": None, **kwargs})


def loaded(kettle):
    return Kettle.objects.get(pk=kettle.pk)


def test_a_step_changes_the_state_and_says_who_when_and_why(kettle, member):
    with clock.at(NOON):
        step = move(kettle, "warm", by=member, reason="tea", litres=2)
    assert (kettle.status, kettle.version, kettle.litres) == ("warm", 2, 2)
    stored = loaded(kettle)
    assert (stored.status, stored.version, stored.litres) == ("warm", 2, 2)
    assert list(stored.history.all()) == [step]
    assert (step.from_status, step.to_status, step.by, step.at) == ("cold", "warm", member, NOON)
    assert (step.actor, step.reason) == ("member", "tea")


def test_without_a_member_it_was_the_clock_unless_said_otherwise(kettle):
    assert move(kettle, "warm").actor == "clock"
    assert move(kettle, "hot", actor="person").actor == "person"


def test_a_member_writes_down_what_a_centre_answered(kettle, member):
    step = move(kettle, "warm", by=member, actor="centre_reply")
    assert (step.actor, step.by) == ("centre_reply", member)


def test_a_member_s_step_names_the_member(kettle):
    with pytest.raises(IntegrityError), transaction.atomic():
        move(kettle, "warm", actor="member")


@pytest.mark.parametrize("to", ["hot", "cold", "nonsense"])
def test_a_step_that_is_not_in_the_table_is_refused_and_changes_nothing(kettle, member, to):
    with pytest.raises(NotAllowed):
        move(kettle, to, by=member)
    assert loaded(kettle).version == 1
    assert not KettleStep.objects.exists()


def test_nothing_follows_an_end(kettle, member):
    move(kettle, "broken", by=member)
    with pytest.raises(NotAllowed):
        move(kettle, "cold", by=member)


def test_who_comes_second_is_told_who_did_what_and_when(kettle, member):
    mine, theirs = loaded(kettle), loaded(kettle)
    with clock.at(NOON):
        move(theirs, "warm", by=member)
    with pytest.raises(Conflict) as conflict:
        move(mine, "broken", by=member)
    assert (str(conflict.value.who), str(conflict.value.what), conflict.value.at) == ("佐藤", "ぬるい", NOON)
    said = str(conflict.value)
    assert said.startswith("佐藤が2022年6月3日 12:00に「ぬるい」にしました。")
    assert "読み直して" not in said
    with translation.override("en"):
        assert "3 June 2022 12:00" in str(conflict.value)
    assert (conflict.value.to, conflict.value.by_id) == ("warm", member.pk)
    assert loaded(kettle).status == "warm"
    assert KettleStep.objects.count() == 1


def test_what_the_person_saw_counts_not_what_was_loaded_since(kettle, member):
    seen = kettle.version
    move(kettle, "warm", by=member)
    fresh = loaded(kettle)
    with pytest.raises(Conflict):
        move(fresh, "hot", by=member, seen=seen)
    move(fresh, "hot", by=member, seen=fresh.version)
    assert loaded(kettle).status == "hot"


def test_before_a_longer_piece_of_work_it_can_be_checked_what_was_seen(kettle, member):
    history.check_seen(kettle, seen=kettle.version, history=KettleStep)
    move(kettle, "warm", by=member)
    with pytest.raises(Conflict, match="佐藤"):
        history.check_seen(loaded(kettle), seen=1, history=KettleStep)


def test_a_double_click_is_a_conflict_that_says_the_same_person_wanted_the_same(kettle, member):
    seen = kettle.version
    move(loaded(kettle), "warm", by=member, seen=seen)
    with pytest.raises(Conflict) as conflict:
        move(loaded(kettle), "warm", by=member, seen=seen)
    assert (conflict.value.to, conflict.value.by_id) == ("warm", member.pk)


@pytest.mark.parametrize(("actor", "shown"), [("person", "ご本人"), ("clock", "自動処理")])
def test_a_conflict_with_nobody_in_particular_says_so(kettle, member, actor, shown):
    mine = loaded(kettle)
    move(kettle, "warm", actor=actor)
    with pytest.raises(Conflict, match=shown):
        move(mine, "broken", by=member)


def test_a_conflict_without_history_still_says_what_to_do(kettle, member):
    Kettle.objects.update(version=9)
    with pytest.raises(Conflict, match="いまの状態を確かめて"):
        move(kettle, "warm", by=member)


def test_a_step_needs_the_transaction_of_its_verb(kettle, monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(transaction.TransactionManagementError, match="the transaction of its verb"):
        history.move(kettle, to="warm", table=TABLE, history=KettleStep, by=None)


def test_a_step_that_is_rolled_back_leaves_no_history(kettle):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        move_and_fail(kettle)
    assert loaded(kettle).version == 1
    assert not KettleStep.objects.exists()


def move_and_fail(kettle):
    move(kettle, "warm")
    raise ZeroDivisionError


def test_a_note_is_sealed_under_the_person_s_key(kettle, member, person_key, reading):
    step = move(kettle, "warm", by=member, note="電話がつながらない", data_key=person_key)
    assert KettleStep.objects.get(pk=step.pk).note == "電話がつながらない"
    assert step.data_key == person_key


def test_a_note_without_a_key_is_refused(kettle, member):
    with pytest.raises(CryptoError):
        move(kettle, "warm", by=member, note="電話がつながらない")
    assert loaded(kettle).status == "cold"


def test_a_note_uses_the_subject_s_own_key_and_secrets_change_with_the_state(member, person_key):
    kettle = Kettle.objects.create(data_key=person_key)
    move(kettle, "warm", by=member, note="ひみつ", owner="架空 花子")
    with access.scope(actor="test", purpose="test"):
        assert loaded(kettle).owner == "架空 花子"
        assert kettle.history.get().note == "ひみつ"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["cold", "warm", "hot", "?"]), st.integers(0, 2)), max_size=12))
def test_whatever_is_tried_the_history_has_every_version_once(member, attempts):
    kettle = Kettle.objects.create()
    seen = [loaded(kettle)]
    for to, how_old in attempts:
        mine = seen[max(0, len(seen) - 1 - how_old)]
        try:
            with transaction.atomic():
                move(mine, to, by=member, seen=mine.version)
        except (Conflict, NotAllowed):
            pass
        seen.append(loaded(kettle))
    steps = list(kettle.history.order_by("id"))
    stored = loaded(kettle)
    assert stored.version == 1 + len(steps)
    walked = ["cold", *(step.to_status for step in steps)]
    assert [step.from_status for step in steps] == walked[:-1]
    assert stored.status == walked[-1]
    assert all(step.to_status in TABLE[step.from_status] for step in steps)


@pytest.mark.usefixtures("emptied")
def test_of_many_at_the_same_moment_exactly_one_wins(at_once):
    member = Member.objects.create(email="sato@example.jp", name="佐藤")
    kettle = Kettle.objects.create()
    copies = [loaded(kettle) for _ in range(5)]
    results = at_once(*[lambda copy=copy: move(copy, "warm", by=member) for copy in copies])
    assert [type(result) for result in results].count(KettleStep) == 1
    assert [type(result) for result in results].count(Conflict) == 4
    assert loaded(kettle).version == 2
    assert kettle.history.count() == 1
