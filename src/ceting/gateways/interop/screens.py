"""What the pages of an import show of their own, said once: whatever is the same for all of them stands in `views`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from ceting.gateways.interop.forms import OfPlaceForm
from ceting.gateways.interop.kinds import FileT, ImportKind
from ceting.gateways.interop.presenters import Figure, ProblemGroup
from ceting.registry.accounts.access import StaffRequest

Figures = Callable[[Mapping[str, int]], Sequence[Figure]]


@dataclass(frozen=True)
class Words:
    """What people read, where imports differ."""

    title: str
    """Of the page with all imports, as breadcrumbs name it."""
    where: str
    """Where a result is found later, after "di"."""
    who: str
    """Whose rows they are: "anak"."""
    dated: str
    """The date by which a person tells two rows of her apart."""
    all_good: str
    undone: str
    """What taking it back takes."""
    afterwards: str
    """What becomes of it, after "tetapi"."""
    guard: str
    """Begins the names under which a browser remembers what is typed."""


@dataclass(frozen=True)
class Link:
    label: str
    address: str
    icon: str


def _nothing(_: StaffRequest, __: Any) -> dict[str, Any]:
    return {}


def _every(file: Any) -> Any:
    return file.problems.all()


@dataclass(frozen=True)
class ImportScreens(Generic[FileT]):
    """The pages of one kind of import. `preview_part` and the like: templates of its own, each with its context."""

    kind: ImportKind[FileT]
    words: Words
    upload_form: Callable[..., OfPlaceForm]
    forecast: Figures
    """From the totals of a check."""
    result: Figures
    """From settling.counts."""
    undone: Callable[[StaffRequest, FileT, int], dict[str, Any]]
    """(request, file, rows that stay) -> `figures` and what `undone_part` shows."""
    dated: Callable[[FileT, Any], str]
    """(file, its row) -> the date as it is shown."""
    links: tuple[Link, ...]
    """Where to look after an import, the most urgent first; the last one is the list of people."""
    prefix: str = ""
    """Begins the parameters of its addresses: "women_" of "women_file_id"."""
    groups: tuple[ProblemGroup, ...] = ()
    """By which the list of problems can be narrowed; without any it can't."""
    listed: Callable[[FileT], Any] = _every
    """Problems that stand in the list; the others stand somewhere else on the page."""
    takes_closed: bool = False
    """Rows may belong to a posyandu that has closed since."""
    preview: Callable[[StaffRequest, FileT], dict[str, Any]] = _nothing
    preview_part: str = ""
    unready_part: str = ""
    undone_part: str = ""
