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
        "SECRET_KEY": "given" * 10,
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


def start(**given):
    """What another process says that starts with the environment ``given`` and no more of this system's."""
    ours = {"TSUNAGU_DEMO", "TSUNAGU_VAR", "BASE_URL", "DATABASE_URL", "CELERY_BROKER_URL", *environment.SECRETS}
    bare = {name: value for name, value in os.environ.items() if name not in ours}
    read = "import config.settings as s; print(s.DEMO, s.BASE_URL, s.ALLOWED_HOSTS[0], s.SECURE)"
    ended = subprocess.run(
        [sys.executable, "-c", read], env={**bare, **given}, capture_output=True, text=True, timeout=60, check=False
    )
    return ended.stdout.strip() if ended.returncode == 0 else ended.stderr.strip().splitlines()[-1]


@pytest.fixture
def new_secrets():
    """The lines that ``python -m config.environment`` writes for a new site."""
    made = subprocess.run(
        [sys.executable, "-m", "config.environment"], capture_output=True, text=True, timeout=60, check=True
    )
    return dict(line.split("=", 1) for line in made.stdout.splitlines())


def test_a_new_site_starts_with_the_secrets_made_for_it(new_secrets, tmp_path):
    said = start(TSUNAGU_VAR=str(tmp_path), BASE_URL="https://tsunagu.example/", **new_secrets)
    assert said == "False https://tsunagu.example tsunagu.example True"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "BASE_URL must be set"),
        ("http://tsunagu.example", "begins with https"),
        ("http://127.0.0.1:8000", "begins with https"),
        ("tsunagu.example", "takes a scheme and a host"),
        ("https://", "takes a scheme and a host"),
        ("https://tsunagu.example/here", "takes a scheme and a host"),
        ("ftp://tsunagu.example", "takes a scheme and a host"),
    ],
)
def test_a_real_site_does_not_start_without_the_address_people_use(new_secrets, tmp_path, address, said):
    assert said in start(TSUNAGU_VAR=str(tmp_path), BASE_URL=address, **new_secrets)


def test_a_short_secret_stops_the_start_and_is_not_shown(new_secrets, tmp_path):
    short = new_secrets | {"SECRET_KEY": "himitsu" * 7}
    said = start(TSUNAGU_VAR=str(tmp_path), BASE_URL="https://tsunagu.example", **short)
    assert "SECRET_KEY has 49 characters" in said
    assert "himitsu" not in said


def test_only_the_word_for_it_makes_a_demonstration(new_secrets, tmp_path):
    assert start(TSUNAGU_VAR=str(tmp_path), TSUNAGU_DEMO="1") == "True http://127.0.0.1:8000 127.0.0.1 False"
    assert "needs TSUNAGU_DEMO=1" in start(TSUNAGU_VAR=str(tmp_path))
    assert start(TSUNAGU_VAR=str(tmp_path), BASE_URL="https://tsunagu.example", **new_secrets).startswith("False")


def test_secrets_are_read_before_anything_asks_for_settings():
    """Whatever is imported to read them must not need the settings that are being read."""
    read = "import config.environment, sys; from django.conf import settings; sys.exit(settings.configured)"
    environment_of = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.nowhere"}
    assert subprocess.run([sys.executable, "-c", read], env=environment_of, timeout=60, check=False).returncode == 0
