"""Which words tell something, which figures are a block's, which houses have a name."""

import pytest

from foundation.text import shape


@pytest.mark.parametrize(
    "text", ["車で寝ています", "アパートを出ました", "ホテルに宿泊中", "I sleep in my car", "家がない"]
)
def test_what_tells_something_is_a_sentence(text):
    assert shape.is_sentence(text)


@pytest.mark.parametrize("text", ["ますだ荘", "出田町", "Odori Nishi 1", "大通西", "いたやま", "中島", "ないえ"])
def test_a_name_is_none(text):
    assert not shape.is_sentence(text)


@pytest.mark.parametrize("text", ["1-2", "３丁目", "南一条西", "無番地", "字本町", "大字見本"])
def test_a_block_is_written_in_many_ways(text):
    assert shape.has_figure(text)


@pytest.mark.parametrize(
    "text", ["3日前から", "2週間", "子ども2人", "国道5号", "090-1234-5678", "24時間", "for 3 weeks"]
)
def test_days_people_and_telephones_are_no_block(text):
    assert not shape.has_figure(text)


@pytest.mark.parametrize("text", ["見本荘", "コーポみほん", "佐藤様方", "大宮ビル", "Mihon House"])
def test_a_house_is_known_by_its_name(text):
    assert shape.has_house(text)


@pytest.mark.parametrize(
    "text", ["会社の寮", "友人のアパート", "ビジネスホテル", "市営住宅", "my friend's house", "公園"]
)
def test_a_house_without_a_name_is_none(text):
    assert not shape.has_house(text)
