"""What .ci/run asks on one database alone is there to be asked."""

from tests.conftest import ON_ONE_DATABASE, TESTS


def test_what_is_left_out_on_the_services_exists_and_is_named_once():
    assert sorted(set(ON_ONE_DATABASE)) == sorted(ON_ONE_DATABASE)
    assert [path for path in ON_ONE_DATABASE if not (TESTS / path).exists()] == []
