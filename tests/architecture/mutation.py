"""Take a question "who asks" out of the running house: it is answered with "everything", the others stay.

As a pytest plugin (`-p tests.architecture.mutation`, with CETING_MUTATE) it does so for every test of a run.
"""

import ast
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

QUESTIONS = ("visible_to", "posyandu_of", "puskesmas_of")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "ceting"
ANSWERS = SOURCE / "registry" / "accounts" / "access.py"
SWITCH = "CETING_MUTATE"
"""`file:line` of the question, below src/ceting."""


@dataclass(frozen=True, order=True)
class Site:
    """Where the code asks: a file below src/ceting, the lines of the call, and the function that it stands in."""

    file: str
    line: int
    last_line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def name(self) -> str:
        return f"{self.file}:{self.function}"

    def is_at(self, asking: tuple[str, int]) -> bool:
        return asking[0] == self.file and self.line <= asking[1] <= self.last_line


def sites() -> list[Site]:
    """Every call that asks."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts or path == ANSWERS:
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name not in QUESTIONS:
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and _name(call.func) in QUESTIONS:
                        file = str(path.relative_to(SOURCE))
                        found.append(Site(file, call.lineno, call.end_lineno or 0, function.name))
    return found


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _asking() -> tuple[str, int]:
    """The file and line of ours that asks now; Django's managers and the answer itself stand in between."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file != ANSWERS and file.is_relative_to(SOURCE) and frame.f_code.co_name not in QUESTIONS:
            return str(file.relative_to(SOURCE)), frame.f_lineno
        frame = frame.f_back
    return "", 0


@contextmanager
def listening(to: Callable[[tuple[str, int]], bool]) -> Iterator[None]:
    """Hand every question's place to `to`; where it says so, the answer is everything."""
    from ceting.registry.accounts.access import Scope
    from ceting.registry.places.models import Posyandu, Puskesmas

    of, managed = Scope.of.__func__, Scope.managed.__func__  # type: ignore[attr-defined]

    def answer_of(cls: type[Scope], user: Any, *, may: str | None = None) -> Any:
        if not to(_asking()):
            return of(cls, user, may=may)
        puskesmas = Puskesmas.objects.values_list("pk", flat=True)
        return Scope(frozenset(puskesmas), frozenset(Posyandu.objects.values_list("pk", flat=True)))

    def answer_managed(cls: type[Scope], user: Any, *, may: str) -> Any:
        return None if to(_asking()) else managed(cls, user, may=may)

    Scope.of = classmethod(answer_of)  # type: ignore[assignment]
    Scope.managed = classmethod(answer_managed)  # type: ignore[assignment]
    try:
        yield
    finally:
        Scope.of = classmethod(of)  # type: ignore[assignment]
        Scope.managed = classmethod(managed)  # type: ignore[assignment]


def without(*removed: Site) -> Any:
    """The house without these questions."""
    return listening(lambda asking: any(site.is_at(asking) for site in removed))


def named(text: str, among: Iterable[Site]) -> Site:
    return next(site for site in among if str(site) == text)


@pytest.fixture(autouse=True)
def _mutated() -> Iterator[None]:
    if SWITCH not in os.environ:
        yield
        return
    with without(named(os.environ[SWITCH], sites())):
        yield
