"""Whether what was written has the shape of an address (a figure, a house's name) or that of a sentence."""

import re

from foundation.text import no_home
from foundation.text.japanese import squash

# Figures that count days, people and money, that call or that name a road: no block has them.
_NO_BLOCK = re.compile(
    r"\d+(?:年|[かヶカケヵ箇ヵ]?月|週間?|日|人|名|歳|才|時間?|分|円|泊|晩|回|か所|ヶ所|度)"
    r"|国道\d+号線?|(?<!\d)0\d{1,3}[- ]?\d{1,4}[- ]?\d{3,4}"
    r"|\b\d+ (?:years?|months?|weeks?|days?|nights?|people|hours?)\b"
)
_NUMERAL = "[〇一二三四五六七八九十百千]"
_FIGURE = re.compile(
    rf"\d|{_NUMERAL}+(?:丁目|丁|番地|番町|条|号|線|区(?!役所)|地割)|{_NUMERAL}+番{_NUMERAL}|無番地|番外地|番地なし"
    r"|(?:大字|小字|字)[^\W\d_]|^[東西南北][東西南北]?町?$"
)
_NUMBER_ALONE = re.compile(r"(?=.*\d)(?:\d|[\W_]|号室?|階)+")
_EXACT = re.compile(rf"\d\s*-\s*\d|\d番|\d号|{_NUMERAL}+番|\d{{2,}}")
_SENTENCE = re.compile(
    r"(?:ます|ません|ました|です|でした|ている|てる|ていて|(?:寝|居|い)る|する|おり|ない|無い|[出れっいしえめきんけ]た|ください|下さい|たい|ため|ので)"
    r"(?=$|[\s。、,.!()」]|ので|けど|から|が[、。\s])"
    r"|(?:宿泊|滞在|入院|入所|避難|移動|生活|居候|探し|旅行|待機|休業|療養)中(?:です)?(?=$|[\s。、)])"
    r"|\bi(?:'m| [a-z]{2,})|\b(?:we|am|living|sleeping|staying|live|sleep|stay|don't|dont|cannot|can't|please)\b"
)
# Whose house it is, or what kind, told without a name: 会社の寮, 友人のアパート, ビジネスホテル, 市営住宅.
_NAMELESS = re.compile(
    r"友人|友達|友だち|ともだち|知人|知り合い|親戚|親族|両親|親|兄弟|兄|姉|弟|妹|母|父|祖父|祖母|会社|勤め先|職場|派遣先?|派遣|住み込み"
    r"|彼氏|彼女|彼|元夫|元妻|夫|妻|息子|娘|おばあちゃん|おじいちゃん|おば|おじ|叔父|叔母|先輩|後輩|同僚|他人|人|女性|男性|民間|近所|近く"
    r"|[都道府県市町村区]営|公営|社員|独身|学生|駅前|駅|ビジネス|カプセル|ラブ|格安|安い|ウィークリー|マンスリー|シェア|ゲスト|カラオケ"
    r"|コンビニ|漫画|喫茶|救急|総合|大学|老人|福祉|施設|母子|保護|支援|無料|低額|宿泊|前|元|今|古い|空き|その|あの|この|ある|どこか"
    r"|実家|家|宅|公園|図書|[^\w]"
)
_ENDS_A_HOUSE = (
    "荘|寮|ハイツ|ハイム|コーポ|マンション|ビル|方|団地|アパート|メゾン|レジデンス|ハウス|ホーム|ホテル|旅館|会館|センター"
    "|病院|教会|寺|神社|店|営業所|支店|役場|役所|事務所|郵便局|学校|公民館|住宅|パレス|館|院|苑|園|工業|商店|農場|牧場|団|棟|駐屯地"
)
_BEGINS_A_HOUSE = (
    "コーポ|ハイツ|ハイム|メゾン|ホーム|ハウス|ホテル|アパート|マンション|レジデンス|パレス|ヴィラ|ビラ|シャトー|サン"
    "|グラン"
)
_HOUSE = re.compile(
    rf"(?:^|(?<=[のでにをはが、]))[^\Wのでにをは]{{2,}}(?:{_ENDS_A_HOUSE})(?:内|気付|気付け)?(?:$|(?=[のA-Za-z]))"
    rf"|(?:{_BEGINS_A_HOUSE})(?![にでをはのがへと暮泊])[^\W_]{{2,}}"
)
_ENGLISH_HOUSE = re.compile(
    r"(?:^|[^a-z'])(?!(?:my|a|an|the|our|his|her|their|friends?|parents?|mothers?|fathers?|cheap|capsule|business|guest"
    r"|love|share|homeless|womens?) |\w+'s? )[a-z]{2,} (?:house|heights|building|bldg|mansion|apartments?|dormitory"
    r"|hotel|residence|church|hospital)\b"
)


def is_sentence(text: str) -> bool:
    """Whether ``text`` tells something (車で寝ています, アパートを出ました) rather than names a place."""
    return bool(_SENTENCE.search(_folded(text))) or no_home.is_said(text)


def has_figure(text: str, *, exactly: bool = False) -> bool:
    """Whether a block or number stands in it; ``exactly`` where 8丁目 alone, at which a park may lie, isn't enough."""
    return bool((_EXACT if exactly else _FIGURE).search(_NO_BLOCK.sub(" ", _folded(text))))


def is_number_alone(text: str) -> bool:
    """Whether nothing but a number stands there: 101, 101号室, 1-1-1; not where it is said to be a 番地."""
    return bool(_NUMBER_ALONE.fullmatch(_folded(text)))


def has_house(text: str) -> bool:
    """Whether a house stands in it by its own name: 見本荘, コーポみほん, 佐藤様方; not 会社の寮, ビジネスホテル."""
    words = (_HOUSE.search(_NAMELESS.sub("", word)) for word in _folded(text).split())
    return any(words) or bool(_ENGLISH_HOUSE.search(_folded(text)))


def _folded(text: str) -> str:
    return squash(text).casefold().replace("’", "'")
