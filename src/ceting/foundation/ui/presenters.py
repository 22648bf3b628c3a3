"""What the components show, decided without templates, requests or the database, so that it can be tested alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Every tone is also a shape, so that nobody needs to see the colour. "normal" is what standards.words says.
TONE_ICONS: Mapping[str, str] = {
    "good": "status-good",
    "normal": "status-good",
    "attention": "status-attention",
    "danger": "status-danger",
    "info": "status-info",
    "neutral": "status-neutral",
}

NOTICE_ICONS: Mapping[str, str] = {
    "info": "info",
    "good": "check",
    "attention": "alert-triangle",
    "danger": "alert-triangle",
}

BUTTON_TONES = ("primary", "quiet", "danger")

# Tags of django.contrib.messages -> tone of the toast.
MESSAGE_TONES: Mapping[str, str] = {
    "debug": "info",
    "info": "info",
    "success": "good",
    "warning": "attention",
    "error": "danger",
}


class UnknownToneError(ValueError):
    """A template asked for a tone that the component doesn't have: a typing error of ours, never a user's."""


def checked_tone(tone: str, allowed: Mapping[str, str] | Sequence[str]) -> str:
    """`tone` itself; raises UnknownToneError, naming the choices, when it isn't one of them."""
    if tone not in allowed:
        raise UnknownToneError(f"tone {tone!r} is not one of {', '.join(allowed)}")
    return tone


def html_attributes(given: Mapping[str, Any]) -> SafeString:
    """Keyword arguments as HTML attributes, escaped, with a leading space each.

    Underscores become hyphens (`hx_post` -> `hx-post`), True becomes a bare attribute, None and False vanish.
    """
    pairs = [(name.rstrip("_").replace("_", "-"), value) for name, value in given.items()]
    bare = format_html_join("", " {}", ((name,) for name, value in pairs if value is True))
    valued = format_html_join(
        "", ' {}="{}"', (pair for pair in pairs if pair[1] is not None and not isinstance(pair[1], bool))
    )
    return bare + valued


@dataclass(frozen=True)
class Link:
    """A word that leads somewhere. `url` is "" for the place where the reader already is."""

    label: str
    url: str = ""


def breadcrumb_trail(steps: Sequence[str]) -> tuple[Link, ...]:
    """Read `label, url, label, url, label`: the last label stands alone, it is the page itself."""
    pairs = [steps[index : index + 2] for index in range(0, len(steps), 2)]
    return tuple(Link(*(str(part) for part in pair)) for pair in pairs)


@dataclass(frozen=True)
class PageStep:
    """One number in the pagination; `number` is None where numbers were left out."""

    number: int | None
    url: str
    current: bool


@dataclass(frozen=True)
class Pagination:
    previous_url: str
    next_url: str
    steps: tuple[PageStep, ...]
    first_row: int
    last_row: int
    total: int

    @property
    def needed(self) -> bool:
        return len(self.steps) > 1


def present_pages(page: Page[Any], query: Mapping[str, Sequence[str]], parameter: str = "page") -> Pagination:
    """Links to the neighbouring pages that keep every other query parameter (search, filter, order)."""
    kept = [(name, value) for name, values in query.items() if name != parameter for value in values]

    def url(number: int) -> str:
        return f"?{urlencode([*kept, (parameter, number)])}"

    def steps() -> Iterator[PageStep]:
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            if isinstance(number, int):
                yield PageStep(number, url(number), number == page.number)
            else:
                yield PageStep(None, "", current=False)

    return Pagination(
        previous_url=url(page.previous_page_number()) if page.has_previous() else "",
        next_url=url(page.next_page_number()) if page.has_next() else "",
        steps=tuple(steps()),
        first_row=page.start_index(),
        last_row=page.end_index(),
        total=page.paginator.count,
    )


@dataclass(frozen=True)
class Progress:
    """How far a long job is. `percent` is None while nobody knows how much there is to do."""

    label: str
    value: int | None
    maximum: int
    detail: str

    @property
    def percent(self) -> int | None:
        if self.value is None or self.maximum <= 0:
            return None
        return min(100, max(0, self.value * 100 // self.maximum))
