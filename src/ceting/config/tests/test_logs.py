"""Logs name the kind of a failure and its places, never what it says: a message can quote a NIK."""

import sys

from ceting.config.logs import failure_without_values

SAID = "Aisyah Putri, 1371024506240001"


def test_a_failure_is_logged_as_its_kind_and_its_places() -> None:
    try:
        raise ValueError(SAID)
    except ValueError as error:
        for given in (sys.exc_info(), error):
            told = failure_without_values(None, "", {"event": "job failed", "exc_info": given})
            assert told["failure"].startswith("ValueError at ")
            assert "test_logs.py:" in told["failure"]
            assert SAID not in str(told)


def test_a_line_without_a_failure_stays_as_it_is() -> None:
    assert failure_without_values(None, "", {"event": "import done", "exc_info": None}) == {
        "event": "import done"
    }
