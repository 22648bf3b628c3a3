"""Figures of home that lead to a list: each care app says how many wait for its reader.

Home stands beside the apps that know them: each contributes in its own `home_sources.py`, loaded at the start.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ceting.registry.accounts.models import User


@dataclass(frozen=True)
class HomeFigure:
    """How many people wait, and where they are listed. `hint` says gently what is asked of her."""

    label: str
    number: int
    url: str
    hint: str


@dataclass(frozen=True)
class HomeSource:
    """`figures` counts for whoever has `permission`, in one query; it starts at `visible_to`."""

    code: str
    order: int
    permission: str
    figures: Callable[[User, date], Sequence[HomeFigure]]


_sources: dict[str, HomeSource] = {}


def contribute(*sources: HomeSource) -> None:
    """Add to home; the same code again replaces what it said."""
    _sources.update({each.code: each for each in sources})


def figures(user: User, today: date) -> list[HomeFigure]:
    """Those of every source that she may read, in their order; nobody waiting is no figure."""
    found = sorted(_sources.values(), key=lambda source: source.order)
    said = (each for source in found if user.may(source.permission) for each in source.figures(user, today))
    return [each for each in said if each.number]
