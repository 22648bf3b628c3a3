"""What an import of files is, said once: whatever is the same for all of them asks this and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from ceting.foundation.core.errors import Problem
from ceting.gateways.interop.reading import Table
from ceting.gateways.interop.reading.table import Columns
from ceting.gateways.interop.vocabulary import Vocabulary

FileT = TypeVar("FileT", bound=Any)


def _nothing(_: Any) -> None:
    return None


def _no_more(_: Any) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class ImportKind(Generic[FileT]):
    """One kind of import. The models around a file are found by their names on it: `rows`, `places`, `problems`,
    `outcomes`, `undone_rows`, and the verbs said of it: `run`, `withdrawal`, `undoing`.
    """

    name: str
    """Of the app: its addresses, its folder of uploads, its `work` with `check`, `take_in` and `take_back`."""
    jobs: str
    """Begins the kinds of its jobs: "women" of "women.check"."""
    subject: str
    """What the trail calls a file."""
    row_subject: str
    """What the trail calls a row that somebody read."""
    may: tuple[str, ...]
    """All that is needed, at the puskesmas."""
    files: type[FileT]
    meanings: Any
    """The model of what columns mean at a puskesmas (memory.remembered)."""
    words: Vocabulary
    open_table: Callable[[Path, Columns], Table[Any]]
    """Raises RefusedError for what is no such file."""
    verdict: str
    """The field of an outcome that says what became of the row."""
    person: str
    """The field of an outcome with whose row it is; `new_<person>` marks the row that brought her."""
    people: str
    """More of them: the totals count `new_<people>`."""
    opens_posyandu: bool = False
    """A name in a file may stand for a posyandu that the import opens."""
    has_parts: bool = False
    """A row of the file may become several: they are told apart by `part`."""
    learn: Callable[[Table[Any]], Mapping[str, object]] = _no_more
    """What a file keeps of its table beside header and columns."""
    unready: Callable[[FileT], Problem | None] = _nothing
    """What else must be answered before anything can be taken in."""
    forget: Callable[[FileT], object] = _nothing
    """Delete what else stands on rows that nobody took in."""

    def model(self, name: str) -> Any:
        """The model of what stands under this name on a file."""
        return self.files._meta.get_field(name).related_model
