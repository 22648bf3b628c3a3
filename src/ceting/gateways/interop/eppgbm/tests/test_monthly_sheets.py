"""Kaders' monthly sheets: whatever their heads look like, a month of a child is a weighing, and the rest is asked."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.measurements import planning
from ceting.care.measurements.models import Measurement
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm import operations
from ceting.gateways.interop.eppgbm.models import ImportState
from ceting.gateways.interop.eppgbm.monthly import NOTE
from ceting.gateways.interop.eppgbm.reading.heads import Head, read_head
from ceting.gateways.interop.eppgbm.tests.importing import again, check, receive, run, told
from ceting.gateways.interop.eppgbm.tests.sheets import ALYA, BUDI, sheet, two_rows
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def read(cast: Cast, content: bytes):
    return check(receive(cast, content, posyandu=cast.melati, name="lembar-melati.xlsx"))


def weighed(name: str = "ALYA DELIMA") -> list[tuple[str, str, str]]:
    rows = Measurement.objects.filter(child__name=name).order_by("measured_on")
    return [(f"{row.measured_on}", f"{row.weight_kg:.1f}", f"{row.lenhei_cm or 0:.0f}") for row in rows]


@pytest.mark.parametrize(
    ("cell", "head"),
    [
        ("Jan BB", Head(1, 0, 0, "weight")),
        ("BB (kg) Februari 2026", Head(2, 2026, 0, "weight")),
        ("BB 1/2026", Head(1, 2026, 0, "weight")),
        ("TB Jan-26", Head(1, 2026, 0, "lenhei")),
        ("2026-03-01", Head(3, 2026)),
        ("12/3/2026", Head(3, 2026, 12)),
        ("Agustus", Head(8)),
        ("Nop '25", Head(11, 2025)),
        ("LiLA", Head(0, 0, 0, "muac")),
        ("Tgl", Head(0, 0, 0, "measured_on")),
        ("Tahun 2026", Head(0, 2026)),
        ("Nama Anak", Head()),
        ("", Head()),
        ("99/2026", Head(0, 2026)),
    ],
)
def test_a_head_is_read_as_kaders_write_it(cell: str, head: Head) -> None:
    assert read_head(cell) == head


JAN, FEB = ("8.4", "71"), ("8,7", "72")
SHAPES = {
    "months merged over measures": sheet(
        two_rows(["Januari", "Februari"]),
        [(ALYA, [*JAN, *FEB])],
        title="DAFTAR PENIMBANGAN POSYANDU MELATI TAHUN 2026",
        merges=["F2:G2", "H2:I2"],
    ),
    "in one row": sheet(
        [["BB Jan 2026", "TB Jan 2026", "BB Feb 2026", "TB Feb 2026"]], [(ALYA, [*JAN, *FEB])]
    ),
    "measure by measure": sheet(
        [["BB", None, "TB", None], ["Jan 2026", "Feb 2026", "Jan 2026", "Feb 2026"]],
        [(ALYA, [JAN[0], FEB[0], JAN[1], FEB[1]])],
    ),
    "three rows of heads": sheet(
        [["2026", None, None, None], ["Jan", None, "Feb", None], ["BB", "TB", "BB", "TB"]],
        [(ALYA, [*JAN, *FEB])],
    ),
    "dates that Excel made of months": sheet(
        [[date(2026, 1, 1), None, date(2026, 2, 1), None], ["BB", "PB/TB", "BB", "PB/TB"]],
        [(ALYA, [*JAN, *FEB])],
    ),
    "the year of the first month only": sheet(
        two_rows(["Jan 2026", "Feb"]), [(ALYA, [*JAN, *FEB])], merges=["F1:G1", "H1:I1"]
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_heads_ends_in_the_same_weighings(cast: Cast, shape: str) -> None:
    file = read(cast, SHAPES[shape])
    assert file.sheet["months"] == ["Januari 2026", "Februari 2026"]
    assert not file.asks_year
    assert told(file) == {}
    run(cast, file)
    assert weighed() == [("2026-01-15", "8.4", "71"), ("2026-02-15", "8.7", "72")]


def test_blank_months_and_words_for_absent_are_no_weighings(cast: Cast) -> None:
    months = ["Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "Mei 2026"]
    absent = ["T", None, "-", None, "tidak hadir", "sakit", None, None]
    file = read(cast, sheet(two_rows(months), [(ALYA, [*absent, "9.6", "x"]), (BUDI, [None] * 10)]))
    assert file.totals["recorded"] == 1
    run(cast, file)
    assert weighed() == [("2026-05-15", "9.6", "0")]
    assert Child.objects.filter(name="BUDI SANTOSO").exists(), "a child without weighings is registered"


def test_the_day_is_the_posyandus_own_where_it_is_known_and_an_estimate_says_so(cast: Cast) -> None:
    cast.session("2026-07-09", posyandu=cast.melati)
    planning._write(cast.melati, [date(2026, 8, 13)], by=cast.bidan_rina)
    months = ["Jul 2026", "Agu 2026", "Sep 2026"]
    file = read(cast, sheet(two_rows(months), [(ALYA, ["9.1", None, "9.3", None, "9.5", None])]))
    told_days = " ".join(problem.sentence for problem in file.problems.all())
    assert "Kam, 9 Jul 2026 (hari posyandu)" in told_days
    assert "Sel, 15 Sep 2026 (tanggal perkiraan)" in told_days
    run(cast, file)
    assert [day for day, *_ in weighed()] == ["2026-07-09", "2026-08-13", "2026-09-15"]
    assert set(Measurement.objects.filter(child__name="ALYA DELIMA").values_list("reason", flat=True)) == {
        NOTE
    }


def test_a_column_with_the_day_of_each_month_is_no_estimate(cast: Cast) -> None:
    heads = two_rows(["Jan 2026", "Feb 2026"], ("Tgl", "BB"))
    file = read(cast, sheet(heads, [(ALYA, [date(2026, 1, 7), "8.4", date(2026, 2, 4), "8.7"])]))
    run(cast, file)
    assert [day for day, *_ in weighed()] == ["2026-01-07", "2026-02-04"]
    assert not Measurement.objects.filter(reason=NOTE).exists()


def test_a_sheet_without_a_year_is_asked_about_and_the_year_runs_on(cast: Cast, client: Client) -> None:
    file = read(cast, sheet(two_rows(["Nov", "Des", "Jan"]), [(ALYA, ["8", None, "8.3", None, "8.6", None])]))
    assert file.asks_year
    with pytest.raises(RefusedError):
        operations.start(file, by=cast.petugas_gizi_dewi)
    cast.sign_in(client, cast.petugas_gizi_dewi)
    page = f"/staf/impor/{file.pk}/"
    assert "Tahun berapa lembar ini?" in client.get(page).content.decode()
    assert client.post(f"{page}lembar/", {"year": "", "day": ""}).status_code == 422
    assert client.post(f"{page}lembar/", {"year": "2025", "day": "20"}).status_code == 302
    file = check(again(file))
    assert "Lembar bulanan" in client.get(page).content.decode()
    run(cast, file)
    assert [day for day, *_ in weighed()] == ["2025-11-20", "2025-12-20", "2026-01-20"]


def test_the_month_of_birth_and_this_month_get_a_day_that_can_be(cast: Cast) -> None:
    newborn = ("CITRA", date(2026, 10, 28), "P", "NUR")
    file = read(
        cast, sheet(two_rows(["Okt 2026", "Nov 2026", "Des 2026"]), [(newborn, [3, None, 4, None, 5, None])])
    )
    operations.settle_sheet(file, year=None, day=28, by=cast.petugas_gizi_dewi)
    file = run(cast, check(again(file)))
    assert [day for day, *_ in weighed("CITRA")] == ["2026-10-28", f"{cast.today}"]
    assert len(told(file)) == 1, "December is still to come"


def test_the_same_sheet_with_one_more_month_adds_only_that(cast: Cast) -> None:
    run(cast, read(cast, sheet(two_rows(["Jan 2026", "Feb 2026"]), [(ALYA, [*JAN, *FEB])])))
    grown = sheet(two_rows(["Jan 2026", "Feb 2026", "Mar 2026"]), [(ALYA, [*JAN, *FEB, "9", "73"])])
    file = run(cast, read(cast, grown))
    assert operations.counts(file) == {"new_children": 0, "known": 2, "recorded": 1}


def test_a_list_of_weighings_with_a_column_named_like_a_month_stays_a_list(cast: Cast) -> None:
    heads = [["Tanggal Ukur", "Berat", "BB Mei"]]
    file = read(cast, sheet(heads, [(ALYA, [date(2026, 6, 3), "9", "8.8"])]))
    assert file.sheet == {}
    run(cast, file)
    assert weighed() == [("2026-06-03", "9.0", "0")]


HEADS = st.sampled_from(
    ["Jan", "Feb 2026", "BB", "TB", "LiLA", "2026", "BB 13/2026", "Tgl", "", None, "N/T", "Ket", "Januari BB",
     "Nama Anak", "JK", "31/2/2026", "Des '25", "T", "Bulan penimbangan", "=1+1", date(2026, 5, 1)]
)  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["T", "-", "8,4", "tidak hadir", "850", "0", "2026-02-30", "8.4/71", "\x00", "🙂", "1e9"]
    ),
    st.floats(0, 99),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_sheet_is_a_fault_and_none_is_written_by_half(cast: Cast, frozen, data: st.DataObject) -> None:
    width = data.draw(st.integers(1, 9))
    heads = data.draw(st.lists(st.lists(HEADS, min_size=width, max_size=width), min_size=1, max_size=4))
    rows = [
        (child, [each if each != "\x00" else None for each in values])
        for child in (ALYA, BUDI)
        for values in [data.draw(st.lists(CELLS, min_size=width, max_size=width))]
    ]
    first = data.draw(st.integers(6, 9))
    merges = [f"{chr(64 + first)}1:{chr(65 + first)}{data.draw(st.integers(1, 2))}"] if width > 5 else []
    try:
        file = receive(cast, sheet(heads, rows, merges=merges), posyandu=cast.melati)
    except RefusedError:
        return
    file = check(file)
    assert file.state in (ImportState.READY, ImportState.REFUSED)
    if file.state is ImportState.READY and file.asks_year:
        operations.settle_sheet(file, year=2026, day=None, by=cast.petugas_gizi_dewi)
        file = check(again(file))
    if file.state is not ImportState.READY or not file.totals.get("rows"):
        return
    try:
        file = run(cast, file)
    except RefusedError:
        return
    assert file.state is ImportState.DONE
    assert file.outcomes.count() == file.rows.count()
