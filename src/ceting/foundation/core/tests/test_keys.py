"""Keys of rows grow with time."""

import time

from ceting.foundation.core.keys import new_key


def test_keys_are_uuid7_and_none_comes_twice() -> None:
    keys = [new_key() for _ in range(10_000)]
    assert {key.version for key in keys} == {7}
    assert len(set(keys)) == len(keys)


def test_later_keys_are_larger() -> None:
    moments = []
    for _ in range(5):
        moments.append(new_key())
        time.sleep(0.002)
    assert moments == sorted(moments)
