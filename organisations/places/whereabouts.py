"""Which place a written address names, wherever in it the name stands, so that another is never joined to the home."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import jaconv

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import former, gazetteer, in_letters, leading, quarters, romaji, search

# What goes on behind a city's name is another name: 旭川市場, 札幌市役所, 千葉市民会館, 太田市町.
_NAME_ENDS = r"(?!場|街|営|立|民|役|庁|社会|町(?![一-龥ぁ-ゖァ-ヺ]))"
_COUNTY = r"[^\d\s]{1,5}?郡"
_ONLY_SIGNS = re.compile(r"[\W\d]{0,4}")
_CLOSED = ")」』】〕 "
_CLOSING = re.compile(r"[)」』】〕]")
_STREET = re.compile(r"丁目|番|条|\d-\d|[町村字]\s*\d")
_GOES_BEFORE = re.compile("(?![宅方様家県道府])[一-龥々]")  # 新当別町 is another name
_OF_A_TOWN = re.compile(r"内会|会館|営|立|民|役場|場|社会")
_SAYS_WHERE = re.compile(r".*(?:のは|住所は|家は)")
_KANA = re.compile(r"[ぁ-ゖー\s]+")
_LEAST_IN_KANA = 4  # つし is 津市, and the beginning of many a quarter's name
_LEAST_WORDS = 2
_OF_A_CITY = re.compile(r"[a-z]{2,}[ -](?:shi|city|ku|ward)\b")


class Whereabouts(NamedTuple):
    """``places`` that are named, several where a name is shared; ``rest`` is what is to be written after them.

    ``surely`` where it can be no street or house; ``unread`` is the prefecture of elsewhere before a name that is none,
    ``former`` the name as it was written where it is no more.
    """

    places: list[Place]
    rest: str
    surely: bool = False
    unread: str = ""
    former: str = ""

    @property
    def named(self) -> str:
        """What stands in the address and names them."""
        return self.unread or self.former or self.places[0].name


def of(address: str, *, near: Place) -> Whereabouts:
    """What ``address`` names: at its beginning, else any city of the country behind other words, in kana or letters."""
    if len(address) > search.LONGEST_ADDRESS:
        return Whereabouts([], address)
    text = japanese.squash(address)
    found = _former_at_the_beginning(text, near) or _at_the_beginning(text, near)
    if found.former and not found.surely:  # a street may be called so: 朝日町1-2 岩見沢市
        return _behind_words(text, near, is_behind_home=False) or found
    if is_elsewhere(found, near):
        return found
    start = len(text) - len(found.rest) if text.endswith(found.rest) else 0
    return (
        _behind_words(found.rest, near, is_behind_home=bool(start and found.places))
        or _in_kana(text, near)
        or _in_letters(text, near)
        or found
    )


def is_elsewhere(found: Whereabouts, near: Place) -> bool:
    """Whether ``found`` says something against ``near``."""
    return bool(found.unread) or bool(found.places and not holds(found.places, near))


def holds(places: list[Place], near: Place) -> bool:
    """Whether one of ``places`` is ``near``, or lies in it, or holds it."""
    return any(near in place.lineage() or place in near.lineage() for place in places)


def _at_the_beginning(text: str, near: Place) -> Whereabouts:
    found = leading.of(text, near=near)
    surely = leading.is_surely_a_place(found)
    if not found.places and found.prefecture and found.prefecture.prefecture_code != near.prefecture_code:
        inside = _first(found.rest.removeprefix(found.prefecture.name), found.prefecture)
        return Whereabouts(inside, text, bool(inside), "" if inside else found.prefecture.name)
    rest = found.rest
    while found.places and holds(found.places, near):  # written twice
        again = leading.of(rest, near=near)
        if again.places != found.places:
            break
        rest = again.rest
    return Whereabouts(found.places, rest, surely)


def _former_at_the_beginning(text: str, near: Place) -> Whereabouts | None:
    """A name that is no more, which stays in the address: the quarters of today keep it, and the post knows it."""
    standing = former.at_the_beginning(text, near)
    if standing is None or holds(standing.places, near):
        return None
    today = leading.of(text, near=near)
    if today.places and len(today.head) >= standing.end:
        if standing.places[0].prefecture_code != near.prefecture_code or _is_near(today.places, near):
            return None
        return Whereabouts([*standing.places, *today.places], text, standing.is_whole, former=standing.name)
    if quarters.begin(text, near) >= standing.end:
        return None
    return Whereabouts(standing.places, text[standing.start :], standing.is_whole, former=standing.name)


def _is_near(places: list[Place], near: Place) -> bool:
    return any(place.prefecture_code == near.prefecture_code for place in places)


def _first(text: str, prefecture: Place) -> list[Place]:
    """The place of ``prefecture`` whose name stands first in ``text``: 八丈島八丈町 is 八丈町."""
    homes = [place for place in gazetteer.homes() if place.prefecture_code == prefecture.prefecture_code]
    standing = [(text.find(place.name), -len(place.name), place) for place in homes if place.name in text]
    return [min(standing, key=lambda one: one[:2])[2]] if standing else []


def _behind_words(text: str, near: Place, *, is_behind_home: bool) -> Whereabouts | None:
    """Another place behind other words: 友人宅 江別市高砂町6, which there is 高砂町6 友人宅.

    Behind the home's own name the next may follow at once: 札幌市江別市高砂町6.
    """
    begin = max(quarters.begin(text, near), 0 if is_behind_home else 1)
    gone = former.inside(text, max(begin, 1), near)
    if gone and holds(gone.places, near):
        gone = None
    for start in sorted({*_names_from(text, begin), *_towns_from(text, begin, near)}):
        if gone and gone.start <= start:
            break
        found = leading.of(text[start:], near=near)
        if not found.places and found.prefecture and found.prefecture.prefecture_code != near.prefecture_code:
            inside = _first(found.rest.removeprefix(found.prefecture.name), found.prefecture)
            return Whereabouts(inside, text, unread="" if inside else found.prefecture.name)
        if found.places and not holds(found.places, near):
            return Whereabouts(found.places, _around(text[:start], found.rest, found.places[0]))
    if gone and quarters.begin(text[gone.start :], near) < len(gone.name):
        rest = _around(text[: gone.start], text[gone.start :], gone.places[0], name=gone.name)
        return Whereabouts(gone.places, rest, former=gone.name)
    return None


def _around(before: str, behind: str, place: Place, name: str = "") -> str:
    """What is left around a name, the street first: 高砂町6 友人宅, and 北10条西1丁目 メゾン北 101."""
    words = before.strip(" 、,:・(「【")
    if words != before.strip(" 、,:・"):  # a bracket was open
        behind = _CLOSING.sub(" ", behind, count=1)
    rest = behind.lstrip(_CLOSED).rstrip()
    if _ONLY_SIGNS.fullmatch(words) or _SAYS_WHERE.fullmatch(words):
        return rest
    street_first = _STREET.search(words) and not quarters.begin(rest.removeprefix(name), place)
    return (f"{words} {rest}" if street_first else f"{rest} {words}").strip()


def _names_from(text: str, begin: int) -> Iterator[int]:
    """Where a city of the country, a town behind its county, or a prefecture may begin."""
    for name in _names_inside().finditer(text, begin):
        if not (name["short"] and name.start() and re.match("[一-龥々]", text[name.start() - 1])):
            yield name.start()


def _towns_from(text: str, begin: int, near: Place) -> Iterator[int]:
    """Where a town of the home's prefecture stands by itself: 友人宅 当別町太美町1, 高砂1（当別町）."""
    if not re.search("[町村]", text[begin:]):
        return
    for town in gazetteer.homes():
        if town.name[-1] not in "町村" or town.prefecture_code != near.prefecture_code:
            continue
        at = text.find(town.name, begin)
        if at < 0 or (at and _GOES_BEFORE.match(text[at - 1])) or _OF_A_TOWN.match(text, at + len(town.name)):
            continue
        if quarters.begin(text[at:], near) < len(town.name):
            yield at


def _names_inside() -> re.Pattern[str]:
    homes = gazetteer.homes()
    cities = {place.name for place in gazetteer.homes_in_cities() if place.level == Level.MUNICIPALITY}
    towns = {place.name for place in homes if place.name[-1] in "町村"}
    heads = {place.name for place in gazetteer.prefectures()}
    return _pattern(frozenset(cities), frozenset(towns), frozenset(heads))


@lru_cache(maxsize=2)
def _pattern(cities: frozenset[str], towns: frozenset[str], heads: frozenset[str]) -> re.Pattern[str]:
    """The names that may stand inside an address; of the short ones (津市) only where no kanji stands before."""
    long = _either(name for name in cities if len(name) > 2)
    short = _either([*(name for name in cities if len(name) == 2), *heads])
    return re.compile(rf"(?:{long}){_NAME_ENDS}|{_COUNTY}(?:{_either(towns)})|(?P<short>{short}){_NAME_ENDS}")


def _either(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"


def _in_kana(text: str, near: Place) -> Whereabouts | None:
    """A city or ward in kana, at the beginning, or any place behind its prefecture: ホッカイドウエベツシ…."""
    spelled = re.sub(r"\s", "", jaconv.kata2hira(text))
    run = _KANA.match(spelled)
    if run is None:
        return None
    kana = run[0]
    head = next((one for one in gazetteer.prefectures() if kana.startswith(one.kana)), None)
    kana = kana.removeprefix(head.kana) if head else kana
    best: dict[int, list[Place]] = {}
    for place in gazetteer.homes() if head else gazetteer.homes_in_cities():
        if head and place.prefecture_code != head.prefecture_code:
            continue
        city = place.parent.kana if place.level == Level.WARD and place.parent else ""
        for sound in {place.kana, city + place.kana}:
            goes_on = kana[len(sound) :][:1] in set("ゃゅょー")
            if (head or len(sound) >= _LEAST_IN_KANA) and kana.startswith(sound) and not goes_on:
                best.setdefault(len(sound), []).append(place)
    if best:
        return _unless_here(best[max(best)], text, near)
    there = head is not None and head.prefecture_code != near.prefecture_code
    return Whereabouts([], text, unread=head.name) if there and head else None


def _in_letters(text: str, near: Place) -> Whereabouts | None:
    """A city in Latin letters: with its shi or ku, or as a part by itself behind a comma (6 Takasago, Ebetsu)."""
    if re.search("[ぁ-ヿ一-龥]", text):
        return None
    parts = [re.sub(r"[^a-z ,.'’-]", "", part).strip(" -") for part in text.casefold().split(",")]
    asked = [word[0] for part in parts for word in _OF_A_CITY.finditer(part)]
    asked += [part for part in parts[1:] if part and romaji.is_latin(part)]
    for part in asked:
        found = [place for place in in_letters.spelled_in_letters(part) if place.name[-1] in "市区"]
        if found:
            near_by = [one for one in found if one.prefecture_code == near.prefecture_code]
            return _unless_here(near_by or found, text, near)
    others = [place for place in gazetteer.prefectures() if place.prefecture_code != near.prefecture_code]
    names = {one: place.name for place in others for one in _heads(romaji.of_kana(place.kana))}
    words = [word for part in parts[1:] if romaji.is_latin(part) for word in romaji.written(part)]
    there = next((names[word] for word in words if word in names), "")
    if there:
        return Whereabouts([], text, unread=there)
    return _first_or_last_word(parts[0].split(), text, near)


def _first_or_last_word(words: list[str], text: str, near: Place) -> Whereabouts | None:
    """A city of the home's prefecture by its bare name (Ebetsu Takasago 6), or one beside its own: Tokyo Shinjuku."""
    if len(words) < _LEAST_WORDS:
        return None
    heads = {one: place for place in gazetteer.prefectures() for one in _heads(romaji.of_kana(place.kana))}
    for word, beside in ((words[0], words[1]), (words[-1], words[-2])):
        within = heads.get(word)
        code = (within or near).prefecture_code
        found = [one for one in in_letters.spelled_in_letters(beside if within else word) if one.name[-1] in "市区"]
        found = [one for one in found if one.prefecture_code == code and one.level == Level.MUNICIPALITY]
        if found:
            return _unless_here(found, text, near)
    return None


def _heads(prefecture: str) -> set[str]:
    """A prefecture's reading in letters, with and without its ending."""
    return {prefecture, re.sub(r"(?:ken|fu|to)$", "", prefecture)}


def _unless_here(places: list[Place], text: str, near: Place) -> Whereabouts | None:
    return None if holds(places, near) else Whereabouts(places, text)
