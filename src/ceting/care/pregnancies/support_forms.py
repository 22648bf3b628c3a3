"""Forms of what stands beside the contacts: the cards' lines, the birth plan, classes and extra food."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from ceting.care.pregnancies.cards import Cards, Reason
from ceting.care.pregnancies.contact_operations import LONGEST_REASON
from ceting.care.pregnancies.models import BirthPlan, Card, StatedRisk
from ceting.care.pregnancies.support_operations import MOST_FOOD_DAYS, PlanDraft
from ceting.foundation.core.errors import EditConflictError, RefusedError
from ceting.foundation.ui.form_fields import DayField, RefusalMixin
from ceting.standards.numbers import format_date
from ceting.standards.pregnancy import kspr, preeclampsia

GROUPS = {"moderate": "Faktor sedang", "high": "Faktor tinggi", "physical": "Hasil pemeriksaan"}


@dataclass(frozen=True)
class RiskLine:
    """A line of a card. `follows`: known from history or contacts, nobody ticks or unticks it; `why` says from what."""

    code: str
    label: str
    ticked: bool
    follows: bool
    stands: bool
    """Somebody stated it besides: it goes on being stated."""
    why: str


@dataclass(frozen=True)
class RiskGroup:
    """Lines under one heading."""

    title: str
    lines: tuple[RiskLine, ...]


def lines_of(card: Card) -> list[tuple[str, str, str]]:
    """(group, code, label) of every line in the order of the card."""
    if card is Card.KSPR:
        return [
            (f"Kelompok {each.group}", each.code, f"{each.label} (+{each.points})") for each in kspr.factors()
        ]
    return [(GROUPS[each.group], each.code, each.label) for each in preeclampsia.items()]


def withdrawn_lines(rows: Iterable[StatedRisk]) -> list[tuple[str, str]]:
    """(line of a card, when and why it was taken away): a line that was a mistake."""
    labels = {code: label for card in Card for _, code, label in lines_of(card)}
    return [
        (labels[row.code], f"dilepas {format_date(row.withdrawn_on)}: {row.withdrawn_because}")
        for row in rows
        if row.withdrawn_on
    ]


class RisksForm(RefusalMixin, forms.Form):
    """Both cards as checklists. `seen_...` are the lines that stood when the page was opened."""

    theirs: tuple[tuple[str, str], ...] = ()
    """(line, what somebody else did with it) where somebody else was faster."""

    kspr = forms.MultipleChoiceField(required=False)
    preeclampsia = forms.MultipleChoiceField(required=False)
    seen_kspr = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_preeclampsia = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Mengapa centang dilepas",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Hanya bila faktor itu keliru. Skor tidak turun karena keadaan membaik.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, found: Cards, stated: Collection[StatedRisk]
    ) -> None:
        self.standing = {card: {row.code for row in stated if row.card == card} for card in Card}
        self.found = {Card.KSPR: found.kspr_reasons, Card.PRE_ECLAMPSIA: found.screen_reasons}
        seen = {f"seen_{card.value}": " ".join(sorted(codes)) for card, codes in self.standing.items()}
        super().__init__(data, initial=seen)
        for card in Card:
            self.fields[card.value].choices = [(code, label) for _, code, label in lines_of(card)]  # type: ignore[attr-defined]

    def codes(self, card: Card) -> list[str]:
        return list(self.cleaned_data[card.value])

    def seen(self, card: Card) -> list[str]:
        """Only lines of the card: the field comes back from the browser, with whatever stands in it."""
        known = {code for _, code, _ in lines_of(card)}
        return [code for code in str(self.cleaned_data[f"seen_{card.value}"]).split() if code in known]

    def show(self, refusal: RefusedError) -> None:
        super().show(refusal)
        if isinstance(refusal, EditConflictError):
            labels = {code: label for card in Card for _, code, label in lines_of(card)}
            words = {True: "dicentang", False: "dilepas"}
            self.theirs = tuple((labels[code], words[stands]) for code, stands in refusal.theirs.items())
            _retype(self, **{name: it for name, it in self.initial.items() if name.startswith("seen_")})

    @property
    def cards(self) -> list[tuple[str, str, list[RiskGroup]]]:
        """(label, name of the field, groups of lines) of both cards, as typed so far."""
        return [(card.label, card.value, self._groups(card)) for card in Card]

    def _groups(self, card: Card) -> list[RiskGroup]:
        typed = set(self.data.getlist(card.value)) if self.is_bound else self.standing[card]  # type: ignore[attr-defined]
        reasons = {each.code: each for each in self.found[card]}
        groups: dict[str, list[RiskLine]] = {}
        for group, code, label in lines_of(card):
            line = self._line(card, code, label, reasons.get(code), ticked=code in typed)
            groups.setdefault(group, []).append(line)
        return [RiskGroup(title, tuple(lines)) for title, lines in groups.items()]

    def _line(self, card: Card, code: str, label: str, reason: Reason | None, *, ticked: bool) -> RiskLine:
        why = f"{reason.sentence}, sejak {format_date(reason.since)}" if reason else ""
        follows = reason is not None and not reason.stated
        return RiskLine(code, label, ticked or follows, follows, code in self.standing[card], why)


def _retype(form: forms.Form, **seen: str) -> None:
    """Her own typing on top of what stands now: saving again is her decision after she saw both."""
    data = form.data.copy()  # type: ignore[attr-defined]
    for name, value in seen.items():
        data[name] = value
    form.data = data


class PlanForm(RefusalMixin, forms.Form):
    """P4K, line by line as on the sticker; `seen` is the plan that she changes."""

    theirs: tuple[tuple[str, str], ...] = ()
    """(line, what stands now) where somebody else was faster."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    attendant = forms.CharField(label="Penolong persalinan", max_length=80, required=False)
    place = forms.CharField(label="Tempat bersalin", max_length=80, required=False)
    companion = forms.CharField(label="Pendamping", max_length=80, required=False)
    transport = forms.CharField(label="Kendaraan", max_length=80, required=False)
    donors = forms.CharField(label="Calon pendonor (nama, golongan)", max_length=200, required=False)
    funding = forms.CharField(label="Biaya atau jaminan", max_length=80, required=False)
    contraception = forms.CharField(label="Rencana KB", max_length=80, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, standing: BirthPlan | None) -> None:
        names = PlanDraft.__dataclass_fields__
        known = {name: getattr(standing, name) for name in names} if standing else {}
        super().__init__(data, initial={**known, "seen": str(standing.pk) if standing else ""})

    def draft(self) -> PlanDraft:
        return PlanDraft(**{name: self.cleaned_data[name] for name in PlanDraft.__dataclass_fields__})

    def show(self, refusal: RefusedError) -> None:
        super().show(refusal)
        if isinstance(refusal, EditConflictError):
            lines = refusal.theirs.items()
            self.theirs = tuple((str(self.fields[name].label), value or "kosong") for name, value in lines)
            _retype(self, seen=self.initial["seen"])


class ClassForm(RefusalMixin, forms.Form):
    """She came to the mothers' class."""

    on = DayField(label="Tanggal kelas", error_messages={"required": "Isi tanggal kelas."})
    with_partner = forms.BooleanField(label="Bersama suami atau keluarga", required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.fields["on"].today = lambda: today  # type: ignore[attr-defined]


class FoodForm(RefusalMixin, forms.Form):
    """Extra food was handed out."""

    given_on = DayField(label="Tanggal diberikan", error_messages={"required": "Isi tanggal diberikan."})
    days = forms.IntegerField(
        label="Untuk berapa hari",
        error_messages={
            "required": f"Isi untuk berapa hari, 1 sampai {MOST_FOOD_DAYS}.",
            "invalid": f"Isi untuk berapa hari, 1 sampai {MOST_FOOD_DAYS}.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        super().__init__(data, initial={"given_on": today})
        self.fields["given_on"].today = lambda: today  # type: ignore[attr-defined]
