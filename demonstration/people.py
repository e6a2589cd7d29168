"""Who applies in the demonstration: 164 invented people whose answers add up to the figures of the documents.

Surnames say that they are made up, telephone numbers begin with 090-0000, which is given to nobody, postcodes are
000-0000. Municipalities are real. The same seed gives the same people, always.
"""

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

SEED = 164
SURNAMES = (
    ("見本", "みほん"), ("例田", "れいだ"), ("試野", "ためしの"), ("架空", "かくう"), ("仮野", "かりの"),
    ("某田", "ぼうだ"), ("練野", "れんの"), ("例野", "れいの"), ("試山", "ためしやま"), ("見本田", "みほんだ"),
    ("架野", "かけの"), ("仮名木", "かりなぎ"), ("空想", "くうそう"), ("某山", "ぼうやま"),
)  # fmt: skip
GIVEN_NAMES = (
    ("はな", "はな"), ("太郎", "たろう"), ("ゆき", "ゆき"), ("一郎", "いちろう"), ("みどり", "みどり"),
    ("次郎", "じろう"), ("さくら", "さくら"), ("三郎", "さぶろう"), ("ひかり", "ひかり"), ("花子", "はなこ"),
    ("かえで", "かえで"), ("四郎", "しろう"),
)  # fmt: skip

# How many give which answer; "" did not answer. Each question adds up to 164.
HOUSEHOLDS = {
    "single": 53, "single_parent": 50, "couple": 21, "couple_with_children": 30,
    "three_generations": 4, "with_parents": 4, "other": 2,
}  # fmt: skip
INCOMES = {"fell": 62, "lost_job": 36, "none": 12, "unchanged": 45, "prefer_not_to_say": 6, "": 3}
DEBTS: dict[tuple[str, tuple[str, ...]], int] = {
    ("yes", ("consumer_finance",)): 17,
    ("yes", ("consumer_finance", "credit_card")): 12,
    ("yes", ("consumer_finance", "arrears")): 4,
    ("yes", ("credit_card",)): 9,
    ("yes", ("arrears",)): 8,
    ("yes", ("family",)): 7,
    ("yes", ("bank",)): 5,
    ("yes", ("credit_card", "arrears")): 2,
    ("yes", ("prefer_not_to_say",)): 1,
    ("yes", ()): 1,
    ("no", ()): 86,
    ("prefer_not_to_say", ()): 9,
    ("", ()): 3,
}
WISHES = {"call_me": 33, "only_know": 48, "not_now": 78, "": 5}
# First time at a food bank, someone to consult, bodies in contact: together, since together they make "isolated".
CONNECTIONS: dict[tuple[str, str, tuple[str, ...]], int] = {
    ("yes", "no", ("none",)): 71,  # isolated
    ("yes", "no", ("municipality",)): 3,
    ("yes", "no", ("employment_office",)): 3,
    ("yes", "no", ("prefer_not_to_say",)): 2,
    ("yes", "no", ()): 1,
    ("no", "no", ("none",)): 2,
    ("yes", "yes", ("none",)): 32,
    ("yes", "yes", ("municipality",)): 10,
    ("yes", "yes", ("employment_office",)): 9,
    ("yes", "yes", ("social_welfare_council",)): 6,
    ("yes", "yes", ("welfare_office", "municipality")): 5,
    ("yes", "yes", ("medical",)): 5,
    ("yes", "yes", ("school", "municipality")): 4,
    ("no", "yes", ("social_welfare_council",)): 1,
    ("prefer_not_to_say", "yes", ("none",)): 2,
    ("yes", "prefer_not_to_say", ("none",)): 4,
    ("yes", "prefer_not_to_say", ()): 1,
    ("yes", "", ("none",)): 2,
    ("yes", "", ("prefer_not_to_say",)): 1,
}
FOUND_BY = {"navi": 88, "search": 22, "social_media": 24, "acquaintance": 14, "body": 9, "leaflet": 5, "": 2}
# What no figure rests on is drawn one by one.
FOOD_DAYS = ("none", "one_to_three", "four_to_seven", "more", "")
REACH_BY = (("phone",), ("phone",), ("phone", "sms"), ("sms",), ("phone", "email"), ("email",), ("letter",))
TROUBLES = (("money",), ("money",), ("money", "work"), ("urgent",), ("money", "health"), ("work",), ("family",))

# Where they live: a municipality's or ward's code, and how many tickets it has in the draw.
PLACES = {
    "011011": 6, "011029": 8, "011037": 8, "011045": 6, "011053": 5, "011061": 3, "011070": 6, "011088": 3,
    "011096": 4, "011100": 2, "012025": 8, "012041": 9, "012033": 5, "012050": 3, "012068": 5, "012076": 5,
    "012084": 4, "012092": 1, "012106": 3, "012114": 2, "012122": 1, "012131": 5, "012149": 2, "012157": 1,
    "012173": 4, "012190": 1, "012211": 1, "012238": 2, "012246": 3, "012254": 2, "012289": 1, "012297": 1,
    "012301": 2, "012319": 2, "012335": 2, "012343": 2, "012351": 2, "012360": 2, "013374": 1, "013617": 1,
    "014001": 1, "014087": 1, "014290": 1, "014532": 1, "014591": 1, "015148": 1, "015431": 1, "015784": 1,
    "016101": 2, "016314": 2, "016373": 1, "016624": 1, "016926": 1, "016918": 1, "014818": 1, "013463": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Applicant:
    """One invented person: ``answers`` are fields of ``outreach.application.statement.Statement``."""

    number: int
    answers: dict[str, Any]

    @property
    def wishes_call(self) -> bool:
        return self.answers["hand_off_wish"] == "call_me"


def applicants() -> list[Applicant]:
    """All 164, in the order in which they apply."""
    chance = Random(SEED)  # noqa: S311  (a repeatable draw, nothing secret)
    names = list(product(SURNAMES, GIVEN_NAMES))
    chance.shuffle(names)
    quotas = (HOUSEHOLDS, INCOMES, DEBTS, WISHES, CONNECTIONS, FOUND_BY)
    drawn = [_draw(chance, quota) for quota in quotas]
    people = []
    for number, (name, *answers) in enumerate(zip(names, *drawn, strict=False), start=1):
        household, income, debt, wish, connection, found_by = answers
        stated = {
            **_who(chance, number, name, household),
            **_what_fits(chance),
            "household_type": household,
            "income": income,
            "income_since": _since(chance, income),
            "in_debt": debt[0],
            "debt_kinds": list(debt[1]),
            "first_time": connection[0],
            "someone_to_consult": connection[1],
            "bodies": list(connection[2]),
            "found_by": found_by,
            "troubles": list(chance.choice(TROUBLES)) if found_by == "navi" else [],
            "hand_off_wish": wish,
        }
        people.append(Applicant(number, stated))
    return people


def _draw(chance: Random, quota: dict[Any, int]) -> list[Any]:
    """Every answer as often as the quota says, in a drawn order."""
    drawn = [answer for answer, number in quota.items() for _ in range(number)]
    chance.shuffle(drawn)
    return drawn


def _who(chance: Random, number: int, name: tuple[tuple[str, str], tuple[str, str]], household: str) -> dict[str, Any]:
    (family, family_kana), (given, given_kana) = name
    ages = _ages(chance, household)
    age = max(ages) + chance.randint(20, 34) if ages else chance.randint(20, 76)
    reach_by = list(chance.choice(REACH_BY))
    return {
        "name": f"{family} {given}",
        "kana": f"{family_kana} {given_kana}",
        "birth_year": 2022 - age,
        "place_code": chance.choices(list(PLACES), weights=list(PLACES.values()))[0],
        "postcode": "0000000",
        "address": f"見本町{chance.randint(1, 9)}丁目{chance.randint(1, 20)}-{chance.randint(1, 30)}",
        "people_count": _people(chance, household, ages),
        "children_ages": ages,
        "baby_needs": [need for need in ("milk", "nappies") if ages and min(ages) < 2 and chance.random() < 0.8],
        "reach_by": reach_by,
        "phone": f"+819000{number:06d}" if {"phone", "sms"} & set(reach_by) else "",
        "email": f"mihon{number:03d}@example.jp" if "email" in reach_by else "",
        "safe_times": chance.choice(["", "", "平日の昼", "夕方6時すぎ", "午前中"]) if "phone" in reach_by else "",
        "cannot_telephone": reach_by == ["email"] and chance.random() < 0.3,
    }


def _ages(chance: Random, household: str) -> list[int]:
    if household not in ("single_parent", "couple_with_children", "three_generations"):
        return []
    return sorted((chance.randint(0, 17) for _ in range(chance.choice([1, 1, 2, 2, 3]))), reverse=True)


def _people(chance: Random, household: str, ages: list[int]) -> int:
    adults = {"single": 1, "single_parent": 1, "couple": 2, "couple_with_children": 2, "three_generations": 4}
    return adults.get(household, chance.choice([2, 3])) + len(ages)


def _what_fits(chance: Random) -> dict[str, Any]:
    allergy = chance.random() < 0.08
    receive_by = chance.choices(["home", "depot", "window"], weights=[90, 6, 4])[0]
    return {
        "food_days": chance.choices(FOOD_DAYS, weights=[14, 48, 24, 8, 6])[0],
        "cooking": chance.choices(["can", "microwave", "cannot", ""], weights=[70, 18, 6, 6])[0],
        "lifelines_cut": chance.choices([[], ["gas"], ["electricity"], ["gas", "water"]], weights=[88, 7, 3, 2])[0],
        "cannot_eat": ["allergy"] if allergy else ["none"],
        "cannot_eat_note": "たまごとそばが食べられません（見本）" if allergy else "",
        "receive_by": receive_by,
        "delivery_slot": chance.choice(["any", "any", "morning", "evening"]) if receive_by == "home" else "any",
        "leave_at_door": receive_by == "home" and chance.random() < 0.3,
        "applying_for": "self",
    }


def _since(chance: Random, income: str) -> str:
    if income not in ("fell", "lost_job", "none"):
        return ""
    return chance.choices(["this_month", "within_half_year", "within_a_year", "longer"], weights=[15, 45, 25, 15])[0]
