"""Which place a written address names, wherever in it the name stands, so that another is never joined to the home."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import jaconv

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import gazetteer, leading, quarters, romaji, search

# What goes on behind a city's name is another name: 旭川市場, 札幌市役所, 千葉市民会館, 太田市町.
_NAME_ENDS = r"(?!場|街|営|立|民|役|庁|社会|町(?![一-龥ぁ-ゖァ-ヺ]))"
_COUNTY = r"[^\d\s]{1,5}?郡"
_ONLY_SIGNS = re.compile(r"[\W\d]{0,4}")
_SAYS_WHERE = re.compile(r".*(?:のは|住所は|家は)")
_KANA = re.compile(r"[ぁ-ゖー\s]+")
_LEAST_IN_KANA = 4  # つし is 津市, and the beginning of many a quarter's name
_OF_A_CITY = re.compile(r"[a-z]{2,}[ -](?:shi|city|ku|ward)\b")


class Whereabouts(NamedTuple):
    """``places`` that are named, several where a name is shared; ``rest`` is what is to be written after them.

    ``surely`` where it can be no street or house; ``unread`` is the prefecture of elsewhere before a name that is none.
    """

    places: list[Place]
    rest: str
    surely: bool = False
    unread: str = ""


def of(address: str, *, near: Place) -> Whereabouts:
    """What ``address`` names: at its beginning, else any city of the country behind other words, in kana or letters."""
    text = japanese.squash(address)
    found = _at_the_beginning(text, near)
    if (found.places and not _holds(found.places, near)) or found.unread:
        return found
    return _behind_words(found.rest, near) or _in_kana(text, near) or _in_letters(text, near) or found


def is_elsewhere(found: Whereabouts, near: Place) -> bool:
    """Whether ``found`` says something against ``near``."""
    return bool(found.unread) or bool(found.places and not _holds(found.places, near))


def _holds(places: list[Place], near: Place) -> bool:
    return any(near in place.lineage() or place in near.lineage() for place in places)


def _at_the_beginning(text: str, near: Place) -> Whereabouts:
    found = leading.of(text, near=near)
    surely = leading.is_surely_a_place(found)
    if not found.places and found.prefecture and found.prefecture.prefecture_code != near.prefecture_code:
        inside = _first(found.rest.removeprefix(found.prefecture.name), found.prefecture)
        return Whereabouts(inside, text, bool(inside), "" if inside else found.prefecture.name)
    rest = found.rest
    while found.places and _holds(found.places, near):  # written twice
        again = leading.of(rest, near=near)
        if again.places != found.places:
            break
        rest = again.rest
    return Whereabouts(found.places, rest, surely)


def _first(text: str, prefecture: Place) -> list[Place]:
    """The place of ``prefecture`` whose name stands first in ``text``: 八丈島八丈町 is 八丈町."""
    homes = [place for place in gazetteer.homes() if place.prefecture_code == prefecture.prefecture_code]
    standing = [(text.find(place.name), -len(place.name), place) for place in homes if place.name in text]
    return [min(standing, key=lambda one: one[:2])[2]] if standing else []


def _behind_words(text: str, near: Place) -> Whereabouts | None:
    """Another city behind other words: 友人宅 江別市高砂町6, which there is 高砂町6 友人宅."""
    start = quarters.begin(text, near)
    for name in _names_inside().finditer(text, max(start, 1)):
        if name["short"] and re.match("[一-龥々]", text[name.start() - 1]):
            continue
        found = leading.of(text[name.start() :], near=near)
        words = text[: name.start()].strip(" 、,:・(「【")
        if not found.places and found.prefecture and found.prefecture.prefecture_code != near.prefecture_code:
            inside = _first(found.rest.removeprefix(found.prefecture.name), found.prefecture)
            return Whereabouts(inside, text, unread="" if inside else found.prefecture.name)
        if found.places and not _holds(found.places, near):
            told = _ONLY_SIGNS.fullmatch(words) or _SAYS_WHERE.fullmatch(words)
            rest = found.rest.lstrip(")」』】〕 ")
            return Whereabouts(found.places, rest if told else f"{rest} {words}".strip())
    return None


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
        found = [place for place in search.spelled_in_letters(part) if place.name[-1] in "市区"]
        if found:
            near_by = [one for one in found if one.prefecture_code == near.prefecture_code]
            return _unless_here(near_by or found, text, near)
    others = [place for place in gazetteer.prefectures() if place.prefecture_code != near.prefecture_code]
    names = {one: place.name for place in others for one in _heads(romaji.of_kana(place.kana))}
    words = [word for part in parts[1:] if romaji.is_latin(part) for word in romaji.written(part)]
    there = next((names[word] for word in words if word in names), "")
    return Whereabouts([], text, unread=there) if there else None


def _heads(prefecture: str) -> set[str]:
    """A prefecture's reading in letters, with and without its ending."""
    return {prefecture, re.sub(r"(?:ken|fu|to)$", "", prefecture)}


def _unless_here(places: list[Place], text: str, near: Place) -> Whereabouts | None:
    return None if _holds(places, near) else Whereabouts(places, text)
