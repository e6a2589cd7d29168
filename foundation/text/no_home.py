"""What people write in place of an address that they don't have: なし, 住所不定, 車の中, 公園で寝ています."""

import re

from foundation.text.japanese import squash

# Where somebody sleeps who has no home; the name of a café or hotel with its street is an address and none of these.
_NIGHTS = (
    "車|くるま|自動車|車内|車中|車上|ネットカフェ|ネカフェ|ねっとかふぇ|漫画喫茶|まんが喫茶|マンガ喫茶|まん喫|漫喫|サウナ|ファミレス"
    "|カプセルホテル|駅|駅前|公園|河川敷|橋の下|路上|道ばた|道端|外|テント|友人宅|友人の家|友達の家|友だちの家|知人宅|知人の家"
    "|こうえん|ろじょう|えき|そと|シェルター|カラオケ|コンビニ|倉庫|簡易宿泊所|ドヤ"
)
_WHAT = (
    "住むところ|住む所|住む場所|住む家|すむところ|住んでいるところ|住んでる(?:ところ|所)|住んでいる(?:所|家)|住所|じゅうしょ|住居"
    "|お?住まい|お?家|お?うち|いえ|部屋|へや|宿|決まった住所|決まった家|定まった住所|帰る(?:家|ところ|所|場所)|帰れる家"
    "|泊まる(?:ところ|所|場所)|行くところ|行く所|居場所"
)
_NOTHING = (
    "なし|無し|ナシ|無|ない|無い|ありません|ございません|不定|ふてい|不明|未定|決まっていない|決まっていません"
    "|まだない|決まってない|決まってません|失いました|失った|なくしました|なくした|なくなりました|なくなった"
)
_WRITTEN = re.compile(
    rf"(?:(?:いま|今|現在)[はの、]?)?(?:"
    rf"(?:(?:{_WHAT})[はがもを]?)?(?:{_NOTHING})(?:者)?"
    rf"|(?:{_NIGHTS})(?:の中)?[でにを]?(?:生活|泊|泊まり|暮らし|ぐらし|寝泊まり|寝とまり|転々|点々)?と?"
    r"(?:を?し?て?い?(?:る|ます))?"
    r"|車中泊|ホームレス|ほーむれす|野宿(?:者|生活)?|無住所|じゅうしょふてい"
    r")(?:です)?"
    r"|homeless|none|noaddress|nofixed(?:address|abode)|nohome|inmycar|n/a"
)
# The same anywhere in a sentence; beside it may stand much else, and an address too.
_SAID = re.compile(
    rf"(?:{_WHAT})[はがもを、]?(?:特に|とくに|まだ|もう|今は?|いまは?|現在は?)?(?:{_NOTHING})"
    rf"|(?:{_NIGHTS})(?:の中|など|とか|の前|のベンチ)?(?:[でにを、]|から)?(?:寝|ね(?:て|とまり)|泊|宿泊|暮|くらし|過ご|すご|生活|住ん|転々|い(?:る|ます)|います)"
    rf"|(?:^|[の、。(])(?:{_NIGHTS})(?:の中|など|とか|の前)?(?:です)?[。)]*$"
    r"|野宿|ホームレス|車中泊|無住所|住所不定|宿無し|転々と|居候|いそうろう|追い出され|特になし|とくになし"
)
_SAID_IN_ENGLISH = re.compile(
    r"\bhomeless\b|\bno (?:\w+ )?(?:home|house|address|abode|place)\b|\bnowhere\b|\bevicted\b"
    r"|\b(?:don't|dont|do not|haven't|have not|without|not have) (?:\w+ ){0,2}(?:home|house|address|place)\b"
    r"|\b(?:live|living|sleep|sleeping|stay|staying|am|i'm) (?:\w+ )?(?:in|on|at|with|outside|rough|between)\b"
    r"|\bin (?:my|a|the) (?:car|van|tent|park|shelter)\b|\b(?:net|internet|manga) ?caf[eé]\b|\bon the streets?\b"
    r"|\bcouch"
)
_AROUND = "。、.,()「」-ー―"


def is_meant(text: str) -> bool:
    """Whether ``text``, written where an address is asked for, says that there is none."""
    return bool(_WRITTEN.fullmatch(re.sub(r"\s+", "", squash(text)).casefold().strip(_AROUND)))


def is_said(text: str) -> bool:
    """Whether a sentence of ``text`` says so: 無職 住所なし, 大通の公園で寝ています, I sleep in my car."""
    written = squash(text).casefold().replace("’", "'")
    return bool(_SAID.search(re.sub(r"\s+", "", written)) or _SAID_IN_ENGLISH.search(written)) or is_meant(text)
