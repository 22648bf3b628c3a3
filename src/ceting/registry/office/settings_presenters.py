"""Words for the pages of settings; no database."""

import re
from dataclasses import dataclass
from datetime import date

from ceting.registry.places.models import (
    CATALOGUE,
    GROUPS,
    Definition,
    Puskesmas,
    SettingChange,
    Settings,
)
from ceting.standards.numbers import format_date
from ceting.standards.sources import Status

STATUS_WORDS = {
    Status.CONFLICT: ("Dua sumber resmi berbeda", "attention"),
    Status.BACKGROUND: ("Perlu dipastikan dokter", "attention"),
    Status.PROJECT: ("Usulan aplikasi", "neutral"),
    Status.VERIFIED: ("Sesuai sumber resmi", "good"),
}
OUR_OWN = re.compile(r"\.(csv|md)\b|background")
NAMES = dict[object, str]
"""Key of a user -> her name."""


@dataclass(frozen=True)
class SettingLine:
    """One setting as the list and its page show it. `changed` is "" while nobody touched it."""

    definition: Definition
    value: str
    default: str
    is_default: bool
    source: str
    status: str
    tone: str
    changed: str
    coming: str


def source_words(source: str) -> str:
    """The sources that a head can look up; the names of our own tables stay in docs/clinical-review.md."""
    named = []
    for part in source.split(";"):
        _, bracket, words = part.partition("(")
        if not OUR_OWN.search(part):
            named.append(part.strip())
        elif bracket:
            named.append(words.rstrip(") "))
    return "; ".join(named)


def setting_line(
    definition: Definition, settings: Settings, changes: list[SettingChange], names: NAMES, today: date
) -> SettingLine:
    change = settings.change_of(definition.code)
    value = settings.get(definition.code)
    word, tone = STATUS_WORDS[definition.status]
    ahead = [each for each in changes if each.code == definition.code and each.valid_from > today]
    return SettingLine(
        definition=definition,
        value=definition.shown(value),
        default=definition.shown(definition.default),
        is_default=value == definition.default,
        source=source_words(definition.source),
        status=word,
        tone=tone,
        changed=who_and_when(change, names) if change else "",
        coming=f"{stored_words(definition, ahead[-1].value)}, mulai {format_date(ahead[-1].valid_from)}"
        if ahead
        else "",
    )


def groups(
    settings: Settings, changes: list[SettingChange], names: NAMES, today: date
) -> list[tuple[str, list[SettingLine]]]:
    """Title -> its settings, in the order of the catalogue; a group without any is left out."""
    lines = [setting_line(each, settings, changes, names, today) for each in CATALOGUE.values()]
    found = [
        (title, [line for line in lines if line.definition.group == code]) for code, title in GROUPS.items()
    ]
    return [(title, lines) for title, lines in found if lines]


@dataclass(frozen=True)
class ChangeLine:
    """One change in the history of a setting."""

    title: str
    when: date
    who: str
    reason: str


def history(
    definition: Definition, changes: list[SettingChange], names: NAMES, puskesmas: Puskesmas
) -> list[ChangeLine]:
    """Newest first."""
    return [
        ChangeLine(
            title=stored_words(definition, each.value),
            when=each.valid_from,
            who=names.get(each.by_id, "Sistem"),
            reason=each.reason,
        )
        for each in reversed(changes)
        if each.code == definition.code
    ]


def stored_words(definition: Definition, stored: str | None) -> str:
    """A stored value as a person reads it; what the catalogue no longer allows stays readable as it was."""
    if stored is None:
        return f"{definition.shown(definition.default)} (kembali ke bawaan)"
    try:
        return definition.shown(definition.read(stored))
    except ValueError:
        return stored


def who_and_when(change: SettingChange, names: NAMES) -> str:
    """`Yusnimar, sejak Kam, 26 Nov 2026: sesuai surat Dinas`"""
    who = names.get(change.by_id, "Sistem")
    return f"{who}, sejak {format_date(change.valid_from)}: {change.reason}"
