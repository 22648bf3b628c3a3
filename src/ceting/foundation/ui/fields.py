"""Present one form field: its label, hint, errors and control, tied together for a screen reader."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

UNMARKED = "data-unmarked"
"""On a control without "boleh dikosongkan": another answer asks for it, or nothing ticked is an answer as well."""


@dataclass(frozen=True)
class Choice:
    """One radio button or checkbox of a group, drawn by Django, labelled by us."""

    control: SafeString
    label: str
    id: str


@dataclass(frozen=True)
class FieldView:
    """Everything that `ui/field.html` needs.

    `kind` is "line" (one control under its label), "check" (control beside its label), "choices" (radio
    or checkbox group in a fieldset), "file" or "hidden".
    """

    kind: str
    id: str
    label: str
    hint: str
    errors: tuple[str, ...]
    unit: str
    width: str
    optional: bool
    control: SafeString
    choices: tuple[Choice, ...]
    layout: str
    describedby: str

    @property
    def invalid(self) -> bool:
        return bool(self.errors)


def present_field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    unit: str = "",
    width: str = "",
    layout: str = "list",
    attributes: dict[str, Any] | None = None,
) -> FieldView:
    """Read a BoundField. `layout` is "list" or "segments" and matters to radio groups only."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    identity = bound.id_for_label or bound.auto_id or bound.html_name
    if kind == "choices":
        identity = bound.auto_id or bound.html_name
    hint = hint or str(bound.help_text or "")
    errors = tuple(str(error) for error in bound.errors)
    described = [
        part
        for part, present in (
            (f"{identity}_hint", hint),
            (f"{identity}_unit", unit),
            (f"{identity}_error", errors),
        )
        if present
    ]
    extra: dict[str, Any] = dict(attributes or {})
    if kind in {"line", "file"}:
        extra["class"] = f"control {widget.attrs.get('class', '')}".strip()
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        extra.setdefault("rows", "4")  # Django's ten rows push the rest of the form off the screen.
    if described:
        extra["aria-describedby"] = " ".join(described)
    if errors:
        extra["aria-invalid"] = "true"
    return FieldView(
        kind=kind,
        id=identity,
        label=label or str(bound.label),
        hint=hint,
        errors=errors,
        unit=unit,
        width=width or getattr(bound.field, "usual_width", "") or _width_for(widget, unit),
        optional=not (bound.field.required or UNMARKED in widget.attrs)
        and kind in {"line", "choices", "file"},
        control=SafeString("") if kind == "choices" else bound.as_widget(attrs=extra),
        choices=_choices(bound) if kind == "choices" else (),
        layout=layout,
        describedby=" ".join(described),
    )


def _kind_of(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "line"


def _width_for(widget: forms.Widget, unit: str) -> str:
    if (
        unit
        or isinstance(widget, forms.NumberInput)
        or widget.attrs.get("inputmode") in {"decimal", "numeric"}
    ):
        return "short"
    if isinstance(widget, forms.DateInput | forms.TimeInput):
        return "medium"
    return "full"


def _choices(bound: BoundField) -> tuple[Choice, ...]:
    # An empty radio ("---------") is a select's habit; in a group not choosing is choosing nothing.
    return tuple(
        Choice(mark_safe(part.tag()), str(part.choice_label), part.id_for_label)  # noqa: S308
        for part in bound.subwidgets
        if part.data["value"] not in ("", None)
    )


@dataclass(frozen=True)
class SummaryLine:
    """One line of the error summary; `target` is the id of the control, "" for the form as a whole."""

    sentence: str
    target: str


def summarise_errors(*forms_with_errors: forms.BaseForm) -> tuple[SummaryLine, ...]:
    """Every error of every form, in the order of the fields, ready to be linked to its control."""
    lines: list[SummaryLine] = []
    for form in forms_with_errors:
        lines += [SummaryLine(str(sentence), "") for sentence in form.non_field_errors()]
        for bound in form.visible_fields():
            target = _first_control(bound)
            lines += [SummaryLine(f"{bound.label}: {sentence}", target) for sentence in bound.errors]
        for bound in form.hidden_fields():
            lines += [SummaryLine(str(sentence), "") for sentence in bound.errors]
    return tuple(lines)


def _first_control(bound: BoundField) -> str:
    if _kind_of(bound.field.widget) == "choices":
        choices = _choices(bound)
        return choices[0].id if choices else bound.auto_id
    return bound.id_for_label or bound.auto_id
