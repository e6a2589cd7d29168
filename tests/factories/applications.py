"""Applications for tests: what fictitious people in real municipalities state, handed in through the verb."""

import csv
import itertools
from functools import lru_cache

import factory

from foundation.identifiers import new_secret
from organisations import catchment, membership, registry
from organisations.models import Member, Organisation, Place
from organisations.models.organisation import Kind
from organisations.models.place import Level
from organisations.places import place_table
from organisations.roles import Role
from outreach.application import consent_texts, disclosable
from outreach.application.statement import Statement
from outreach.application.submission import Receipt, submit_application
from tests.factories.places import PrefectureFactory

CHUO = "011011"  # 札幌市中央区
OTARU = "012033"
_keys = itertools.count(1)
_hiragana = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ"


def _syllables(number: int) -> str:
    first, second = divmod(number % len(_hiragana) ** 2, len(_hiragana))
    return _hiragana[first] + _hiragana[second]


class StatementFactory(factory.Factory):
    """Somebody called 見本 in 札幌市中央区, who lives alone and wishes no centre to be told.

    ``consenting=centre`` makes it a consent to telling ``centre`` all three groups.
    """

    class Meta:
        model = Statement

    class Params:
        consenting = None

    food_days = "one_to_three"
    people_count = 1
    cooking = "can"
    name = factory.Sequence(lambda n: f"見本 {_syllables(n)}")
    kana = factory.Sequence(lambda n: f"みほん {_syllables(n)}")
    birth_year = factory.Sequence(lambda n: 1950 + n % 50)
    place_code = CHUO
    postcode = "0600001"
    address = "見本町1丁目2-3"
    reach_by = factory.LazyFunction(lambda: ["phone"])
    phone = factory.Sequence(lambda n: f"+8190{n % 10**8:08d}")
    household_type = "single"
    income = "fell"
    income_since = "within_half_year"
    in_debt = "no"
    first_time = "yes"
    someone_to_consult = "no"
    bodies = factory.LazyFunction(lambda: ["none"])
    found_by = "navi"
    hand_off_wish = factory.LazyAttribute(lambda o: "call_me" if o.consenting else "not_now")
    centre_id = factory.LazyAttribute(lambda o: o.consenting.public_id if o.consenting else "")
    disclosed = factory.LazyAttribute(lambda o: disclosable.keys_of(disclosable.Group.values) if o.consenting else [])
    feedback = factory.LazyAttribute(lambda o: bool(o.consenting))
    consent_text_version = factory.LazyAttribute(lambda o: consent_texts.CURRENT if o.consenting else "")


def real_place(code: str = CHUO) -> Place:
    """A place of the project's own table with those above it, made when it isn't there yet."""
    standing = Place.objects.filter(code=code).first()
    if standing:
        return standing
    row = _table()[code]
    city = _table()[row["parent_code"]] if row["level"] == Level.WARD else None
    search_name, search_kana = place_table.spellings(row["name"], row["kana"], city and (city["name"], city["kana"]))
    return PrefectureFactory(
        code=code,
        level=row["level"],
        name=row["name"],
        kana=row["kana"],
        prefecture_code=row["prefecture_code"],
        parent=real_place(row["parent_code"]) if row["parent_code"] else None,
        search_name=search_name,
        search_kana=search_kana,
    )


def desk_in(code: str = "010006", *, name: str = "見本フードバンク", **facts) -> Organisation:
    """A food bank that serves a place and all below it."""
    facts = {"phone": "011-000-0001", **facts}
    return registry.register_organisation(kind=Kind.FOOD_BANK, name=name, serves=[real_place(code)], **facts)


def centre_in(code: str = "011002", *, name: str = "見本の相談窓口", **facts) -> Organisation:
    """A support centre that serves a place and all below it; one that uses the portal has somebody who reads it."""
    facts = {"phone": "011-000-0002", **facts}
    made = registry.register_organisation(kind=Kind.SUPPORT_CENTRE, name=name, serves=[real_place(code)], **facts)
    if made.uses_portal:
        email = f"reader{next(_keys)}@example.org"
        reader = membership.add_member(email=email, name="相談 はじめ", password="kaku-no-nagai-kotoba")
        membership.give_role(member=reader, organisation=made, role=Role.COUNSELLOR)
    return made


def submit(
    *,
    statement: Statement | None = None,
    by: Member | None = None,
    language: str = "ja",
    page_secret: str = "",
    **answers,
) -> Receipt:
    """Hand a statement in through the verb; ``answers`` go to StatementFactory when none is given.

    Its place, and a food bank for it, are made when they aren't there.
    """
    stated = statement or StatementFactory(**answers)
    if catchment.desk_for(real_place(stated.place_code)) is None:
        desk_in()
    return submit_application(
        statement=stated,
        submission_key=f"test-{next(_keys)}",
        page_secret=page_secret or new_secret(),
        by=by,
        language=language,
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    with place_table.TABLE.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
