"""The components, as tags. Every parameter is described in docs/reference/ui.md and shown in the gallery."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ceting.foundation.core import clock
from ceting.foundation.ui import fields, numerals, presenters, wording

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """One drawing of the sprite. Give `label` only when no word stands beside it. `size`: "", "small", "large"."""
    css = f"icon icon-{size}" if size else "icon"
    address = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, address
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, address)


@register.inclusion_tag("ui/button.html")
def button(label: str, tone: str = "primary", icon: str = "", **attributes: Any) -> dict[str, Any]:
    """A button that does something; it submits its form unless `type="button"`.

    Further keywords become attributes: `hx_post=url name="step" value="2" disabled=True`.
    """
    presenters.checked_tone(tone, presenters.BUTTON_TONES)
    kind = attributes.pop("type", "submit")
    return {
        "label": label,
        "tone": tone,
        "icon": icon,
        "type": kind,
        "attributes": presenters.html_attributes(attributes),
    }


@register.inclusion_tag("ui/link_button.html")
def link_button(
    label: str, url: str, tone: str = "quiet", icon: str = "", **attributes: Any
) -> dict[str, Any]:
    """A link that looks like a button, because it leads to the next step."""
    presenters.checked_tone(tone, presenters.BUTTON_TONES)
    return {
        "label": label,
        "tone": tone,
        "icon": icon,
        "attributes": presenters.html_attributes({"href": url, **attributes}),
    }


@register.inclusion_tag("ui/chip.html")
def chip(label: str, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A status: a word, a shape and a colour. `tone`: good, attention, danger, info, neutral."""
    shape = presenters.TONE_ICONS[presenters.checked_tone(tone, presenters.TONE_ICONS)]
    return {"label": label, "tone": tone, "icon": icon or shape}


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    unit: str = "",
    width: str = "",
    layout: str = "list",
    **attributes: Any,
) -> dict[str, Any]:
    """A form field with label, hint, errors and unit. Further keywords become attributes of the control."""
    given = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    view = fields.present_field(
        bound, label=label, hint=hint, unit=unit, width=width, layout=layout, attributes=given
    )
    return {"field": view}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms_with_errors: forms.BaseForm) -> dict[str, Any]:
    """At the top of a page whose forms were refused: every error, linked to its field. Empty when there are none."""
    return {"lines": fields.summarise_errors(*forms_with_errors)}


@register.simple_block_tag
def card(content: str, title: str = "", tone: str = "", css: str = "", level: int = 2) -> str:
    """A box for one thing. `tone`: "", good, attention, danger, info (a coloured edge, never alone)."""
    if tone:
        presenters.checked_tone(tone, presenters.TONE_ICONS)
    return render_to_string(
        "ui/card.html", {"content": content, "title": title, "tone": tone, "css": css, "level": level}
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "", live: bool = False) -> str:
    """A sentence that must be seen. `live` announces it to a screen reader when htmx brings it in."""
    shape = presenters.NOTICE_ICONS[presenters.checked_tone(tone, presenters.NOTICE_ICONS)]
    return render_to_string(
        "ui/notice.html", {"content": content, "tone": tone, "title": title, "icon": shape, "live": live}
    )


@register.simple_block_tag
def table(content: str, caption: str, cards: bool = True, **options: Any) -> str:
    """Around `<thead>` and `<tbody>`. With `cards`, rows become cards on a phone: give each td a `data-label`.

    Options: `caption_hidden`, `css`, and `scrolls` for one that is wider than a page: a keyboard moves it too.
    """
    return render_to_string(
        "ui/table.html", {**options, "content": content, "caption": caption, "cards": cards}
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, unfolded: bool = False) -> str:
    """Text that only some readers need, folded under one line."""
    return render_to_string(
        "ui/disclosure.html", {"content": content, "summary": summary, "unfolded": unfolded}
    )


@register.simple_block_tag
def timeline_item(
    content: str, title: str, when: date | datetime | None = None, icon: str = "clock", tone: str = "neutral"
) -> str:
    """One event, inside `<ol class="timeline">`."""
    presenters.checked_tone(tone, presenters.TONE_ICONS)
    return render_to_string(
        "ui/timeline_item.html",
        {"content": content, "title": title, "when": when, "icon": icon, "tone": tone},
    )


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    icon: str = "sprout",
    action_label: str = "",
    action_url: str = "",
    level: int = 2,
) -> dict[str, Any]:
    """Nothing here yet: what will stand here, and what to do so that it does."""
    return {
        "title": title,
        "text": text,
        "icon": icon,
        "action_label": action_label,
        "action_url": action_url,
        "level": level,
    }


@register.inclusion_tag("ui/progress.html")
def progress(
    label: str,
    value: int | None = None,
    maximum: int = 100,
    detail: str = "",
    poll_url: str = "",
    every: str = "1s",
) -> dict[str, Any]:
    """A long job. With `poll_url`, htmx replaces the block by what that address answers, `every` so often.

    When the job is done the answer leaves `poll_url` out, and the polling ends. `value` None: not known yet.
    """
    view = presenters.Progress(label, value, maximum, detail)
    return {"progress": view, "poll_url": poll_url, "every": every}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Links between views of one thing. `items`: dicts of label, url, current and, if wanted, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], noun: str = "baris", parameter: str = "page"
) -> dict[str, Any]:
    """Under a list: which rows are shown and links to the others; keeps the rest of the query string."""
    request = context.get("request")
    query = dict(request.GET.lists()) if isinstance(request, HttpRequest) else {}
    return {"pages": presenters.present_pages(page, query, parameter), "noun": noun}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*steps: str) -> dict[str, Any]:
    """Where this page is: `{% breadcrumb "Anak" children_url "Alya" %}` (label, url, ... and the page itself)."""
    return {"trail": presenters.breadcrumb_trail(steps)}


@register.inclusion_tag("ui/definition_list.html")
def definition_list(items: Iterable[tuple[str, object]]) -> dict[str, Any]:
    """Facts as (term, description) pairs; an empty description shows as "belum diisi"."""
    return {"items": [(term, description) for term, description in items]}


@register.inclusion_tag("ui/stat.html")
def stat(
    label: str,
    number: object,
    change: str = "",
    tone: str = "neutral",
    url: str = "",
    hint: str = "",
    unit: str = "",
) -> dict[str, Any]:
    """One number that leads to the list behind it. `change`: words such as "naik 3 dari bulan lalu"."""
    shape = presenters.TONE_ICONS[presenters.checked_tone(tone, presenters.TONE_ICONS)]
    shown = numerals.decimal(number) if isinstance(number, int | float | Decimal) else number
    return {
        "label": label,
        "number": shown,
        "change": change,
        "tone": tone,
        "shape": shape,
        "url": url,
        "hint": hint,
        "unit": unit,
    }


@register.inclusion_tag("ui/avatar.html")
def avatar(name: str, size: str = "") -> dict[str, Any]:
    """Initials in a circle, an ornament: the name itself must stand beside it."""
    return {"initials": wording.initials(name), "size": size}


@register.inclusion_tag("ui/toast.html")
def toast(text: str, tone: str = "good", undo_url: str = "", undo_label: str = "Urungkan") -> dict[str, Any]:
    """A short answer to what the person just did. `undo_url` takes a POST that puts it back."""
    shape = presenters.TONE_ICONS[presenters.checked_tone(tone, presenters.TONE_ICONS)]
    return {"text": text, "tone": tone, "icon": shape, "undo_url": undo_url, "undo_label": undo_label}


@register.simple_tag
def sentence_list(items: Iterable[object], conjunction: str = "dan") -> str:
    """`a, b, dan c`."""
    return wording.sentence_list(items, conjunction)


@register.filter
def message_tone(tags: str) -> str:
    """The tone for a message of django.contrib.messages, by its level tag."""
    return next(
        (presenters.MESSAGE_TONES[tag] for tag in tags.split() if tag in presenters.MESSAGE_TONES), "info"
    )


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """`Kam, 26 Nov 2026`; "" for nothing."""
    return numerals.day(value) if value else ""


@register.filter
def tanggal_jam(value: datetime | None) -> str:
    """`Kam, 26 Nov 2026 14.30`; "" for nothing."""
    return numerals.moment(value) if value else ""


@register.filter
def angka(value: float | Decimal | str | None, places: int | None = None) -> str:
    """`{{ 8.5|angka:1 }}` -> 8,5 and `{{ 12500|angka }}` -> 12.500; "" for nothing."""
    return "" if value is None or value == "" else numerals.decimal(value, places)


@register.filter
def umur(birth_date: date | None, on: date | None = None) -> str:
    """Age on a day (today unless told) in words: "1 tahun 4 bulan"; "" when the birth date is unknown."""
    return numerals.age(birth_date, on or clock.today()) if birth_date else ""


@register.filter
def waktu_relatif(value: date | datetime | None) -> str:
    """`2 jam lagi`, `3 hari lalu`; a date without a time: `hari ini`, `besok`, `kemarin`, `3 hari lalu`."""
    if not value:
        return ""
    if isinstance(value, datetime):
        return wording.relative_time(value, clock.now())
    return wording.relative_day(value, clock.today())
