"""The shared cache on Redis: it remembers, and its absence stops nobody."""

import os
import socket
import time

import pytest

from foundation import cache as module
from foundation.cache import ForgivingRedisCache
from tests.processes import silent_server


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    monkeypatch.setattr(module, "_resting_until", 0.0)


def cache_at(port: int) -> ForgivingRedisCache:
    return ForgivingRedisCache(f"redis://127.0.0.1:{port}/0", {})


def nobody_listens() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def answers(cache):
    return cache.add("lock", True), cache.get("count", []), cache.set("count", [1]), cache.delete("lock")


def test_a_dead_redis_remembers_nothing_and_stops_nobody():
    assert answers(cache_at(nobody_listens())) == (True, [], None, False)


def test_a_silent_redis_is_waited_for_once():
    with silent_server() as port:
        cache = cache_at(port)
        began = time.monotonic()
        assert [answers(cache) for _sign_in in range(5)] == [(True, [], None, False)] * 5
    # Twenty calls that each waited for their second would take twenty; a busy machine is not what is tested.
    assert time.monotonic() - began < 10


def test_redis_is_asked_again_after_a_while(monkeypatch):
    cache = cache_at(nobody_listens())
    answers(cache)
    assert module._resting_until > time.monotonic()
    monkeypatch.setattr(module, "_resting_until", time.monotonic() - 1)
    monkeypatch.setattr(module.RedisCache, "get", lambda *_args, **_kwargs: "remembered")
    assert cache.get("count") == "remembered"


@pytest.mark.services
@pytest.mark.skipif(
    not os.environ.get("CELERY_BROKER_URL", "").startswith("redis"), reason="no Redis (make test-services)"
)
def test_two_processes_share_what_redis_remembers():
    url = os.environ["CELERY_BROKER_URL"]
    one, other = (ForgivingRedisCache(url, {"KEY_PREFIX": f"test-{os.getpid()}"}) for _process in range(2))
    assert one.add("lock", True, 5)
    assert not other.add("lock", True, 5)
    one.set("count", [1.5], 5)
    assert other.get("count", []) == [1.5]
    assert other.delete("lock")
    assert one.delete("count")
