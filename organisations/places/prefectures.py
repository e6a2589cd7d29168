"""Whether what is written names a prefecture, or a sub-prefecture, and no place in it."""

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import gazetteer, romaji
from organisations.places.gazetteer import key_of
from organisations.places.in_letters import heads, latin
from organisations.places.search import LONGEST_TEXT


def is_prefecture(text: str) -> bool:
    """Whether ``text`` names a prefecture or sub-prefecture and nothing more: 東京, ほっかいどう, Tokyo, 石狩管内."""
    asked = {japanese.search_key(text[:LONGEST_TEXT]), *(romaji.written(text) if romaji.is_latin(text) else ())}
    for place in gazetteer.prefectures():
        whole = [key_of(name) for name in (place.name, place.kana)]
        if asked.intersection([*whole, *(name[:-1] for name in whole), *heads(latin(place.kana))]):
            return True
    above = {place.parent for place in gazetteer.homes() if place.parent}
    offices = [place for place in above if place.level == Level.SUBPREFECTURE]
    names = {spelled for place in offices for spelled in _of_an_office(place)}
    return bool(asked & names)


def _of_an_office(place: Place) -> set[str]:
    """石狩振興局管内, 石狩振興局, 石狩管内, 石狩地方 and 石狩."""
    bare = place.short_name
    office = place.name.removesuffix("管内")
    return {key_of(name) for name in (place.name, office, bare, f"{bare}管内", f"{bare}地方", f"{bare}支庁")}
