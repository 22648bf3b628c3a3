"""The mornings of each posyandu: a fixed day of every month, moved off Sundays."""

from datetime import date, timedelta

SUNDAY = 6


def mornings(today: date, *, months: int, day: int) -> list[date]:
    """The posyandu's mornings in the last `months` months, up to yesterday, oldest first. `day` is 1..28."""
    found = []
    month = today.year * 12 + today.month - 1
    for back in range(months, -1, -1):
        year, index = divmod(month - back, 12)
        morning = date(year, index + 1, day)
        if morning.weekday() == SUNDAY:
            morning += timedelta(days=1)
        if morning < today:
            found.append(morning)
    return found[-months:]
