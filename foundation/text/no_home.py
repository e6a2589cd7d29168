"""What people write in place of an address that they don't have: なし, 住所不定, 車の中, ネットカフェ."""

import re

from foundation.text.japanese import squash

# Where somebody sleeps who has no home; the name of a café or hotel with its street is an address and none of these.
_NIGHTS = (
    "車|くるま|自動車|車内|車中|車上|ネットカフェ|ネカフェ|ねっとかふぇ|漫画喫茶|まんが喫茶|マンガ喫茶|まん喫|漫喫|サウナ|ファミレス"
    "|カプセルホテル|駅|駅前|公園|河川敷|橋の下|路上|道ばた|道端|外|テント|友人宅|友人の家|友達の家|友だちの家|知人宅|知人の家"
)
_WHAT = "住むところ|住む所|住所|住居|住まい|家|部屋|決まった住所|決まった家|定まった住所"
_NOTHING = "なし|無し|ナシ|無|ない|無い|ありません|不定|ふてい|不明|未定|まだない|決まってい?(?:ない|ません)|失いました"
_WRITTEN = re.compile(
    rf"(?:(?:いま|今|現在)[はの、]?)?(?:"
    rf"(?:(?:{_WHAT})[はがもを]?)?(?:{_NOTHING})(?:者)?"
    rf"|(?:{_NIGHTS})(?:の中)?[でにを]?(?:生活|泊|泊まり|暮らし|ぐらし|寝泊まり|寝とまり|転々|点々)?と?"
    r"(?:を?し?て?い?(?:る|ます))?"
    r"|車中泊|ホームレス|ほーむれす|野宿(?:者|生活)?|無住所|じゅうしょふてい"
    r")(?:です)?"
    r"|homeless|none|noaddress|nofixed(?:address|abode)|nohome|inmycar|n/a"
)
_AROUND = "。、.,()「」-ー―"


def is_meant(text: str) -> bool:
    """Whether ``text``, written where an address is asked for, says that there is none."""
    return bool(_WRITTEN.fullmatch(re.sub(r"\s+", "", squash(text)).casefold().strip(_AROUND)))
