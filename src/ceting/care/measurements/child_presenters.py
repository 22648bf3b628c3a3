"""The words of a child's page: who she is, where she stands, and why. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localtime

from ceting.care.measurements.attention import unseen_since
from ceting.care.measurements.measurement_words import Chip, chips, cm, finding_chips, kg, status_chip
from ceting.care.measurements.models import Attention, LatestGrowth, Measurement, Position, Source, Withdrawal
from ceting.care.measurements.reason_words import LEVEL_WORDS, ReasonWords, words_for
from ceting.foundation.ui.presenters import TONE_ICONS
from ceting.foundation.ui.wording import place_words, relative_day
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.standards.growth.indicators import STANDING_FROM_DAY
from ceting.standards.numbers import format_age, format_date, format_decimal
from ceting.standards.words import staff_words

NOTHING_YET = (
    "Semua penimbangan dan pengukuran anak ini akan tampil di sini, juga angka yang pernah diperbaiki."
)


def lead(child: Child, today: date) -> str:
    """Under the name: sex, age in words, birth date."""
    return f"{child.get_sex_display()} · {age_words(child, today)} · lahir {format_date(child.birth_date)}"


def age_words(child: Child, on: date) -> str:
    """Her age, and beside it the one by which the growth of a preterm child is judged: `3 bulan (koreksi 2 bulan)`."""
    since_birth = format_age(child.birth_date, on)
    due = child.growth_birth(on)
    return since_birth if due == child.birth_date else f"{since_birth} (koreksi {format_age(due, on)})"


def facts(child: Child, reader: User) -> list[tuple[str, str]]:
    """Terms and descriptions of the facts that `reader` may read; a kader never meets a NIK."""
    household = child.household
    village = household.village or child.posyandu.village
    found = [
        ("Ibu", f"{child.mother.name}{mourned(child)}" if child.mother else ""),
        ("Posyandu", str(child.posyandu)),
        ("Kelurahan", place_words(village.name, household.rw, household.rt)),
        ("Berat lahir", kg(child.birth_weight_kg) if child.birth_weight_kg else ""),
        ("Panjang lahir", cm(child.birth_length_cm) if child.birth_length_cm else ""),
        ("Lahir pada", f"{child.gestation_days // 7} minggu kehamilan" if child.gestation_days else ""),
        ("Buku KIA", "punya" if child.has_kia_book else "belum punya"),
    ]
    if readable(reader, child, "nik"):
        found.append(("NIK", child.nik))
    return found


def mother_words(child: Child) -> str:
    """`Ibu Sari Wahyuni`, the word once (registers often hold it already); "" when she isn't known."""
    if child.mother is None:
        return ""
    name = child.mother.name
    return name if name.lower().startswith("ibu ") else f"Ibu {name}"


def mourned(child: Child) -> str:
    """` (meninggal)` of a mother who died."""
    return "" if child.mother is None or child.mother.lives else " (meninggal)"


def whom_to_ask(child: Child) -> str:
    """Who is asked to come with her: her mother, and the family that cares once she died."""
    return "keluarganya" if child.mother is not None and not child.mother.lives else "ibunya"


@dataclass(frozen=True)
class State:
    """Where the child stands: a headline with its tone, reasons with why and what to do, and how fresh it is."""

    headline: str
    tone: str
    reasons: tuple[ReasonWords, ...]
    note: str
    last: str = ""
    chips: tuple[Chip, ...] = ()

    @property
    def shape(self) -> str:
        """The icon that says the tone to who sees no colour."""
        return TONE_ICONS[self.tone]

    @property
    def todos(self) -> tuple[str, ...]:
        """What to do, each thing once."""
        return tuple(dict.fromkeys(reason.todo for reason in self.reasons))


def state(latest: LatestGrowth | None, rows: Sequence[Measurement], today: date, whom: str) -> State:
    """The state from the row that stands for the child (None: nobody measured her yet) and her current rows.

    `whom`: who is asked to come with her (`whom_to_ask`).
    """
    if latest is None:
        note = "Timbang di hari posyandu berikutnya. Grafiknya mulai dari penimbangan pertama."
        return State("Belum pernah ditimbang", "info", (), note)
    level = LEVEL_WORDS[Attention(latest.attention)]
    note = freshness(latest.weighed_on, today)
    newest = max(rows, key=Measurement.chronology, default=None)
    last, found = (measured_words(newest), tuple(chips(newest))) if newest else ("", ())
    if latest.attention == Attention.NONE and _is_stale(latest.weighed_on, today):
        advice = f"{note} Ajak {whom} datang, atau kunjungi rumahnya."
        return State("Lama belum ditimbang", "attention", (), advice, last, found)
    return State(level.headline, level.tone, tuple(words_for(latest.reasons)), note, last, found)


def freshness(weighed_on: date | None, today: date) -> str:
    """How long ago the last weighing was, as a sentence."""
    if weighed_on is None:
        return "Belum pernah ditimbang kader atau petugas."
    return f"Terakhir ditimbang {relative_day(weighed_on, today)} ({format_date(weighed_on)})."


def _is_stale(weighed_on: date | None, today: date) -> bool:
    return weighed_on is None or weighed_on <= unseen_since(today)


@dataclass(frozen=True)
class Score:
    """One index in words with its z: `BB/U`, `Berat badan normal`, `-0,42`."""

    index: str
    label: str
    z: str
    flagged: bool


def scores(row: Measurement) -> tuple[Score, ...]:
    """Every index that the row gives. A flagged one keeps its z, but its class means nothing yet."""
    standing = row.age_days >= STANDING_FROM_DAY
    columns = (
        ("BB/U", row.wfa, row.zwei, "w"),
        ("TB/U" if standing else "PB/U", row.lfa, row.zlen, "l"),
        ("BB/TB" if standing else "BB/PB", row.wfl, row.zwfl, "f"),
        ("LK/U", "", row.zhc, "h"),
    )
    return tuple(
        Score(
            index,
            "tidak wajar, ukur ulang" if letter in row.flags else (staff_words(code) if code else ""),
            z_words(z),
            letter in row.flags,
        )
        for index, code, z, letter in columns
        if z is not None
    )


def z_words(z: float | None) -> str:
    """`-1,25`, `+0,40`, with a real minus sign; "" for none."""
    if z is None:
        return ""
    shown = format_decimal(abs(z), 2)
    return shown if z == 0 else f"{'−' if z < 0 else '+'}{shown}"


def length_words(row: Measurement) -> str:
    """`71,5 cm terlentang`; "" when it wasn't measured."""
    if row.lenhei_cm is None:
        return ""
    position = {Position.LYING: " terlentang", Position.STANDING: " berdiri"}.get(Position(row.position), "")
    return f"{cm(row.lenhei_cm)}{position}"


def measured_words(row: Measurement) -> str:
    """All that was measured on one line."""
    parts = (
        kg(row.weight_kg) if row.weight_kg is not None else "",
        length_words(row),
        f"LiLA {cm(row.muac_cm)}" if row.muac_cm is not None else "",
        f"lingkar kepala {cm(row.head_cm)}" if row.head_cm is not None else "",
        "bengkak kedua kaki" if row.oedema else "",
    )
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class HistoryLine:
    """One row of the history. `replaced` says who replaced it and why, for a row that no longer counts."""

    row: Measurement
    day: str
    age: str
    weight: str
    length: str
    others: str
    chips: tuple[Chip, ...]
    scores: tuple[Score, ...]
    source: str
    recorded: str
    late: str
    replaced: str
    mended: str = ""
    measured: str = ""


def history(child: Child, rows: Sequence[Measurement]) -> list[HistoryLine]:
    """All rows, the newest first, corrected ones right after what replaced them. Each brings what ended it."""
    ordered = sorted(rows, key=Measurement.chronology, reverse=True)
    return [_line(child, row) for row in ordered]


def _line(child: Child, row: Measurement) -> HistoryLine:
    replaced = _replaced(row)
    others = (
        f"LiLA {cm(row.muac_cm)}" if row.muac_cm is not None else "",
        f"LK {cm(row.head_cm)}" if row.head_cm is not None else "",
        "bengkak kedua kaki" if row.oedema else "",
    )
    return HistoryLine(
        row=row,
        day=format_date(row.measured_on),
        age=age_words(child, row.measured_on) if row.measured_on >= child.birth_date else "",
        weight=kg(row.weight_kg) if row.weight_kg is not None else "",
        length=length_words(row),
        others=" · ".join(part for part in others if part),
        chips=() if replaced else tuple(_beside_scores(row)),
        scores=() if replaced else scores(row),
        source=Source(row.source).label,
        recorded=row.recorded_by.name if row.recorded_by else "sistem",
        late=late_words(row),
        replaced=replaced,
        mended=f"Perbaikan: {row.reason}" if row.corrects_id and row.reason else "",
        measured=f"Diukur {row.team.words}" if row.team else "",
    )


def _beside_scores(row: Measurement) -> list[Chip]:
    """The chips of a row whose classes stand in the next column: what is normal isn't said twice."""
    status = status_chip(row)
    return [*([status] if status else []), *(each for each in finding_chips(row) if each.tone != "good")]


def late_words(row: Measurement) -> str:
    """When a row came in after its own day; "" when it didn't, and for imports, which are always later."""
    came = localtime(row.created_at).date()
    if row.source == Source.IMPORT or came <= row.measured_on:
        return ""
    return f"dicatat {format_date(came)}"


def _replaced(row: Measurement) -> str:
    """Who corrected the row or struck it out, when and why; "" while it stands."""
    later: Measurement | Withdrawal
    if hasattr(row, "correction"):
        by, later, deed = row.correction.recorded_by, row.correction, "Diganti"
        if later.child_id != row.child_id:
            deed = "Dipindah ke anak lain oleh"
    elif hasattr(row, "withdrawal"):
        by, later, deed = row.withdrawal.by, row.withdrawal, "Dicoret"
    else:
        return ""
    when = format_date(localtime(later.created_at).date())
    reason = f": {later.reason}" if later.reason else ""
    return f"{deed} {by.name if by else 'sistem'}, {when}{reason}"
