"""Whether a text has the shape of an address in its place: a sentence has not, a village without numbers has."""

import pytest

from organisations.models.place import Place
from organisations.places import quarters
from tests.factories.places import real_places


@pytest.fixture(scope="module")
def _table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_table")]
CHUO = "011011"

# What people write who have no address, don't say it, or tell something else in its place.
NO_ADDRESS = [
    "車で寝ています", "公園で寝ています", "住む家がありません", "住んでいるところがない", "住所なし、車で生活",
    "無職 住所なし", "なし（車）", "カプセルホテルに泊まっています",
    "ビジネスホテルに宿泊中", "友人の家に泊まっている", "友達のところ", "知人宅に居候", "追い出されました",
    "アパートを出ました", "会社の寮を出されて今はない", "シェルター",
    "転々としています", "特になし", "函館の実家", "東京の友人宅", "I have no home", "I don't have an address",
    "I sleep in my car",
    "living in my car", "in a net cafe", "staying with a friend", "3日前から車で寝ています",
    "2週間前に家を出ました",
    "ネットカフェで寝泊まりしています", "ネットカフェを転々としています", "24時間のファミレスにいます",
    "ホテル暮らし", "友人のアパートに居候しています", "親戚の家にいます",
    "実家に帰れません", "大家さんに追い出された", "家賃が払えず退去しました", "5月に派遣の寮を追い出されました",
    "会社の寮", "前の会社の寮です", "彼氏の家", "市営住宅を出ました",
    "大通公園で寝ています", "大通西8丁目の公園で寝ています", "駅のベンチ", "札幌駅で寝ています",
    "コンビニの駐車場", "道の駅の駐車場で車中泊", "道の駅", "河川敷のテント",
    "橋の下で生活", "サウナに泊まっています", "病院に入院中です", "病院に入院しています",
    "退院したら行くところがありません", "刑務所を出たばかりです", "避難しています",
    "夫から逃げています", "DVで避難中", "住所は言えません", "教えたくありません", "住民票がありません",
    "住所が決まっていません", "まだ決まっていないです", "これから探します",
    "引っこす予定です", "明日から行くところがない", "電話してください 090-1234-5678", "電話で聞いてください",
    "取りに行きます", "窓口で受け取りたいです",
    "営業所で受けとりたい", "家がないので取りに行けます", "知り合いの車に乗せてもらっています", "母のところ",
    "子どもと車にいます", "ビジネスホテル", "カプセルホテル", "漫画喫茶",
    "友人のマンション", "知人のアパートです", "駅前のネットカフェ", "国道5号の道の駅", "一番近い公園",
    "I am homeless", "We live in a tent",
    "between places right now", "sleeping rough", "I was evicted", "my friend's house", "no place to live",
    "couch surfing", "I lost my apartment", "I'm staying at a hostel", "at a shelter", "in the park",
    "my car", "a friend's place", "don't know", "I will pick it up", "外で寝ています",
    "すみません、住むところがないです",
    "職場に寝泊まり", "建設現場の宿舎", "友だちの部屋", "妹のアパート",
    "家を追われて今は友達の所", "図書館にいます", "図書館", "スーパーの駐車場", "荷物を受け取れる場所がありません",
    "郵便局留め", "民泊", "今夜泊まるところがない", "10月から住所がありません", "1人で車にいます", "札幌市内",
    "I got kicked out", "I'm living on the street", "none at the moment",
]  # fmt: skip

ADDRESSES = [
    "見本町1-2-3", "大通西1丁目", "北1条西2", "見本荘", "コーポみほん", "旭ヶ丘 見本荘", "大通西", "円山西町",
    "宮の森", "南一条西", "南一条西五丁目",
    "北三条西六丁目一番地", "見本様方", "佐藤様方", "佐藤方", "大字見本字中島", "字本町", "字西町 鈴木方",
    "無番地", "鹿渡無番地", "父島字西町", "番外地", "見本寮",
    "グループホームみほん", "見本マンション", "メゾン見本", "ホテル京都", "大宮ビル", "見本町1 部屋番号なし",
    "盤渓", "伏見", "旭ケ丘 レジデンス旭", "みほん教会",
    "見本病院", "見本病院内", "見本郵便局", "シャトー円山", "ハイツ見本 佐藤様方", "Mihon House",
    "Odori Nishi 1", "Sun Heights 201",
    "見本町1丁目2-3 車庫の2階", "快活ネットカフェ中央店 中央3-1", "見本町1-2 友人の家に泊まっています",
    "123-4567番地", "住所変更前の家1", "(北1条)西2",
    "清水町1-2", "友人宅 見本町1", "みほん館", "ますや旅館", "なし町2-3", "車町1", "公園通り2-1", "駅前1丁目2",
    "無量寺1", "五番町", "一の橋 見本荘",
    "新十津川農場", "十二軒 みほん商店", "三丁目", "東町", "見本団地三号棟", "見本ハイツ二階", "円山 佐藤様方",
    "見本A棟", "みほん駐屯地", "第二見本荘", "みほん牧場", "大字湯の沢無番地", "字沼田原野", "サンパレス見本302",
]  # fmt: skip

# As offices write theirs, cut before the first figure.
WITHOUT_FIGURES = """
262129:峰山町杉谷 133817:伊豆 473618:字儀間 131172:岸町 472077:真栄里 402141:大字吉木
132071:昭和町 206024:大字北信 132080:小島町 022101:柏木町藤山 262048:宇治琵琶 204234:大字読書
012238:常盤町 262064:安町野々神 012106:鳩が丘 132276:緑ヶ丘五丁目 402192:曙町 205885:大字高府
402133:大字中津熊 282197:三輪 472140:平良字西里 204862:大字中小谷丙 282014:安田三丁目 132110:学園東町
203041:大字大深山 014303:字本町 203866:大草 202037:大手 282103:加古川町北在家 282031:相生町
402109:本町 204021:元大島 012343:中央 131237:中央 131202:豊玉北 205435:大字高井
282260:生穂新島 131083:東陽 132021:富士見町 402061:中央町 204226:大字上松 282057:本町
132144:泉町 402311:西隈 282120:加里屋 143642:山北 144029:煤ヶ谷 132209:中央
012190:幸町 204170:大字大河原 402079:本町 202096:下新田 012297:弥生町 142115:緑町
131121:太子堂 204854:大字北城 023612:西豊田 022063:西十二番町 012068:北大通 132136:本町
012181:泉町 012033:花園 204323:福島 131016:九段南 144011:角田 142034:浅間町
142174:関本 012351:花川北
"""
# The post office's table doesn't know these.
UNKNOWN_TO_THE_POST = ["133817:伊豆", "022101:柏木町藤山"]


def may_be(text, code=CHUO):
    return quarters.may_be_in(text, Place.objects.get(code=code))


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_a_sentence_is_no_address(text):
    assert not may_be(text)


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_block_a_quarter_or_a_house_is_one(text):
    assert may_be(text)


@pytest.mark.parametrize("written", [one for one in WITHOUT_FIGURES.split() if one not in UNKNOWN_TO_THE_POST])
def test_the_name_of_a_quarter_needs_no_figure(written):
    code, text = written.split(":")
    assert may_be(text, code)


@pytest.mark.parametrize("written", UNKNOWN_TO_THE_POST)
def test_a_quarter_that_nobody_knows_is_one_by_its_number_or_a_house(written):
    code, text = written.split(":")
    assert not may_be(text, code)
    assert may_be(f"{text}12", code)
    assert may_be(f"{text} 見本様方", code)


def test_a_quarter_behind_its_ward_is_known_to_the_city():
    assert may_be("中央区大通西", "011002")


@pytest.mark.parametrize("text", ["大通西の友人宅", "伏見付近", "盤渓で車中泊しています"])
def test_what_lies_somewhere_in_a_quarter_is_none(text):
    assert not may_be(text)


def test_a_number_alone_is_one_in_a_village_without_quarters():
    assert not may_be("101")
    assert not may_be("中央区1-1-1", "011002")
    assert may_be("101", "133621")  # 利島村
