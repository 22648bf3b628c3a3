"""Errors that a person can mend. Views show `sentence`; nothing else about them reaches a screen."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `field` is the input's name ("" for the whole), `sentence` is Indonesian."""

    sentence: str
    code: str
    field: str = ""


class RefusedError(Exception):
    """A verb refused what it was asked, with the reasons. Nothing was written."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


def refused(sentence: str, code: str, field: str = "") -> RefusedError:
    """The refusal for one reason, to raise."""
    return RefusedError(Problem(sentence, code, field))


class EditConflictError(RefusedError):
    """Somebody else changed the row first. `theirs` holds field -> the value that stands now."""

    def __init__(self, *problems: Problem, theirs: dict[str, Any], version: int) -> None:
        super().__init__(*problems)
        self.theirs = theirs
        self.version = version
