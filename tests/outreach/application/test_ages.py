"""Children's ages: each child is counted once, and what may mean something else is asked back by its own words."""

import pytest
from django.utils.translation import override

from outreach.application import ages


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3", [3]), ("3、10", [3, 10]), ("3 10", [3, 10]), ("３歳１０歳", [3, 10]), ("3歳と10才", [3, 10]),
        ("０、四歳", [0, 4]), ("十歳", [10]), ("3ｻｲ。", [3]), ("3・5・8", [3, 5, 8]), ("3歳\n5歳", [3, 5]),
        ("1歳3か月", [[1, 3]]), ("1歳 3ヶ月", [[1, 3]]), ("1歳3か月20日", [[1, 3]]), ("3歳3日", [3]),
        ("0 (2か月)", [[0, 2]]), ("0歳（8か月）、4歳", [[0, 8], 4]), ("8か月半", [[0, 8]]), ("18か月", [[1, 6]]),
        ("11ヶ月と29日", [[0, 11]]), ("11ヶ月29日、3", [[0, 11], 3]), ("生後20日", [0]), ("生後3週間、3歳", [0, 3]),
        ("3歳半", [[3, 6]]), ("2½", [[2, 6]]), ("8か月、3歳", [[0, 8], 3]),
        ("赤ちゃん", [0]), ("新生児、3歳", [0, 3]), ("赤ちゃん、3歳", [0, 3]), ("3歳と赤ちゃん", [0, 3]),
        ("乳児と3歳", [0, 3]), ("赤ちゃん（8か月）", [[0, 8]]), ("8か月の赤ちゃん", [[0, 8]]),
        ("赤ちゃん 8か月", [[0, 8]]),
        ("生後3週間の新生児", [0]), ("生まれたばかりの子、3歳", [0, 3]),
        ("1歳未満", [0]), ("1歳になっていない", [0]), ("まだ1歳になりません", [0]), ("もうすぐ1歳", [0]),
        ("一歳になっていない子と、3歳", [0, 3]),
        ("長男10歳、次男3歳半", [[3, 6], 10]), ("三男3歳", [3]), ("長男(3) 長女(5)", [3, 5]),
        ("上の子は5歳、下の子は3歳", [3, 5]),
        ("男の子3歳女の子5歳", [3, 5]), ("3歳（女の子）、6歳（小1）", [3, 6]), ("小2（7歳）", [7]),
        ("3歳の女の子がいます", [3]),
        ("①3歳 ②5歳", [3, 5]), ("1) 3歳 2) 5歳", [3, 5]), ("(1) 3歳 (2) 5歳", [3, 5]), ("1. 3 2. 5", [3, 5]),
        ("1人目3歳、2人目5歳", [3, 5]), ("2人（三歳と十歳）", [3, 10]), ("2人 3歳、5歳", [3, 5]),
        ("ふたり：3、5", [3, 5]),
        ("baby, 3", [0, 3]), ("3 and a baby", [0, 3]), ("3, infant", [0, 3]), ("newborn and 3 years old", [0, 3]),
        ("8 month old baby", [[0, 8]]), ("5 wks", [0]), ("under 1", [0]), ("a 3-year-old boy and a 5 year old", [3, 5]),
        ("1 year and 3 months", [[1, 3]]), ("1 year 3 months and 4", [[1, 3], 4]), ("3 yrs, 10 yrs", [3, 10]),
        ("aged 3 & 5", [3, 5]), ("3 years old and 8 months old", [[0, 8], 3]),
        ("いない", []), ("ない", []), ("特になし", []), ("子どもはいません。", []), ("0人", []), ("none", []),
    ],
)  # fmt: skip
def test_every_child_is_counted_once(typed, read):
    assert ages.read(typed) == read
    assert not read or ages.read(ages.as_typed(read)) == read


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("小学生", "「小学生」"), ("中2", "「中2」"), ("3歳、小学生", "「小学生」"), ("3歳、中学生", "「中学生」"),
        ("高校生、3歳", "「高校生」"), ("長男3歳、次男", "「次男」"), ("太郎3歳", "「太郎3歳」"),
        ("3歳（来月4歳）", "「3歳(来月4歳)」"), ("1歳(来月2歳)", "「1歳(来月2歳)」"), ("3歳（5月で4歳）", "5月で4歳"),
        ("もうすぐ3歳", "「もうすぐ3歳」"), ("3歳未満", "「3歳未満」"), ("3歳になります", "「3歳になります」"),
        ("1歳と3ヶ月", "「1歳と3ヶ月」"), ("３歳と８か月、10", "「3歳と8か月」"), ("3歳と3日", "「3歳と3日」"),
        ("3歳の双子", "「3歳の双子」"), ("双子、5歳", "「双子」"), ("妊娠8か月", "「妊娠8か月」"),
        ("5歳が2人", "「5歳が2人」"),
        ("二三歳", "「二三歳」"), ("3.5", "「3.5」"), ("1.5歳", "「1.5歳」"), ("2 1/2", "「2 1/2」"),
        ("3 (2)", "「3 (2)」"),
        ("2) 3歳 1) 5歳", "「2) 3歳 1) 5歳」"), ("(3) 5", "「(3) 5」"), ("8月、3", "「8月」"), ("3～5歳", "3~5歳"),
        ("乳児 3歳", "「乳児 3歳」"), ("赤ちゃん1歳", "「赤ちゃん1歳」"), ("baby 3", "「baby 3」"),
        ("twins, 3", "「twins」"),
        ("1歳18か月", "「1歳18か月」"), ("3歳と5歳の2人", "「5歳の2人」"), ("400日", "「400日」"), ("3、？", "「?」"),
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_asked_back_by_its_words(typed, named):
    with pytest.raises(ValueError, match="はっきりしない") as refused:
        ages.read(typed)
    assert named in str(refused.value.args[0])


@pytest.mark.parametrize(
    ("typed", "words"), [("2人 3歳", "2人と書いてありますが、年齢は1人分"), ("ひとり（3、5）", "1人と")]
)
def test_a_number_of_children_that_is_not_that_of_the_ages_is_asked_about(typed, words):
    with pytest.raises(ValueError, match="全員の年齢") as refused:
        ages.read(typed)
    assert words in str(refused.value.args[0])


@pytest.mark.parametrize("typed", ["2人", "、", "子ども2人です"])
def test_who_names_no_age_is_asked_for_one(typed):
    with pytest.raises(ValueError, match="数字で書いて"):
        ages.read(typed)


def test_in_english_too_the_part_is_named():
    with override("en"), pytest.raises(ValueError, match="“twins”"):
        ages.read("twins, 3")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2 kids: 3, 5", [3, 5]),
        ("2 kids 3, 5", [3, 5]),
        ("2 children (3, 5)", [3, 5]),
        ("two kids, 3 and 5", [3, 5]),
        ("3 children aged 2, 5, 8", [2, 5, 8]),
        ("2 boys 3, 5", [3, 5]),
        ("1 child, 3", [3]),
        ("1 girl 5", [5]),
        ("son 3 daughter 5", [3, 5]),
        ("kids 3 5", [3, 5]),
        ("子供3 5", [3, 5]),
        ("ages 3, 5", [3, 5]),
    ],
)
def test_a_number_of_children_before_their_ages_is_no_age(typed, read):
    assert ages.read(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "1 boy 5, 1 girl 3",
        "5 1 girl 3",
        "3, 5 kids",
        "3 kids: 2, 4",
        "2 kids",
        "子供2 3 5",
        "子2 3,5",
        "子ども 2 (3,5)",
        "1 year, 3 months",
        "1歳6",
    ],
)
def test_what_may_be_a_number_of_children_or_of_months_is_asked_back(typed):
    with pytest.raises(ValueError, match="年齢"):
        ages.read(typed)
