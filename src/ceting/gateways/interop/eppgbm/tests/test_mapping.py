"""Columns that nobody knew: asked once, remembered for the puskesmas, told and changed later."""

import pytest
from django.test import Client

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.gateways.interop import memory
from ceting.gateways.interop.eppgbm import operations
from ceting.gateways.interop.eppgbm.kind import KIND
from ceting.gateways.interop.eppgbm.models import ColumnMapping, ImportFile
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import again, check, preview, receive, run
from ceting.registry.families.models import Child
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
OWN = (
    "Balita",
    "JK",
    "Tgl Lahir",
    "Nama Ortu",
    "Posyandu",
    "Desa/Kel",
    "Hari Timbang",
    "Timbangan",
    "Catatan",
)
MEANT = {
    "name": 0,
    "sex": 1,
    "birth_date": 2,
    "parent": 3,
    "posyandu": 4,
    "village": 5,
    "measured_on": 6,
    "weight": 7,
}


def kaders_list(*months: int, header: tuple[str, ...] = OWN) -> bytes:
    """A list whose headers only its kader understands."""
    rows = [
        {
            **row(),
            "Balita": "ALYA DELIMA",
            "Hari Timbang": f"2026-{month:02}-12",
            "Timbangan": f"{8 + month / 10:.1f}",
            "Catatan": "rajin",
        }
        for month in months
    ]
    return exports.as_csv(rows, header)


def answers(meant: dict[str, int], width: int = len(OWN)) -> dict[str, str]:
    """The form as it is sent: every column has an answer."""
    role_of = {position: role for role, position in meant.items()}
    return {f"column-{position}": role_of.get(position, "-") for position in range(width)}


@pytest.fixture
def dewi(cast: Cast, client: Client) -> Client:
    return cast.sign_in(client, cast.petugas_gizi_dewi)


def test_a_header_that_nobody_knows_is_asked_about_once_and_then_read(cast: Cast, dewi: Client) -> None:
    file = check(receive(cast, kaders_list(7, 8)))
    page = f"/staf/impor/{file.pk}/"
    seen = dewi.get(page).content.decode()
    assert "Kolom mana yang dimaksud?" in seen
    assert "“Balita”" in seen
    assert "Mulai impor</" not in seen
    with pytest.raises(RefusedError):
        operations.start(file, by=cast.petugas_gizi_dewi)

    assert dewi.post(f"{page}kolom/", answers(MEANT)).status_code == 302
    file = check(again(file))
    assert (file.totals["new_children"], file.totals["recorded"]) == (1, 2)
    assert operations.counts(run(cast, file)) == {"new_children": 1, "recorded": 2}
    assert Child.objects.get(name="ALYA DELIMA").posyandu == cast.melati

    later = check(receive(cast, kaders_list(7, 8, 9)))
    assert (later.totals["known"], later.totals["recorded"]) == (2, 1)
    assert (
        "Kolom dibaca seperti yang ditunjukkan Dewi Anggraini"
        in dewi.get(f"/staf/impor/{later.pk}/").content.decode()
    )


def test_an_answer_without_a_needed_column_or_with_one_twice_is_sent_back(cast: Cast, dewi: Client) -> None:
    file = check(receive(cast, kaders_list(7)))
    page = f"/staf/impor/{file.pk}/kolom/"
    incomplete = dewi.post(page, answers({"name": 0, "sex": 1}))
    assert incomplete.status_code == 422
    assert "Tunjukkan kolom untuk “Tanggal lahir”" in incomplete.content.decode()
    twice = dewi.post(page, answers(MEANT) | {"column-8": "weight"})
    assert twice.status_code == 422
    assert "Berat sudah dipilih untuk “Timbangan”" in twice.content.decode()
    garbage = dewi.post(page, {"column-0": "'; DROP TABLE", "column-999": "name"})
    assert garbage.status_code == 422
    assert not ColumnMapping.objects.exists()


def test_an_unknown_column_beside_known_ones_can_be_given_a_meaning(cast: Cast, dewi: Client) -> None:
    header = [*exports.HEADER, "Timbang Ulang"]
    rows = [row(Berat="-") | {"Timbang Ulang": "9,1"}]
    file = check(receive(cast, exports.as_csv(rows, header)))
    assert "Kolom yang tidak dikenal" in dewi.get(f"/staf/impor/{file.pk}/").content.decode()
    meant = {**file.columns, "weight": header.index("Timbang Ulang")}
    operations.settle_columns(file, meant, by=cast.petugas_gizi_dewi)
    file = run(cast, check(again(file)))
    child = Child.objects.get(name="ALYA DELIMA")
    assert [str(each.weight_kg) for each in child.measurements.all()] == ["9.100"]
    assert (
        "Kolom yang tidak dikenal"
        not in dewi.get(
            f"/staf/impor/{check(receive(cast, exports.as_csv(rows, header))).pk}/"
        ).content.decode()
    )


def test_the_places_are_asked_again_when_another_column_names_the_posyandu(cast: Cast) -> None:
    header = [*exports.HEADER, "Pos"]
    file = check(receive(cast, exports.as_csv([row(Posyandu="-") | {"Pos": "MELATI"}], header)))
    assert file.places.get().posyandu is None
    meant = {**file.columns, "posyandu": header.index("Pos")}
    operations.settle_columns(file, meant, by=cast.petugas_gizi_dewi)
    assert check(again(file)).places.get().posyandu == cast.melati


def test_what_is_remembered_is_listed_and_can_be_changed(cast: Cast, dewi: Client) -> None:
    file = check(receive(cast, kaders_list(7)))
    assert "Belum ada yang perlu diingat" in dewi.get("/staf/impor/kolom/").content.decode()
    operations.settle_columns(file, MEANT, by=cast.petugas_gizi_dewi)
    seen = dewi.get("/staf/impor/kolom/").content.decode()
    assert "Nama anak: “Balita”" in seen
    assert "Berat: “Timbangan”" in seen
    said = ColumnMapping.objects.get()
    changed = {role: position for role, position in MEANT.items() if role != "parent"}
    answer = dewi.post(f"/staf/impor/kolom/{said.pk}/", answers(changed))
    assert answer.status_code == 302
    said.refresh_from_db()
    assert (said.columns, said.version) == (changed, 2)
    assert AuditEntry.objects.filter(action="import.columns").count() == 2


def test_another_puskesmas_is_asked_itself_and_sees_nothing_of_it(cast: Cast, client: Client) -> None:
    memory.remember(KIND, list(OWN), MEANT, puskesmas=cast.andalas, by=cast.petugas_gizi_dewi)
    assert memory.remembered(KIND, OWN, cast.air_dingin) is None
    cast.sign_in(client, cast.bidan_yuni)
    assert "Balita" not in client.get("/staf/impor/kolom/").content.decode()
    assert client.get(f"/staf/impor/kolom/{ColumnMapping.objects.get().pk}/").status_code == 404


def test_a_table_that_speaks_of_no_child_is_refused_at_the_door(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        receive(cast, b"Barang;Harga;Jumlah\nBeras;12000;3\n")
    assert not ImportFile.objects.exists()


def test_the_list_takes_few_queries(cast: Cast, dewi: Client, django_assert_max_num_queries) -> None:
    for number in range(12):
        memory.remember(KIND, [*OWN, str(number)], MEANT, puskesmas=cast.andalas, by=cast.petugas_gizi_dewi)
    with django_assert_max_num_queries(9):
        dewi.get("/staf/impor/kolom/")


def test_a_preview_of_an_ordinary_export_asks_nothing(cast: Cast, dewi: Client) -> None:
    seen = dewi.get(f"/staf/impor/{preview(cast, [row()]).pk}/").content.decode()
    assert "Kolom yang tidak dikenal" not in seen
    assert "Kolom yang terbaca" in seen
