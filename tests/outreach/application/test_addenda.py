"""The supplement: added of one's own accord, sealed like the rest, never changing what was stated."""

from functools import partial

import pytest
from django.db import connection

from foundation.errors import DomainError
from foundation.work import outbox
from outreach.application.addenda import LONGEST_WORDS, add_addendum
from outreach.models import ApplicationAddendum
from tests.factories.applications import submit
from tests.interleaving import in_between, on_postgresql

pytestmark = pytest.mark.django_db


def test_own_words_stand_encrypted_under_the_persons_key(desk, reading):
    application = submit().application
    added = add_addendum(application=application, own_words=" 家賃がはらえません ", interpreter="やさしい日本語")
    assert (added.own_words, added.interpreter) == ("家賃がはらえません", "やさしい日本語")
    assert added.data_key == application.data_key
    with connection.cursor() as cursor:
        cursor.execute("SELECT own_words FROM outreach_applicationaddendum")
        assert "家賃".encode() not in bytes(cursor.fetchone()[0])


def test_adding_twice_keeps_both(desk, reading):
    application = submit().application
    add_addendum(application=application, own_words="ひとつめ")
    add_addendum(application=application, public_assistance="applying")
    assert application.addenda.count() == 2


@pytest.mark.parametrize("words", [{}, {"own_words": "  "}, {"own_words": "あ" * (LONGEST_WORDS + 1)}])
def test_nothing_or_too_much_is_answered_kindly(desk, words):
    with pytest.raises(DomainError):
        add_addendum(application=submit().application, **words)
    assert not ApplicationAddendum.objects.exists()


def test_a_double_click_adds_once(desk, reading):
    application = submit().application
    first = add_addendum(application=application, own_words="ひとつめ")
    assert add_addendum(application=application, own_words="ひとつめ") == first
    assert application.addenda.count() == 1


class TestAtOnce:
    pytestmark = on_postgresql

    def test_two_clicks_in_the_same_moment_add_once(self, desk, reading):
        application = submit().application
        adding = [partial(add_addendum, application=application, own_words="ひとつめ") for _ in range(2)]
        met = in_between(adding[0], (outbox, "enqueue"), adding[1])
        assert met.first == met.second
        assert application.addenda.count() == 1
