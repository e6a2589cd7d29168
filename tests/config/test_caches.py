"""The shared cache: on the broker's Redis where there is one, else in files."""

import pytest

from config import caches


def test_redis_is_shared_under_keys_of_its_own(tmp_path):
    chosen = caches.shared("redis://10.0.0.1:6379/5", folder=tmp_path)
    assert chosen["BACKEND"] == "foundation.cache.ForgivingRedisCache"
    assert chosen["LOCATION"] == "redis://10.0.0.1:6379/5"
    assert chosen["KEY_PREFIX"]


@pytest.mark.parametrize("broker", ["filesystem://", "", "amqp://somewhere"])
def test_without_redis_processes_share_files(tmp_path, broker):
    chosen = caches.shared(broker, folder=tmp_path)
    assert chosen["BACKEND"].endswith("FileBasedCache")
    assert chosen["LOCATION"] == str(tmp_path)
