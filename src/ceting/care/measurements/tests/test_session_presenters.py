"""Words and rows of the posyandu's day, without a database."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from ceting.care.measurements import measurement_words
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.grid import Entry
from ceting.care.measurements.grid_presenters import Outcome, Typed, present_row, values_in_words
from ceting.care.measurements.models import Measurement, Session
from ceting.care.measurements.row_doubts import answer, answered, doubts
from ceting.care.measurements.session_presenters import greeting, refer_codes, summary
from ceting.care.measurements.usual_values import ranges
from ceting.registry.families.models import Caregiver, Child
from ceting.registry.places.models import Posyandu, Puskesmas

TODAY = date(2026, 11, 26)
ANDALAS = Puskesmas(name="Andalas", zone="Asia/Jakarta")


def aisyah(**more: object) -> Child:
    sari = Caregiver(name="Sari Wahyuni")
    values = {
        "name": "Aisyah",
        "sex": 2,
        "birth_date": date(2026, 2, 10),
        "mother": sari,
        "puskesmas": ANDALAS,
    }
    return Child(**{**values, **more})


def measured(child: Child, on: date = TODAY, **values: object) -> Measurement:
    given = {name: Decimal(str(value)) for name, value in values.items() if name.endswith(("_kg", "_cm"))}
    rest = {name: value for name, value in values.items() if name not in given}
    return Measurement(
        child=child,
        measured_on=on,
        age_days=(on - child.birth_date).days,
        source="volunteer",
        **given,
        **rest,
    )


def entry(child: Child | None = None, **more: object) -> Entry:
    values = {"registered": True, "saved": None, "weighing": None, "length": None}
    return Entry(child=child or aisyah(), **{**values, **more})


def session() -> Session:
    return Session(posyandu=Posyandu(name="Melati", puskesmas=ANDALAS), held_on=TODAY)


def asked(child: Child, *, weighing: Measurement | None = None, **values: object) -> tuple:
    draft = MeasurementDraft(child=child, measured_on=TODAY, **values)
    return doubts(draft, weighing=weighing, length=weighing, today=TODAY)


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "malam"), (3, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (18, "malam")],
)
def test_the_greeting_follows_the_clock(hour: int, part: str) -> None:
    assert (
        greeting("Bu Wati", datetime(2026, 11, 26, hour, tzinfo=ANDALAS.timezone))
        == f"Selamat {part}, Bu Wati"
    )


@pytest.mark.parametrize(
    ("values", "label", "tone"),
    [
        ({"status": "N", "gain_g": 300}, "N · Naik 300 g", "good"),
        (
            {"status": "T", "gain_g": 100, "minimum_gain_g": 200},
            "T · Naik 100 g, seharusnya 200 g",
            "attention",
        ),
        ({"status": "T", "gain_g": -200, "two_t": True}, "2T · Turun 200 g", "attention"),
        ({"status": "T", "gain_g": -2900}, "T · Turun 2,9 kg", "attention"),
        ({"status": "T", "gain_g": 0}, "T · Berat tetap", "attention"),
        ({"status": "O"}, "O · Bulan lalu tidak ditimbang", "info"),
        ({"status": "B"}, "B · Baru pertama ditimbang", "info"),
    ],
)
def test_a_status_says_what_happened_to_the_weight(values: dict, label: str, tone: str) -> None:
    chip = measurement_words.status_chip(measured(aisyah(), weight_kg=8, **values))

    assert chip == measurement_words.Chip(label, tone)


def test_what_is_out_of_the_ordinary_comes_first_and_all_normal_is_one_good_word() -> None:
    thin = measured(aisyah(), weight_kg=6, zwei=-2.4, wfa="BBU_K", zwfl=-3.2, wfl="BBTB_BURUK")
    fine = measured(aisyah(), weight_kg=8, zwei=-0.2, wfa="BBU_N", zwfl=0.1, wfl="BBTB_BAIK", lfa="TBU_N")

    labels = [chip.label for chip in measurement_words.finding_chips(thin)]
    assert labels == ["BB/TB di bawah -3 SD", "Berat badan kurang"]
    assert [chip.label for chip in measurement_words.finding_chips(fine)] == ["Berat badan normal"]


def test_a_flagged_index_gives_no_class_but_asks_to_measure_again() -> None:
    row = measured(aisyah(), weight_kg=40, zwei=9.0, wfa="BBU_R", above_orange_line=True, flags="w")

    assert [chip.label for chip in measurement_words.finding_chips(row)] == ["Di luar kebiasaan, ukur ulang"]


def test_short_is_said_as_a_finding_to_confirm_never_as_a_diagnosis() -> None:
    row = measured(aisyah(), lenhei_cm=60, zlen=-3.4, lfa="TBU_SP")

    (chip,) = measurement_words.finding_chips(row)
    assert chip.label == "TB/U di bawah -3, perlu dipastikan"


def test_a_row_shows_the_last_values_and_what_to_expect() -> None:
    before = measured(aisyah(), date(2026, 10, 24), weight_kg="8.1", lenhei_cm="69.5")

    row = present_row(entry(weighing=before, length=before), session(), number=7)

    assert (row.last, row.last_on, row.age, row.mother) == (
        "8,1 kg, 69,5 cm",
        "24 Okt 26",
        "9 bulan 16 hari",
        "Ibu Sari Wahyuni",
    )
    low, high = (float(edge.replace(",", ".")) for edge in row.expected.removesuffix(" kg").split("–"))
    assert low < 8.1 < high < 9.5
    assert [cell.label for cell in row.cells] == ["Berat", "Panjang", "Lingkar kepala", "LiLA"]
    assert row.cells[0].spoken == "Aisyah, kilogram"


def test_a_child_never_weighed_here_is_compared_with_her_birth_weight() -> None:
    row = present_row(entry(aisyah(birth_weight_kg=Decimal("3.1"))), session(), number=1)

    assert (row.last, row.last_on, row.last_weight) == ("3,1 kg", "saat lahir", "3.1")
    assert row.expected


@pytest.mark.parametrize(("birth", "position"), [(date(2024, 11, 26), "l"), (date(2024, 11, 25), "h")])
def test_a_child_lies_until_day_731_as_in_the_tables_and_then_stands(birth: date, position: str) -> None:
    assert present_row(entry(aisyah(birth_date=birth)), session(), number=1).position == position


def test_what_was_typed_stays_in_a_row_that_was_not_saved() -> None:
    typed = Typed.posted({"weight_kg": "8,", "position": "h", "oedema": "on", "lenhei_cm": "7o"})

    row = present_row(entry(), session(), number=1, outcome=Outcome("refused", typed))

    assert [cell.value for cell in row.cells] == ["8,", "7o", "", ""]
    assert (row.position, row.oedema, row.saved_oedema, row.chips) == ("h", True, False, ())


def test_a_name_with_quotes_never_ends_an_attribute() -> None:
    typed = Typed.posted({"weight_kg": '"><b>'})

    cell = present_row(entry(), session(), number=1, outcome=Outcome("refused", typed)).cells[0]

    assert "<b>" not in cell.attributes
    assert 'value="&quot;&gt;&lt;b&gt;"' in cell.attributes


def test_a_length_near_the_last_one_surprises_nobody() -> None:
    before = measured(aisyah(), date(2026, 10, 24), lenhei_cm="69.5")

    low, high = ranges(entry(length=before), TODAY, None)["lenhei_cm"]

    assert (round(low, 1), round(high, 1)) == (68.6, 73.5)


def test_85_kg_is_asked_back_with_the_number_that_was_meant() -> None:
    (doubt,) = asked(aisyah(), weight_kg=Decimal("85"))

    assert doubt.sentence == "Berat 85 kg tidak mungkin untuk umur 9 bulan. Maksud Ibu 8,5 kg?"
    assert (doubt.typed, doubt.blocks) == ("8,5", True)


def test_an_unlikely_weight_is_a_question_whose_answer_holds_for_this_weight_only() -> None:
    before = measured(aisyah(), date(2026, 10, 24), weight_kg="8.1")

    (doubt,) = asked(aisyah(), weighing=before, weight_kg=Decimal("6.0"))
    sure = answer([doubt])

    assert not doubt.blocks
    assert answered(doubt, sure)
    (other,) = asked(aisyah(), weighing=before, weight_kg=Decimal("6.1"))
    assert not answered(other, sure)


def test_nothing_can_make_an_impossible_value_sure() -> None:
    (doubt,) = asked(aisyah(), weight_kg=Decimal("85"))

    assert not answered(doubt, doubt.key)
    assert answer([doubt]) == ""


def test_an_empty_row_a_date_before_birth_and_a_date_to_come_are_refused_in_words() -> None:
    (empty,) = asked(aisyah())
    assert empty.sentence == "Isi paling sedikit satu hasil ukur."
    unborn = aisyah(birth_date=date(2026, 11, 27))
    assert [doubt.field for doubt in asked(unborn, weight_kg=Decimal("3"))] == ["measured_on"]


def test_a_birth_date_corrected_past_the_last_weighing_does_not_break_the_row() -> None:
    early = measured(aisyah(), date(2026, 10, 24), weight_kg="8.1")
    moved = aisyah(birth_date=date(2026, 11, 1))

    assert present_row(entry(moved, weighing=early), session(), number=1).expected
    assert asked(moved, weighing=early, weight_kg=Decimal("4")) == ()


def test_both_sides_of_a_conflict_are_read_as_words() -> None:
    values = {"weight_kg": Decimal("8.500"), "lenhei_cm": Decimal("71.5"), "position": "l", "oedema": True}

    assert values_in_words(values.get) == "8,5 kg, 71,5 cm terlentang, bengkak"
    assert values_in_words({}.get) == "kosong"


def counted(*rows: tuple[Entry, Measurement | None]) -> tuple[list[Entry], dict[UUID, Measurement]]:
    return [each for each, _ in rows], {each.child.pk: row for each, row in rows if row}


def test_the_summary_counts_skdn_names_the_absent_and_who_must_be_seen() -> None:
    naik, turun, baru, absen = (aisyah(name=name) for name in ("Naik", "Turun", "Baru", "Absen"))
    gained = measured(naik, weight_kg=8, status="N", gain_g=300, zwei=-0.5)
    lost = measured(turun, weight_kg=6, status="T", gain_g=-200, two_t=True, zwei=-3.2, below_red_line=True)
    first = measured(baru, weight_kg=9, status="B", zwei=1.5, above_orange_line=True)
    entries, weighed = counted(
        (entry(naik, saved=gained), gained),
        (entry(turun, saved=lost), lost),
        (entry(baru, saved=first), first),
        (entry(absen), None),
    )

    found = summary(entries, weighed, TODAY)

    assert [(letter, number) for letter, _, number in found.letters] == [
        ("S", 4),
        ("K", 4),
        ("D", 3),
        ("N", 1),
        ("T", 1),
        ("O", 0),
        ("B", 1),
        ("2T", 1),
        ("BGM", 1),
    ]
    ratios = {ratio.name: ratio.value for ratio in found.ratios}
    assert (ratios["D/S"], ratios["N/(D-O-B)"], ratios["N/D"]) == ("75,0%", "50,0%", "33,3%")
    assert [line.child.name for line in found.refer] == ["Turun", "Baru"]
    assert [chip.label for chip in found.refer[0].chips] == [
        "Di bawah garis merah (BGM)",
        "Tidak naik dua kali (2T)",
    ]
    assert [line.child.name for line in found.absent] == ["Absen"]


def test_an_implausible_weight_is_not_weighed_yet_but_asked_for_again() -> None:
    child = aisyah()
    row = measured(child, weight_kg=40, zwei=9.0, flags="w")

    found = summary([entry(child, saved=row)], {}, TODAY)

    assert (found.skdn.D, [line.child.name for line in found.again], found.absent) == (0, ["Aisyah"], ())


def test_a_guest_is_weighed_here_and_counted_at_home() -> None:
    child = aisyah()
    row = measured(child, weight_kg=8, status="N", gain_g=300)

    found = summary([entry(child, saved=row, registered=False)], {child.pk: row}, TODAY)

    assert (found.skdn.S, found.skdn.D, found.skdn.guests) == (0, 0, 1)


def test_oedema_and_a_small_arm_are_reasons_to_be_seen_though_the_card_knows_only_weights() -> None:
    row = measured(aisyah(), muac_cm="11.2", oedema=True)

    assert refer_codes(row) == ["GB_LILA", "GB_EDEMA"]
