"""Secrets: asked for by name outside the demonstration, made once inside it."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch):
    for name in environment.SECRETS:
        monkeypatch.delenv(name, raising=False)


def test_a_missing_secret_stops_the_start_and_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    with pytest.raises(ImproperlyConfigured, match=r"FIELD_KEYS, INDEX_KEYS, TOKEN_KEYS must be set.*make run"):
        environment.load_secrets(var=tmp_path, demo=False)


def test_the_demonstration_makes_its_secrets_once_and_keeps_them_to_itself(tmp_path):
    first = environment.load_secrets(var=tmp_path, demo=True)
    assert environment.load_secrets(var=tmp_path, demo=True) == first
    assert stat.S_IMODE((tmp_path / environment.DEMO_SECRETS).stat().st_mode) == 0o600
    assert sorted(first) == sorted(environment.SECRETS)


def test_a_folder_of_the_demonstration_stays_one_until_somebody_gives_secrets(tmp_path, monkeypatch):
    assert not environment.holds_demonstration(tmp_path)
    environment.load_secrets(var=tmp_path, demo=True)
    assert environment.holds_demonstration(tmp_path)
    monkeypatch.setenv("FIELD_KEYS", "k1:AAAA")
    assert not environment.holds_demonstration(tmp_path)
