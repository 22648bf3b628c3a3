"""The day is the puskesmas' day."""

from datetime import date

import time_machine

from ceting.foundation.core import clock


def test_midnight_comes_to_wit_before_wib() -> None:
    with time_machine.travel("2026-11-25T16:30:00+00:00", tick=False):
        assert clock.today("Asia/Jakarta") == date(2026, 11, 25)
        assert clock.today("Asia/Makassar") == date(2026, 11, 26)
        assert clock.today("Asia/Jayapura") == date(2026, 11, 26)


def test_one_second_before_midnight_wib_is_still_today() -> None:
    with time_machine.travel("2026-11-26T16:59:59+00:00", tick=False):
        assert clock.today() == date(2026, 11, 26)
    with time_machine.travel("2026-11-26T17:00:00+00:00", tick=False):
        assert clock.today() == date(2026, 11, 27)
