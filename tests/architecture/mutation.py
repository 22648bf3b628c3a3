"""Take a question "who asks" out of the running house: it is answered with "everything", the others stay.

As a pytest plugin (`-p tests.architecture.mutation`, with CETING_MUTATE) it runs each named test as it is and once
without each of its questions: one run answers for all of them.
"""

import ast
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

QUESTIONS = ("visible_to", "posyandu_of", "puskesmas_of", "waiting_for", "staff_of")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "ceting"
ANSWERS = SOURCE / "registry" / "accounts" / "access.py"
SWITCH = "CETING_MUTATE"
"""JSON: test -> the names of the questions that it must notice."""
WHOLE = "whole"
"""The id of a named test that runs with every question asked."""


@dataclass(frozen=True, order=True)
class Site:
    """Where the code asks: a file below src/ceting, the lines of the call, the function that it stands in, and the
    how many-th question of that function it is.
    """

    file: str
    line: int
    last_line: int
    function: str
    number: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def name(self) -> str:
        return f"{self.file}:{self.function}" + (f"#{self.number}" if self.number > 1 else "")

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
    return _numbered(sorted(found))


def _numbered(found: list[Site]) -> list[Site]:
    seen: Counter[str] = Counter()
    numbered = []
    for site in found:
        seen[site.name] += 1
        numbered.append(replace(site, number=seen[site.name]))
    return numbered


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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    noticed = json.loads(os.environ.get(SWITCH, "{}")).get(metafunc.definition.nodeid.partition("[")[0])
    if noticed is not None:
        metafunc.parametrize("_mutated", [WHOLE, *noticed], indirect=True, ids=str)


@pytest.fixture(autouse=True)
def _mutated(request: pytest.FixtureRequest) -> Iterator[None]:
    name = getattr(request, "param", WHOLE)
    if name == WHOLE:
        yield
        return
    with without(*(site for site in sites() if site.name == name)):
        yield
