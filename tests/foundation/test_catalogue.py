"""The catalogues: English says everything the Japanese says; the Japanese of the frameworks is said kindly."""

from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Catalog
from django import forms
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override

from foundation.management.commands.check_catalogue import differences, doubled, faults, read_catalogue

KIND_JAPANESE = Path(settings.BASE_DIR) / "locale/ja/LC_MESSAGES/django.po"


def catalogue(*messages, **options) -> Catalog:
    made = Catalog(locale="en")
    for msgid, msgstr in messages:
        made.add(msgid, msgstr, **options)
    return made


def test_every_text_of_the_interface_stands_in_english(capsys):
    call_command("check_catalogue")
    assert "complete" in capsys.readouterr().out


def test_a_finished_catalogue_has_no_fault():
    fine = catalogue(
        ("{count}件のうち", "of {count}"),
        (("%(n)s件", "%(n)s件"), ("%(n)s entry", "%(n)s entries")),
        ("はい", "Write はい (yes)"),
    )
    assert list(faults(fine)) == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("次へ", "", "not finished: 次へ"),
        (("%(n)s件", "%(n)s件"), ("%(n)s entry", ""), "not finished: %(n)s件"),
        ("次へ", "次 (next)", "still Japanese: 次 (next)"),
        ("{name}さん", "Dear person", "other placeholders than in the Japanese: Dear person"),
        ("%(name)sさん", "Dear %(nam)s", "other placeholders than in the Japanese: Dear %(nam)s"),
        ("{n}と{n}", "{n}", "other placeholders than in the Japanese: {n}"),
    ],
)
def test_an_unfinished_text_is_named(msgid, msgstr, fault):
    assert list(faults(catalogue((msgid, msgstr)))) == [fault]


def test_a_guess_of_the_tools_does_not_count_as_a_translation():
    assert list(faults(catalogue(("次へ", "Back"), flags=["fuzzy"]))) == ["not finished: 次へ"]


def test_a_text_that_stands_twice_is_named_once_for_one_place_or_another_is_no_other_text():
    page = (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
        'msgid "次へ"\nmsgstr "Next"\n\n'
        'msgctxt "several"\nmsgid "次へ"\nmsgstr "The next"\n\n'
        'msgid ""\n"とても長い"\n"文章"\nmsgstr "A long text"\n\n'
        'msgid "次へ進む"\nmsgstr "Go on"\n'
    )
    assert list(doubled(page)) == []
    again = page + '\nmsgid "次へ"\nmsgstr "Onward"\n\nmsgctxt "several"\nmsgid "次へ"\nmsgstr "Others"\n'
    assert list(doubled(again)) == [
        'twice in the catalogue: msgid "次へ"',
        'twice in the catalogue: msgctxt "several"\nmsgid "次へ"',
    ]
    assert list(doubled(page + '\nmsgid ""\n"とても長い"\n"文章"\nmsgstr "Another"\n')) == [
        'twice in the catalogue: msgid ""\n"とても長い"\n"文章"'
    ]


def test_texts_that_are_new_or_gone_are_named_plurals_among_them():
    held = catalogue((("%(n)s件", "%(n)s件"), ("%(n)s entry", "%(n)s entries")), ("前へ", "Back"))
    assert list(differences(held, {(None, "%(n)s件"), (None, "次へ")})) == [
        "not in the catalogue (make messages): 次へ",
        "no longer used (make messages): 前へ",
    ]


def test_without_xgettext_only_the_translations_are_looked_at():
    assert list(differences(catalogue(("前へ", "Back")), None)) == []


def test_a_missing_answer_is_asked_for_kindly():
    with override("ja"):
        errors = forms.CharField().error_messages
        assert str(errors["required"]) == "入力してください。"
    with override("en"):
        assert str(forms.CharField().error_messages["required"]) == "This field is required."


def test_the_kind_words_are_for_texts_the_frameworks_still_have():
    own = {
        _first(message.id)
        for package in (django, allauth)
        for path in Path(package.__file__).parent.rglob("locale/ja/LC_MESSAGES/django.po")
        for message in read_catalogue(path)
    }
    ours = [message for message in read_catalogue(KIND_JAPANESE) if message.id]
    assert [message.id for message in ours if _first(message.id) not in own] == []
    assert [message.id for message in ours if message.fuzzy or not message.string] == []


def _first(msgid):
    return msgid if isinstance(msgid, str) else msgid[0]
