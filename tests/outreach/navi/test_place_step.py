"""Saying where one lives: understood in many spellings, asked again kindly, or skipped."""

import pytest

from outreach.navi.content import shipped
from outreach.navi.token import opened


def place_said(client, **typed: str) -> str:
    """The code of the place that the navi understood, read from the token it went on with."""
    step = client.post("/navi/money/", typed)
    assert step.status_code == 302, step.content.decode()
    return opened(step.url.split("/")[-2], client.cookies["navi"].value, content=shipped()).place


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("064-0941", "011011"),
        ("0640941", "011011"),
        ("０６４－０９４１", "011011"),
        ("〒064ー0941", "011011"),
        ("札幌市", "011002"),
        ("さっぽろし", "011002"),
        ("ｻｯﾎﾟﾛｼ", "011002"),
        ("サッポロ", "011002"),
        ("札幌市中央区", "011011"),
        ("北海道札幌市", "011002"),
        ("北海道伊達市", "012335"),
        ("千代田区", "131016"),
    ],
)
def test_many_spellings_are_understood(client, japan, typed, code):
    assert place_said(client, typed=typed) == code


def test_two_cities_of_one_name_are_told_apart_by_a_choice(client, japan):
    page = client.post("/navi/money/", {"typed": "伊達市"}, follow=True).content.decode()
    assert "北海道伊達市" in page
    assert "福島県伊達市" in page
    assert 'value="伊達市"' in page
    assert place_said(client, typed="伊達市", chosen="072133") == "072133"


def test_a_choice_that_no_longer_fits_is_asked_again(client, japan):
    response = client.post("/navi/money/", {"typed": "伊達市", "chosen": "131016"}, follow=True)
    assert response.status_code == 200
    assert "同じ名前のところがいくつかあります" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("ほげほげ市", "市区町村の名前だけを入力してください"),
        ("999-9999", "この郵便番号は見つかりません"),
        ("06", "この郵便番号は見つかりません"),
        ("<b>札幌</b>", "市区町村の名前だけを入力してください"),
        ("", "答えずに進むこともできます"),
        ("札幌市" * 50, "100"),
    ],
)
def test_what_is_not_understood_is_kept_and_asked_again(client, japan, typed, advice):
    response = client.post("/navi/money/", {"typed": typed}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert advice in page
    assert response.context["form"]["typed"].value() == typed
    assert "<b>札幌" not in page


def test_the_place_can_be_skipped(client, japan):
    assert place_said(client, typed="なんでも", skip="1") == ""


def test_a_trouble_that_does_not_exist_is_not_found(client, japan):
    assert client.get("/navi/weather/").status_code == 404


def test_changing_the_place_keeps_what_was_ticked(client, directory):
    step = client.post("/navi/money/", {"skip": "1"})
    step = client.post(step.url, {"worry": ["rent_unpaid"]})
    token = step.url.split("/")[-2]
    asked_again = client.post("/navi/money/", {"t": token}, follow=True)
    assert asked_again.status_code == 200
    assert token in asked_again.content.decode()
    step = client.post("/navi/money/", {"t": token, "typed": "札幌市"})
    assert step.url.startswith("/navi/list/")
    page = client.get(step.url).content.decode()
    assert "家賃がはらえない" in page
    assert "さっぽろ見本センター" in page
