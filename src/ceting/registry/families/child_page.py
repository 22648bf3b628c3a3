"""What upper apps put on a child's pages: sections between which one moves, and panels that say the most important.

The care apps don't know each other: each contributes in its own `child_sections.py`, loaded at the start. A section
is a page of its own; a panel is a card on the first of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child


@dataclass(frozen=True)
class Section:
    """`order` puts it among the others; `permission` is what its page asks for."""

    code: str
    order: int
    label: str
    permission: str
    url: Callable[[Child], str]


@dataclass(frozen=True)
class PanelWords:
    """A card: a title, its tone, lines in words, and where it leads with the words of the link."""

    title: str
    tone: str
    lines: tuple[str, ...]
    url: str
    action: str


@dataclass(frozen=True)
class Panel:
    """`tell` reads what it needs and says it; None when there is nothing to say of this child."""

    code: str
    order: int
    permission: str
    tell: Callable[[Child, User, date], PanelWords | None]


_sections: dict[str, Section] = {}
_panels: dict[str, Panel] = {}


def contribute(*contributed: Section | Panel) -> None:
    """Add to a child's pages; the same code again replaces what it said."""
    for each in contributed:
        if isinstance(each, Section):
            _sections[each.code] = each
        else:
            _panels[each.code] = each


def sections(child: Child, user: User, current: str) -> list[dict[str, object]]:
    """For `{% tabs %}`: the sections that she may open; none when there is no other than the current one."""
    found = [each for each in _sections.values() if user.may(each.permission)]
    if len(found) < 2:
        return []
    return [
        {"url": each.url(child), "label": each.label, "current": each.code == current}
        for each in sorted(found, key=lambda section: section.order)
    ]


def panels(child: Child, user: User, today: date) -> list[PanelWords]:
    """The cards that she may read, in their order; none of a child who died, of whom nothing is asked any more."""
    if not child.lives:
        return []
    found = sorted(_panels.values(), key=lambda panel: panel.order)
    told = [each.tell(child, user, today) for each in found if user.may(each.permission)]
    return [words for words in told if words is not None]
