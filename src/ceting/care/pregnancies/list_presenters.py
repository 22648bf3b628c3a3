"""The lines of the list of pregnant women. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ceting.care.pregnancies.lists import CHOICES
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.words import Chip, age_words, due_words, next_words, pregnancy_chips, woman_name
from ceting.foundation.ui.wording import place_words, relative_day
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.places.models import Posyandu
from ceting.standards.numbers import format_date


@dataclass(frozen=True)
class Line:
    """One woman of the list."""

    pregnancy: Pregnancy
    name: str
    where: str
    age: str
    due: str
    coming: Chip
    chips: tuple[Chip, ...]


def lines(found: Iterable[Pregnancy], reader: User, today: date) -> list[Line]:
    return [_line(each, reader, today) for each in found]


def _line(pregnancy: Pregnancy, reader: User, today: date) -> Line:
    home = pregnancy.woman.household
    village = home.village or pregnancy.posyandu.village
    clinical = readable(reader, pregnancy, "risk_score")
    return Line(
        pregnancy=pregnancy,
        name=woman_name(pregnancy),
        where=f"{pregnancy.posyandu} · {place_words(village.name, home.rw, home.rt)}",
        age=age_words(pregnancy, today),
        due=due_words(pregnancy, today),
        coming=next_words(pregnancy, today),
        chips=tuple(pregnancy_chips(pregnancy, clinical=clinical)),
    )


@dataclass(frozen=True)
class AfterLine:
    """A woman after the end of her pregnancy: nothing here assumes that it goes on."""

    pregnancy: Pregnancy
    name: str
    where: str
    since: str


def after_lines(found: Iterable[Pregnancy], today: date) -> list[AfterLine]:
    return [
        AfterLine(each, woman_name(each), str(each.posyandu), _since(each.ended_on, today)) for each in found
    ]


def _since(ended_on: date | None, today: date) -> str:
    return f"{format_date(ended_on)} ({relative_day(ended_on, today)})" if ended_on else ""


def choices(numbers: Mapping[str, int], current: str, chosen: Posyandu | None) -> list[dict[str, Any]]:
    """The filters with their numbers; those behind which nobody stands are left out, but for the first."""
    at = f"&posyandu={chosen.pk}" if chosen else ""
    return [
        {"label": label, "number": numbers[code], "query": f"?pilih={code}{at}", "current": code == current}
        for code, (label, _) in CHOICES.items()
        if not code or numbers[code] or code == current
    ]
