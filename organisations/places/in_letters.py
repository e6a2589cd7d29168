"""Places by their reading in Latin letters: Sapporo, Ebetsu City, Chuo-ku, Sapporo."""

import re
from functools import lru_cache

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import gazetteer, romaji
from organisations.places.place_table import spellings


def find(text: str) -> list[Place]:
    """Places whose reading is ``text``, else those whose reading begins with it; cities before wards."""
    prefectures = {place.prefecture_code: latin(place.kana) for place in gazetteer.prefectures()}
    homes = [(place, sounds(place), prefectures[place.prefecture_code]) for place in gazetteer.homes()]
    for wanted in romaji.written(text):
        ranked = []
        for place, readings, prefecture in homes:
            asked = after_prefecture(wanted, prefecture)
            fitting = {sound == one for one in asked for sound in readings if sound.startswith(one)}
            if fitting:
                ranked.append((True not in fitting, place.level == Level.WARD, place.code, place))
        if ranked:
            ranked.sort(key=lambda row: row[:3])
            return [place for further, *_rank, place in ranked if further == ranked[0][0]]
    return []


def spelled_in_letters(text: str) -> list[Place]:
    """Places whose whole reading is ``text`` in Latin letters, with or without shi, ku or their prefecture."""
    if not romaji.is_latin(text):
        return []
    spelled = set(romaji.written(text))
    return [place for place in gazetteer.homes() if spelled & sounds(place)]


def sounds(place: Place) -> frozenset[str]:
    """The readings of a place in Latin letters, with and without 市区町村 and the city of a ward."""
    city = place.parent if place.level == Level.WARD else None
    return _spelled(place.name, place.kana, (city.name, city.kana) if city else None)


@lru_cache(maxsize=4096)  # the whole country, once in a process
def _spelled(name: str, kana: str, city: tuple[str, str] | None) -> frozenset[str]:
    _names, readings = spellings(name, kana, city, key=_hiragana)
    return frozenset(romaji.of_kana(sound) for sound in readings.split())


latin = lru_cache(maxsize=64)(romaji.of_kana)


def _hiragana(word: str) -> str:
    """The reading in hiragana alone, so that what is left of a name in kanji falls away."""
    return re.sub("[^ぁ-ゖー]", "", japanese.squash(word))


def after_prefecture(wanted: str, prefecture: str) -> set[str]:
    """``wanted``, and what follows where it begins with its prefecture: hokkaidodate, kanagawayokohama."""
    rests = {wanted, *(wanted.removeprefix(head) for head in heads(prefecture) if wanted.startswith(head))}
    return {rest for rest in rests if rest}


def heads(prefecture: str) -> tuple[str, ...]:
    """A prefecture's reading in letters, with and without its ending; hokkaido is never cut."""
    return (prefecture, re.sub(r"(?:ken|fu|to)$", "", prefecture))
