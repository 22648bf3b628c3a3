"""From an e-PPGBM file to children and weighings, once and again."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.measurements.models import LatestGrowth, Measurement, Source
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop.eppgbm import operations, work
from ceting.gateways.interop.eppgbm.models import ImportState
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import preview, receive, remarks, run, take_in, told
from ceting.gateways.interop.naming import Proposal
from ceting.registry.families.models import Child
from ceting.registry.places.models import Posyandu
from tests.cast import Cast, nik_of


def registry() -> list[tuple[object, ...]]:
    """Everything an import can change, without keys and times."""
    rows = Measurement.objects.order_by(
        "child__name_key", "child__posyandu__name", "measured_on"
    ).select_related("child__mother", "child__posyandu", "child__household")
    derived = ("zwei", "zlen", "zwfl", "status", "gain_g", "two_t", "wfa", "lfa", "wfl", "flags")
    return [
        (
            *(row.child.name, row.child.birth_date, row.child.sex, row.child.nik, row.child.posyandu.name),
            *(row.child.mother and row.child.mother.name, row.child.household.address, row.measured_on),
            *(row.weight_kg, row.lenhei_cm, row.position, row.source),
            *(getattr(row, name) for name in derived),
        )
        for row in rows
    ]


def months(*numbers: int, **cells: str) -> list[dict[str, str]]:
    return [row(Tanggal_Pengukuran=f"2026-{number:02}-12", **cells) for number in numbers]


@pytest.mark.usefixtures("frozen")
def test_dewi_imports_a_new_child_with_her_weighings(cast: Cast) -> None:
    rows = months(7, 8, 9)
    for each, weight in zip(rows, ("9.1", "9,4", "9.600"), strict=True):
        each["Berat"] = weight
    file = take_in(cast, rows)
    child = Child.objects.get(name="ALYA DELIMA")
    assert (child.posyandu, child.sex, str(child.birth_date)) == (cast.melati, 2, "2025-03-10")
    assert child.mother is not None
    assert child.mother.name == "ROSMA"
    assert (child.household.rt, child.household.rw, child.household.address) == (
        "02",
        "03",
        "JL. ANDALAS NO. 7",
    )
    assert child.birth_weight_kg == Decimal("3.1")
    weighings = list(child.measurements.order_by("measured_on"))
    assert [each.weight_kg for each in weighings] == [Decimal("9.1"), Decimal("9.4"), Decimal("9.6")]
    assert [each.status for each in weighings] == ["B", "N", "N"]
    assert {each.source for each in weighings} == {Source.IMPORT}
    assert {each.measured_by for each in weighings} == {None}, "whoever imports didn't stand at the scale"
    assert LatestGrowth.objects.get(child=child).weight_kg == Decimal("9.6")
    assert operations.counts(file) == {"new_children": 1, "recorded": 3}
    assert file.state is ImportState.DONE
    assert not file.stored_as, "the upload isn't encrypted, so it doesn't stay"


@pytest.mark.usefixtures("frozen")
def test_the_preview_writes_nothing_about_children(cast: Cast) -> None:
    before = Child.objects.count()
    file = preview(cast, months(7, 8))
    assert (file.totals["new_children"], file.totals["recorded"]) == (1, 2)
    assert Child.objects.count() == before
    assert not Measurement.objects.exists()


@pytest.mark.usefixtures("frozen")
def test_the_forecast_is_what_happens(cast: Cast) -> None:
    rows = [
        *months(7, 8),
        row(Nama="BAYU", JK="?"),
        row(Nama="CITRA"),
        row(Nama="CITRA"),
        row(Nama="DINDA", Berat="85"),
    ]
    file = preview(cast, rows)
    counted = operations.counts(run(cast, file))
    told = {name: file.totals[name] for name in ("new_children", "recorded", "refused", "repeated")}
    assert counted == told


@pytest.mark.usefixtures("frozen")
def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    rows = list(exports.district(20, 4, today=cast.today))
    take_in(cast, rows)
    before, children = registry(), Child.objects.count()
    file = take_in(cast, rows)
    assert operations.counts(file) == {"new_children": 0, "known": 80}
    assert (registry(), Child.objects.count()) == (before, children)


@pytest.mark.usefixtures("frozen")
def test_next_months_export_adds_only_the_new_month(cast: Cast) -> None:
    take_in(cast, months(7, 8))
    file = take_in(cast, months(7, 8, 9))
    assert operations.counts(file) == {"new_children": 0, "known": 2, "recorded": 1}
    assert Child.objects.filter(name="ALYA DELIMA").count() == 1


@pytest.mark.usefixtures("frozen")
def test_a_row_that_says_something_else_than_the_registry_is_told_and_left(cast: Cast) -> None:
    take_in(cast, months(8))
    file = take_in(cast, months(8, Berat="8.9"))
    assert "Berbeda dengan catatan yang ada" in told(file)[3]
    assert "berat 9,4 kg" in told(file)[3].lower()
    assert Measurement.objects.get().weight_kg == Decimal("9.4")


@pytest.mark.usefixtures("frozen")
def test_what_wati_weighed_is_recognised_and_not_doubled(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-14", "8.9", cm="74.5", position="l", head_cm=Decimal("45"))
    said = row(
        Nama="AISYAH PUTRI",
        NIK=cast.aisyah.nik,
        Tgl_Lahir=cast.aisyah.birth_date.isoformat(),
        Tanggal_Pengukuran="14-10-2026",
        Berat="8,90",
        Tinggi="74,5",
        Cara_Ukur="-",
    )
    file = take_in(cast, [said])
    assert operations.counts(file) == {"new_children": 0, "known": 1}


@pytest.mark.usefixtures("frozen")
def test_a_weight_that_the_family_noted_at_home_does_not_stand_in_the_way(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-14", "9.9", source=Source.FAMILY)
    said = row(
        Nama="AISYAH PUTRI", NIK=cast.aisyah.nik, Tgl_Lahir=cast.aisyah.birth_date.isoformat(),
        Tanggal_Pengukuran="2026-10-14", Berat="8.9",
    )  # fmt: skip
    assert operations.counts(take_in(cast, [said]))["recorded"] == 1


@pytest.mark.usefixtures("frozen")
def test_aisyah_is_recognised_by_her_masked_nik_at_another_posyandu(cast: Cast) -> None:
    nik = cast.aisyah.nik
    said = row(
        Nama="AISJAH PUTRI", NIK=f"{nik[:4]}{'*' * 10}{nik[-2:]}", Tgl_Lahir=cast.aisyah.birth_date.isoformat(),
        Posyandu="KENANGA", Nama_Ortu="-", **{"Desa/Kel": "JATI"},
    )  # fmt: skip
    file = take_in(cast, [said])
    assert operations.counts(file) == {"new_children": 0, "recorded": 1}
    cast.aisyah.refresh_from_db()
    assert cast.aisyah.posyandu == cast.melati, "an import doesn't move a child"


@pytest.mark.usefixtures("frozen")
def test_the_same_name_and_birth_date_with_another_nik_is_a_question_not_a_guess(cast: Cast) -> None:
    said = row(
        Nama="AISYAH PUTRI", NIK="1371**********99", Tgl_Lahir=cast.aisyah.birth_date.isoformat(),
        Nama_Ortu="SARI WAHYUNI",
    )  # fmt: skip
    file = take_in(cast, [said])
    assert "NIK berbeda" in told(file)[3]
    assert not Measurement.objects.exists()


@pytest.mark.usefixtures("frozen")
def test_a_name_spelt_almost_alike_is_a_question(cast: Cast) -> None:
    said = row(
        Nama="AISYAH PUTRA", NIK="-", Tgl_Lahir=cast.aisyah.birth_date.isoformat(), Nama_Ortu="SARI WAHYUNI"
    )
    assert "Mungkin sudah terdaftar sebagai Aisyah Putri" in told(take_in(cast, [said]))[3]


@pytest.mark.usefixtures("frozen")
def test_twins_with_names_alike_come_in_together_and_again(cast: Cast) -> None:
    twins = [row(Nama="HASAN BASRI", JK="L", NIK="-"), row(Nama="HASAN BASRA", JK="L", NIK="-")]
    assert operations.counts(take_in(cast, twins)) == {"new_children": 2, "recorded": 2}
    assert operations.counts(take_in(cast, twins)) == {"new_children": 0, "known": 2}
    household = set(Child.objects.filter(name__startswith="HASAN").values_list("household", "mother"))
    assert len(household) == 1


@pytest.mark.usefixtures("frozen")
def test_a_younger_sibling_joins_the_household_of_the_elder(cast: Cast) -> None:
    elder = row(Nama="BAGAS DELIMA", JK="L", NIK="-", Tgl_Lahir="2023-01-02", Berat="13", Tinggi="96")
    take_in(cast, [elder])
    take_in(cast, [elder, row(NIK="-")])
    assert len(set(Child.objects.filter(name__endswith="DELIMA").values_list("household"))) == 1


@pytest.mark.usefixtures("frozen")
def test_a_nik_of_another_puskesmas_is_told_without_a_name(cast: Cast) -> None:
    said = row(Nama="ZAHRA AULIA", NIK=cast.zahra.nik, Tgl_Lahir=cast.zahra.birth_date.isoformat())
    sentence = told(take_in(cast, [said]))[3]
    assert "puskesmas lain" in sentence
    assert "Zahra" not in sentence
    assert not cast.zahra.measurements.exists()


@pytest.mark.usefixtures("frozen")
def test_a_child_of_another_puskesmas_without_nik_is_nobodys_match(cast: Cast) -> None:
    said = row(
        Nama="ZAHRA AULIA", NIK="-", Tgl_Lahir=cast.zahra.birth_date.isoformat(), Nama_Ortu="MEGA LESTARI"
    )
    assert operations.counts(take_in(cast, [said]))["new_children"] == 1
    assert not cast.zahra.measurements.exists()


@pytest.mark.usefixtures("frozen")
def test_rows_of_another_puskesmas_are_left_out(cast: Cast) -> None:
    file = take_in(cast, [row(), row(Nama="BUNGA", Pukesmas="AIR DINGIN")])
    assert operations.counts(file) == {"new_children": 1, "recorded": 1, "skipped": 1}


@pytest.mark.usefixtures("frozen")
def test_a_new_posyandu_is_opened_once_in_its_village(cast: Cast) -> None:
    rows = [
        row(Posyandu="POSYANDU DAHLIA II", **{"Desa/Kel": "KEL. JATI"}),
        row(Nama="BUNGA", Posyandu="Dahlia 2", **{"Desa/Kel": "JATI"}),
    ]
    take_in(cast, rows)
    take_in(cast, rows)
    dahlia = Posyandu.objects.get(name="Dahlia II")
    assert (dahlia.village.name, dahlia.puskesmas) == ("Jati", cast.andalas)
    assert dahlia.children.count() == 2


@pytest.mark.usefixtures("frozen")
def test_an_unknown_posyandu_waits_for_dewis_answer(cast: Cast) -> None:
    file = preview(cast, [row(Posyandu="MAWAR INDAH", **{"Desa/Kel": "ENTAH"})])
    assert "belum dipilih" in told(file)[3]
    with pytest.raises(RefusedError):
        operations.start(file, by=cast.petugas_gizi_dewi)
    (place,) = file.places.all()
    settled = operations.settle_places(
        file, {place.key: Proposal(posyandu=cast.kenanga)}, by=cast.petugas_gizi_dewi
    )
    work.check(str(settled.check_job_id), str(file.pk))
    assert operations.counts(run(cast, file)) == {"new_children": 1, "recorded": 1}
    assert Child.objects.get(name="ALYA DELIMA").posyandu == cast.kenanga


@pytest.mark.usefixtures("frozen")
def test_rows_without_a_posyandu_go_where_dewi_said_at_the_upload(cast: Cast) -> None:
    rows = [row(Posyandu="-", **{"Desa/Kel": "-"})]
    take_in(cast, rows, posyandu=cast.kenanga)
    assert Child.objects.get(name="ALYA DELIMA").posyandu == cast.kenanga


@pytest.mark.usefixtures("frozen")
def test_a_list_of_children_without_weighings_registers_them(cast: Cast) -> None:
    header = (
        "nama_anak",
        "tgl_lahir",
        "jenis_kelamin",
        "NIK",
        "nomor_KK",
        "nama_ortu",
        "berat_lahir",
        "tinggi",
        "posyandu",
    )
    line = ("Alya", "10/03/2025", "P", "", "1371021010100001", "Rosma", "3100", "49", "Melati")
    content = ("\n".join([";".join(header), ";".join(line)])).encode()
    file = run(cast, _checked(cast, content))
    assert operations.counts(file) == {"new_children": 1, "registered": 1}
    child = Child.objects.get(name="Alya")
    assert (child.birth_weight_kg, child.birth_length_cm) == (Decimal("3.1"), Decimal("49"))
    assert child.household.kk == "1371021010100001"


def _checked(cast: Cast, content: bytes):
    file = receive(cast, content)
    work.check(str(file.check_job_id), str(file.pk))
    file.refresh_from_db()
    return file


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("shape", [exports.as_html, exports.as_csv, exports.as_xlsx])
def test_every_shape_of_file_ends_in_the_same_registry(cast: Cast, shape) -> None:
    rows = list(exports.district(6, 3, today=cast.today))
    file = run(cast, _checked(cast, shape(rows)))
    assert operations.counts(file) == {"new_children": 6, "recorded": 18}
    assert {each[10] for each in registry()} <= {"l", "h"}


@pytest.mark.usefixtures("frozen")
def test_the_deeds_stand_in_the_audit(cast: Cast) -> None:
    take_in(cast, months(8))
    deeds = list(AuditEntry.objects.filter(action__startswith="import.").order_by("at", "id"))
    assert [deed.action for deed in deeds] == ["import.receive", "import.start", "import.finish"]
    assert {deed.actor_id for deed in deeds} == {cast.petugas_gizi_dewi.pk}
    assert AuditEntry.objects.filter(action="measurement.record", actor_id=cast.petugas_gizi_dewi.pk).exists()


@pytest.mark.usefixtures("frozen")
def test_a_full_nik_is_kept_and_a_masked_one_is_not(cast: Cast) -> None:
    nik = nik_of(cast.today.replace(year=2025, month=3, day=10), 2, 77)
    take_in(cast, [row(NIK=nik), row(Nama="BUNGA")])
    assert Child.objects.get(name="ALYA DELIMA").nik == nik
    assert Child.objects.get(name="BUNGA").nik == ""


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_any_order_of_the_rows_ends_in_the_same_registry(cast: Cast, frozen, seed: int) -> None:
    from django.db import transaction

    rows = [
        *exports.district(5, 3, today=cast.today, seed=3),
        *months(7, 8, NIK="-"),
        *months(9, NIK="-", Posyandu="KENANGA", **{"Desa/Kel": "JATI"}),
        row(Nama="BAGAS DELIMA", JK="L", Tgl_Lahir="2023-01-02", Berat="13", Tinggi="96"),
        row(Nama="HASAN BASRI", JK="L", NIK="-"),
        row(Nama="HASAN BASRA", JK="L", NIK="-", Berat="9.9"),
        row(Nama="HASAN BASRA", JK="L", NIK="-", Berat="9.8"),
        row(Nama="CITRA"),
        row(Nama="CITRA"),
    ]

    def ends_in(given_rows: list[dict[str, str]]) -> tuple[object, ...]:
        with transaction.atomic():
            file = take_in(cast, given_rows)
            found = (registry(), operations.counts(file), len(remarks(file)))
            transaction.set_rollback(True)
        return found

    shuffled = list(rows)
    Random(seed).shuffle(shuffled)
    assert ends_in(shuffled) == ends_in(rows)
