"""Secrets: asked for by name outside the demonstration, made once inside it."""

import base64
import json
import multiprocessing
import os
import stat
import subprocess
import sys
from itertools import combinations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch):
    for name in environment.SECRETS:
        monkeypatch.delenv(name, raising=False)


def test_a_missing_secret_stops_the_start_and_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    named = ", ".join(environment.RINGS)
    with pytest.raises(ImproperlyConfigured, match=rf"{named} must be set.*make run"):
        environment.load_secrets(var=tmp_path, demo=False)


def test_the_demonstration_makes_its_secrets_once_and_keeps_them_to_itself(tmp_path):
    first = environment.load_secrets(var=tmp_path, demo=True)
    assert environment.load_secrets(var=tmp_path, demo=True) == first
    assert stat.S_IMODE((tmp_path / environment.DEMO_SECRETS).stat().st_mode) == 0o600
    assert sorted(first) == sorted(environment.SECRETS)


def ring(key_id: str, letter: str) -> str:
    return f"{key_id}:{base64.b64encode(letter.encode() * 32).decode()}"


@pytest.fixture
def given(monkeypatch):
    """Secrets from the environment, all rings apart."""
    own = {
        "SECRET_KEY": "given",
        **{name: ring("k", letter) for name, letter in zip(environment.RINGS, "abcde", strict=True)},
    }

    def give(**other):
        for name, value in {**own, **other}.items():
            monkeypatch.setenv(name, value)

    return give


def test_rings_apart_let_the_start_go_on(given, tmp_path):
    given()
    assert environment.load_secrets(var=tmp_path, demo=False)["PAGE_KEYS"] == ring("k", "d")


@pytest.mark.parametrize(("one", "other"), [*combinations(environment.RINGS, 2)])
def test_one_key_in_two_rings_stops_the_start_under_whatever_ids(given, tmp_path, one, other):
    given(**{one: f"{ring('new', 'x')},{ring('old', 'z')}", other: f"{ring('first', 'z')},{ring('second', 'y')}"})
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.load_secrets(var=tmp_path, demo=False)
    assert str(refusal.value).startswith(f"{one} (old) and {other} (first) are the same key")
    assert base64.b64encode(b"z" * 32).decode() not in str(refusal.value)


def test_a_ring_that_makes_no_sense_is_named(given, tmp_path):
    given(SEAL_KEYS="k:short")
    with pytest.raises(ImproperlyConfigured, match="SEAL_KEYS: key 'k'"):
        environment.load_secrets(var=tmp_path, demo=False)


class TestADemonstrationFromBeforeTheRingsWereApart:
    OLD = {
        "SECRET_KEY": "kept",
        "FIELD_KEYS": ring("demo", "f"),
        "INDEX_KEYS": ring("demo", "i"),
        "TOKEN_KEYS": ring("demo", "t"),
    }

    def test_keeps_what_its_rows_need(self, tmp_path):
        (tmp_path / environment.DEMO_SECRETS).write_text(json.dumps(self.OLD))
        found = environment.load_secrets(var=tmp_path, demo=True)
        assert {name: found[name] for name in ("SECRET_KEY", "FIELD_KEYS", "TOKEN_KEYS")} == {
            name: self.OLD[name] for name in ("SECRET_KEY", "FIELD_KEYS", "TOKEN_KEYS")
        }
        assert found["SEAL_KEYS"].endswith(f",{self.OLD['INDEX_KEYS']}")
        assert self.OLD["INDEX_KEYS"] not in found["INDEX_KEYS"]
        assert environment.load_secrets(var=tmp_path, demo=True) == found
        assert stat.S_IMODE((tmp_path / environment.DEMO_SECRETS).stat().st_mode) == 0o600

    def test_is_parted_once_by_however_many_processes(self, tmp_path):
        (tmp_path / environment.DEMO_SECRETS).write_text(json.dumps(self.OLD))
        with multiprocessing.get_context("fork").Pool(4) as pool:
            read = pool.map(_load, [tmp_path] * 12)
        assert all(one == read[0] for one in read)


def _load(var):
    return environment.load_secrets(var=var, demo=True)


def test_a_folder_of_the_demonstration_stays_one_until_somebody_gives_secrets(tmp_path, monkeypatch):
    assert not environment.holds_demonstration(tmp_path)
    environment.load_secrets(var=tmp_path, demo=True)
    assert environment.holds_demonstration(tmp_path)
    monkeypatch.setenv("FIELD_KEYS", "k1:AAAA")
    assert not environment.holds_demonstration(tmp_path)


def test_secrets_are_read_before_anything_asks_for_settings():
    """Whatever is imported to read them must not need the settings that are being read."""
    read = "import config.environment, sys; from django.conf import settings; sys.exit(settings.configured)"
    environment_of = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.nowhere"}
    assert subprocess.run([sys.executable, "-c", read], env=environment_of, timeout=60, check=False).returncode == 0
