"""What .ci/run asks on one database alone is asked on that one, and nothing falls between the two."""

from tests.conftest import SHARES, TESTS


def test_every_share_names_what_is_there_and_none_names_it_twice():
    paths = [path for share in SHARES.values() for path in share]
    assert len(SHARES) == 2
    assert sorted(set(paths)) == sorted(paths)
    assert [path for path in paths if not (TESTS / path).exists()] == []
