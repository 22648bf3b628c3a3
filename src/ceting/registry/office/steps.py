"""What a puskesmas does to get started, as a list that upper floors add to.

An app contributes in its `start_steps.py`, which is read once when all models are loaded; the office never imports
whoever stands above it. Every question is asked for many puskesmas at once, so that the table of a whole city costs
as many queries as the page of one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from ceting.registry.places.models import Posyandu, Puskesmas

T = TypeVar("T")
WEIGHING = "weighing_posyandu"
"""Where `start.GROUND` keeps the posyandu of a puskesmas that aren't closed."""


def weighing(puskesmas: Puskesmas) -> list[Posyandu]:
    """Its posyandu that aren't closed, without asking the database again."""
    found: list[Posyandu] = getattr(puskesmas, WEIGHING)
    return found


class ManyPuskesmas(list[Puskesmas]):
    """The puskesmas that are asked about, with what several steps need to know of them asked once."""

    def __init__(self, many: Iterable[Puskesmas]) -> None:
        super().__init__(many)
        self._answers: dict[Callable[[ManyPuskesmas], Any], Any] = {}

    def once(self, question: "Callable[[ManyPuskesmas], T]") -> T:
        """The answer to a question about all of them, from the database the first time."""
        if question not in self._answers:
            self._answers[question] = question(self)
        answer: T = self._answers[question]
        return answer


class State(Enum):
    """How far a step is; each with its word and its tone, which is a shape and a colour."""

    WAITING = ("Belum", "neutral")
    BEGUN = ("Sebagian", "attention")
    DONE = ("Selesai", "good")

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def tone(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Progress:
    """Where a step stands at one puskesmas; `words` are figures or what is missing, never a person's child."""

    state: State
    words: str = ""

    @classmethod
    def of(cls, done: int, of: int, words: str) -> "Progress":
        """By how much of it is done; nothing to do yet isn't done."""
        if not done:
            return cls(State.WAITING, words)
        return cls(State.DONE if done >= of else State.BEGUN, words)


@dataclass(frozen=True)
class Step:
    """`order` puts it among the others; `why` is one sentence; `action` is the word on its button.

    `permission` is what its page asks for, `who` says in words whose work it is. `progress` answers for each
    puskesmas it is given, with work areas, posyandu that weigh and changed settings at hand (start.GROUND).
    """

    code: str
    order: int
    title: str
    why: str
    minutes: int
    action: str
    icon: str
    permission: str
    who: str
    url: Callable[[Puskesmas], str]
    progress: Callable[[ManyPuskesmas], Mapping[UUID, Progress]]


@dataclass(frozen=True)
class Figure:
    """A column of the table of all puskesmas: a number, or a day."""

    code: str
    order: int
    title: str
    values: Callable[[ManyPuskesmas], Mapping[UUID, int | date]]


_steps: dict[str, Step] = {}
_figures: dict[str, Figure] = {}


def contribute(*contributed: Step | Figure) -> None:
    """Add to the list; the same code again replaces what it said."""
    for each in contributed:
        if isinstance(each, Step):
            _steps[each.code] = each
        else:
            _figures[each.code] = each


def all_steps() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: step.order)


def all_figures() -> list[Figure]:
    return sorted(_figures.values(), key=lambda figure: figure.order)


def step_of(code: str) -> Step | None:
    return _steps.get(code)
