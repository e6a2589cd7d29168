"""How ages of children are written, as patterns over text in one width, with figures for kanji numerals.

``CHILD`` fits one child from where it stands, ``BABY`` a whole part that tells of one baby. Whatever neither fits is no
age: 中2, 妊娠8か月, もうすぐ3歳.
"""

import re

_YEARS = r"(?:歳児?|才|さい|サイ|[- ]?(?:years?|yrs?|y\.?o\.?\b|y\b)(?:[- ]old)?)"
_MONTHS = r"(?:[かヶカケヵ個箇]\s*月|かげつ|[- ]?(?:months?|mos?\b|mths?)(?:[- ]old)?)"
_WEEKS = r"(?:週間?|[- ]?(?:weeks?|wks?)(?:[- ]old)?)"
_DAYS = r"(?:日目?|[- ]?days?(?:[- ]old)?)"
_A_BABY = (
    r"(?:赤ちゃん|あかちゃん|赤ん坊|赤子|乳児|新生児|ベビー|[生う]まれたばかり(?:の(?:子|赤ちゃん|赤ん坊))?"
    r"|new-?born(?:\s+baby)?|baby(?:\s+(?:boy|girl))?|infant)"
)
_INFANT = (
    rf"(?:生後)?\s*(?:(?P<months>\d+)\s*{_MONTHS}半?(?:\s*と?\s*\d+\s*(?:{_DAYS}|{_WEEKS}))?"
    rf"|(?P<weeks>\d+)\s*{_WEEKS}(?:\s*と?\s*\d+\s*{_DAYS})?|(?P<days>\d+)\s*{_DAYS})"
)
_KIND_OF_CHILD = (
    r"第?\d+(?:子|人目|番目)|[長次]男|[長次]女|\d[男女]|[男女](?:の子|児)?|息子|娘|子ども|子供|こども"
    r"|(?:いちばん|1番)?(?:上|下|真ん中|まんなか)(?:の(?:子|息子|娘))?|お?(?:兄|姉|弟|妹)(?:ちゃん|さん)?"
    r"|(?:(?:an?|my|our)\s+)?(?:boy|girl|son|daughter|child|children|kids?)\b|age[ds]?\b"
)
_CHILDREN = r"(?:boys?|girls?|sons?|daughters?|child(?:ren)?|kids?)\b"
_LABEL = rf"(?:あと)?(?:(?P<kind>{_KIND_OF_CHILD})\s*(?:は|が|の|:|=|is\b)?\s*)?(?:an?\s+)?満?"
_SCHOOL = r"[小中高]\d|[小中高]学?校?\d?年?生?|保育園(?:児)?|幼稚園(?:児)?|年[少中長]"
_ASIDE = rf"(?:\s*\((?:[男女](?:の子|児)?|{_SCHOOL}|boy|girl)\))?"
_END = (
    r"(?:の?子(?:ども|供)?|の(?:[男女]の子|息子|娘)|\s+(?:boy|girl|son|daughter|child|kid)\b)?"
    r"(?:(?:が|は)?(?:います|いる)|です|だけ(?:です)?|になりました|になった)?[。.]?\s*"
)

# What children stand apart by. A と within ひとり is none.
SEPARATOR = re.compile(r"[、,・/&+;\r\n]|それと|(?<!ひ)と|\b(?:and|plus)\b", re.IGNORECASE)
# One child's age or two children's: 1歳と3か月, 3歳と3日, 2 1/2. And 11か月と29日, which are one.
MAY_BE_ONE = re.compile(
    rf"[\d一二三四五六七八九十]+\s*(?:{_YEARS}|{_MONTHS}|{_WEEKS})\s*と\s*(?:生後)?\s*"
    rf"[\d一二三四五六七八九十]+\s*(?:{_MONTHS}|{_DAYS}|{_WEEKS})"
    r"|\d+\s*(?:years?|yrs?)\s*(?:,|\band\b)[\s,]*(?:and\s+)?\d+\s*(?:months?|mos?\b)|\d+\s+1/2(?!\d)",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:子ども|子供|こども)?\s*(?:は|が)?\s*(?:いない|いません|ない|(?:特に|とくに)?(?:なし|無し)|0人)(?:です)?[。.]?"
    r"|(?:no|none|no (?:children|kids))\.?",
    re.IGNORECASE,
)
# How many children there are, before their ages: 2人（3歳と10歳）. Behind an age it is a count that is asked back.
HEADS = re.compile(
    r"(?:子ども|こども|子供)?\s*(?:は|が)?\s*(?:全部で|合計)?\s*"
    r"(?:(?P<heads>\d+|[一二三四五六七八九十]+|ひと(?=り)|ふた(?=り))\s*(?:人|名|り)(?![目分男女]))(?:っ子)?"
    r"(?:です|います|いて|いる)?(?:で)?[。:、,\s]*"
    rf"|(?P<counted>\d+|one|two|three|four|five|six)\s*{_CHILDREN}(?:\s*(?:aged?|ages)\b)?[:,\s]*",
    re.IGNORECASE,
)
# 子供2 3 5: two children, or the first of three ages.
COUNT_PERHAPS = re.compile(
    r"(?:子(?:ども|供)?|こども|kids?|children)\s*(?:は|が|の|:|=)?\s*(?P<count>\d+)(?=[\s(、,・])(?!\s*(?:歳|才|さい))",
    re.IGNORECASE,
)
INFANT_AGE = re.compile(_INFANT, re.IGNORECASE)
# A baby stands alone between commas: 乳児 3歳 may be one child or two.
BABY = re.compile(
    rf"(?:あと)?(?:an?\s+|my\s+|our\s+|1\s+)?(?:{_A_BABY}(?:\s*(?:は|が|の|:)?\s*\(?{_INFANT}\)?)?"
    rf"|{_INFANT.replace('?P<', '?P<_')}\s*(?:の|\(|\s(?=[a-z])){_A_BABY}\)?"
    r"|(?:まだ)?1\s*(?:歳|才|さい)(?:未満|前|に(?:なって)?い?(?:ない|ません)|に(?:ならない|なりません))"
    rf"|もうすぐ1\s*(?:歳|才|さい)(?:になります)?|(?:under|less than)\s+(?:1|one)(?:\s*{_YEARS})?){_END}",
    re.IGNORECASE,
)
CHILD = re.compile(
    r"\s*(?:\(?\b(?P<number>\d+)(?:\)|\.\s)\s*)?"
    rf"(?:(?:{_SCHOOL})(?=\(\d+\s*{_YEARS}\)))?{_LABEL}\(?\s*"
    rf"(?:(?P<years>\d+)\s*{_YEARS}(?:\s*(?:and\s+)?(?P<and_months>\d+)\s*{_MONTHS})?(?:\s*\d+\s*{_DAYS})?"
    rf"|(?P<infant>{_INFANT})|(?<![歳才])(?P<bare>\d+)(?![^\s()半])(?(kind)|(?!\s*{_CHILDREN})))(?:\s*(?P<half>半))?\)?"
    rf"(?:\s*\((?P<aside_months>\d+)\s*{_MONTHS}\))?{_ASIDE}{_END}(?!\s*\((?!\d+\)\s*\d))",
    re.IGNORECASE,
)
