"""Words about consent; no database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ceting.registry.families.models import Caregiver, Child, Relation
from ceting.registry.rights.models import Channel, Consent, allows, last_answers, withdrawal_of
from ceting.registry.rights.wordings import OF_A_CAREGIVER, OF_A_CHILD, Scope, wording
from ceting.standards.numbers import format_date


@dataclass(frozen=True)
class ScopeLine:
    """Where one use of the data stands: a chip, a sentence, and the answer that may be taken back."""

    label: str
    tone: str
    chip: str
    sentence: str
    withdrawable: UUID | None


@dataclass(frozen=True)
class PersonLines:
    """One person of the family with everything that is asked about her."""

    name: str
    who: str
    key: UUID
    is_child: bool
    may_answer: bool
    lines: tuple[ScopeLine, ...]


def people(
    caregivers: Sequence[Caregiver], children: Sequence[Child], consents: Collection[Consent]
) -> list[PersonLines]:
    """Caregivers first. Who ended caring keeps what she said; nothing new is asked of her."""
    answers = last_answers(consents)
    names = {each.pk: each.name for each in caregivers}

    def lines(key: UUID, scopes: Sequence[Scope]) -> tuple[ScopeLine, ...]:
        return tuple(_line(scope, answers.get((key, scope)), names) for scope in scopes)

    of_caregivers = [
        PersonLines(
            name=each.name,
            who=Relation(each.relation).label,
            key=each.pk,
            is_child=False,
            may_answer=getattr(each, "ending", None) is None,
            lines=lines(each.pk, OF_A_CAREGIVER),
        )
        for each in caregivers
    ]
    someone_speaks = any(each.may_answer for each in of_caregivers)
    of_children = [
        PersonLines(each.name, "Anak", each.pk, True, someone_speaks, lines(each.pk, OF_A_CHILD))  # noqa: FBT003
        for each in children
    ]
    return [*of_caregivers, *of_children]


def _line(scope: Scope, consent: Consent | None, names: dict[UUID, str]) -> ScopeLine:
    if consent is None:
        return ScopeLine(scope.label, "neutral", "Belum ditanya", "Belum boleh dipakai.", None)
    withdrawal = withdrawal_of(consent)
    said = f"{format_date(consent.said_on)}, {Channel(consent.channel).label.lower()}"
    if consent.child_id:
        said += f", oleh {names.get(consent.caregiver_id, 'pengasuh')}"
    if withdrawal is not None:
        taken = f"Ditarik {format_date(withdrawal.withdrawn_on)}; pemakaiannya dihentikan."
        return ScopeLine(scope.label, "attention", "Ditarik", taken, None)
    if not consent.granted:
        return ScopeLine(scope.label, "neutral", "Tidak setuju", f"{said}.", None)
    assert allows(consent)
    return ScopeLine(scope.label, "good", "Setuju", f"{said}.", consent.pk)


@dataclass(frozen=True)
class HistoryLine:
    """One thing that was said, with the words that were read out."""

    day: date
    title: str
    by: str
    text: str
    tone: str
    icon: str


def history(consents: Collection[Consent]) -> list[HistoryLine]:
    """The newest first; an answer and its withdrawal are two lines. `recorded_by` comes with the rows."""
    found: list[tuple[date, bytes, HistoryLine]] = []
    for each in consents:
        found.append((each.said_on, each.pk.bytes, _said(each)))
        withdrawal = withdrawal_of(each)
        if withdrawal is not None:
            line = HistoryLine(
                day=withdrawal.withdrawn_on,
                title=f"{_about(each)}: persetujuan ditarik",
                by=f"{Channel(withdrawal.channel).label}, dicatat {withdrawal.recorded_by.name}",
                text=withdrawal.note,
                tone="attention",
                icon="undo",
            )
            found.append((withdrawal.withdrawn_on, withdrawal.pk.bytes, line))
    return [line for *_, line in sorted(found, key=lambda each: each[:2], reverse=True)]


def _said(consent: Consent) -> HistoryLine:
    answer = "setuju" if consent.granted else "tidak setuju"
    return HistoryLine(
        day=consent.said_on,
        title=f"{_about(consent)}: {answer}",
        by=f"{consent.caregiver.name}, {Channel(consent.channel).label.lower()}, "
        f"dicatat {consent.recorded_by.name}",
        text=f"“{wording(Scope(consent.scope), consent.wording).text}” (versi {consent.wording})",
        tone="good" if consent.granted else "neutral",
        icon="check" if consent.granted else "cross",
    )


def _about(consent: Consent) -> str:
    whom = consent.child.name if consent.child else consent.caregiver.name
    return f"{Scope(consent.scope).label}, {whom}"
