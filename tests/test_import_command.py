"""`ceting import`: files of an administrator go in whole or not at all, and twice is as good as once."""

import re
from pathlib import Path

import openpyxl
import pytest
from django_q.models import OrmQ

from ceting import cli
from ceting.care.measurements.models import Measurement
from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.audit.models import AuditEntry
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.test_import import months
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child
from ceting.registry.places import operations as places
from ceting.registry.places.drafts import ClosureDraft
from ceting.registry.places.models import Area, Posyandu
from tests.cast import Cast
from tests.houses import House
from tests.importing import ADDRESS, ceting, written

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_its_help_is_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["import", "--help"])
    told = capsys.readouterr().out
    assert all(words in told for words in ("wilayah", "petugas", "anak dan penimbangan"))


def test_an_installation_that_is_not_ready_says_so(house: House, tmp_path: Path) -> None:
    done = house.under(CETING_SECRET_KEY="").ceting("import", "areas", written(tmp_path, "kode;nama\n13;X\n"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_areas_come_in_whatever_their_order_and_twice_is_once(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(
        tmp_path, "Kode;Nama\n14.01.01;Bangkinang\n14;Riau\n14.01;Kampar\n14.01.01.1001;Langgini\n"
    )
    assert ceting("areas", file) == 0
    assert "4 wilayah masuk, 0 sudah ada." in capsys.readouterr().out
    village = Area.objects.get(code="14.01.01.1001")
    assert (village.level, village.parent.name) == ("village", "Bangkinang")
    assert ceting("areas", file) == 0
    assert "0 wilayah masuk, 4 sudah ada." in capsys.readouterr().out


def test_one_bad_area_and_none_comes_in_with_every_problem_by_its_line(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Area.objects.count()
    assert (
        ceting("areas", written(tmp_path, "kode,nama\n14,Riau\n14.1,Kampar\n15.02,Merangin\n14.03,\n")) == 1
    )
    told = capsys.readouterr().err
    assert all(f"Baris {line}:" in told for line in (3, 4, 5))
    assert "Tidak ada yang disimpan" in told
    assert Area.objects.count() == before


def test_posyandu_are_opened_once_and_a_try_opens_none(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for cells in (
        ("Kelurahan", "Posyandu", "RW"),
        ("ANDALAS", "MELATI", "03"),
        ("Jati", "Posyandu Cempaka", "4"),
    ):
        book.active.append(cells)
    book.save(tmp_path / "posyandu.xlsx")
    words = ("posyandu", str(tmp_path / "posyandu.xlsx"), "--oleh", cast.kepala.username)
    assert ceting(*words, "--periksa") == 0
    assert "1 posyandu akan masuk, 1 sudah ada." in capsys.readouterr().out
    assert not Posyandu.objects.filter(name="Cempaka").exists()
    assert ceting(*words) == 0
    opened = Posyandu.objects.get(name="Cempaka")
    assert (opened.village.name, opened.rw, opened.puskesmas) == ("Jati", "04", cast.andalas)
    assert ceting(*words) == 0
    assert "0 posyandu masuk, 2 sudah ada." in capsys.readouterr().out
    assert AuditEntry.objects.filter(action="posyandu.open", actor_id=cast.kepala.pk).count() == 1


def test_another_spelling_of_a_posyandu_opens_none(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places.open_posyandu([("Mawar 2", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    file = written(
        tmp_path, "No RW;Nama Posyandu;Desa/Kel\n;POSYANDU MAWAR II;Kel. JATI\nRW 1;Mawar 02;Jati\n"
    )
    assert ceting("posyandu", file, "--oleh", cast.kepala.username) == 0
    assert "0 posyandu masuk, 2 sudah ada." in capsys.readouterr().out


@pytest.fixture
def closed(cast: Cast) -> Posyandu:
    """Posyandu Anggrek of Jati, which weighs no more."""
    (post,) = places.open_posyandu([("Anggrek", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    places.close_posyandu(post, ClosureDraft(cast.today, "digabung"), by=cast.kepala)
    return post


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("posyandu", "posyandu;kelurahan\nDahlia;Jati\nANGGREK;Jati\n"),
        (
            "staff",
            "nama;nama masuk;peran;posyandu\nEka;kader.eka;kader;Melati\nYuli;kader.yuli;kader;anggrek\n",
        ),
    ],
)
def test_a_closed_posyandu_is_refused_at_its_line(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, text: str
) -> None:
    more = ("--alamat", ADDRESS, "--tautan", str(tmp_path / "tautan.csv")) if kind == "staff" else ()
    assert ceting(kind, written(tmp_path, text), "--oleh", cast.kepala.username, *more) == 1
    told = capsys.readouterr().err
    assert re.search("^Baris 3: .*sudah ditutup", told)
    assert not Posyandu.objects.filter(name="Dahlia").exists()
    assert not User.objects.filter(username="kader.eka").exists()


@pytest.mark.usefixtures("closed")
def test_no_row_of_children_goes_to_a_closed_posyandu(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "balita.xls"
    file.write_bytes(exports.as_html(months(7, Posyandu="-")))
    words = ("children", str(file), "--oleh", cast.petugas_gizi_dewi.username, "--posyandu", "Anggrek")
    assert ceting(*words) == 1
    assert "sudah ditutup" in capsys.readouterr().err


def test_a_posyandu_of_another_puskesmas_village_is_refused(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "kelurahan;posyandu\nJati;Anggrek\nAir Pacah;Dahlia\n")
    assert ceting("posyandu", file, "--oleh", cast.kepala.username) == 1
    assert "Baris 3:" in capsys.readouterr().err
    assert not Posyandu.objects.filter(name="Anggrek").exists()


def test_who_may_not_is_told_so(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "kelurahan;posyandu\nJati;Anggrek\n")
    assert ceting("posyandu", file, "--oleh", cast.kader_wati.username) == 1
    assert ceting("posyandu", file, "--oleh", "siapa.ini") == 1
    told = capsys.readouterr().err
    assert "tidak berwenang" in told
    assert "Tidak ada akun" in told


def test_children_go_through_the_same_pipeline_and_a_try_prints_problems_by_line(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Measurement.objects.count()
    file = tmp_path / "balita.xls"
    file.write_bytes(exports.as_html([*months(7, 8), *months(9, Berat="850")]))
    words = ("children", str(file), "--oleh", cast.petugas_gizi_dewi.username)
    assert ceting(*words, "--periksa") == 0
    told = capsys.readouterr().out
    assert "Penimbangan baru: 2" in told
    assert "Baris 5: Berat 850 kg tidak mungkin." in told
    assert Measurement.objects.count() == before
    assert ceting(*words) == 0
    assert "Penimbangan dicatat: 2" in capsys.readouterr().out
    assert Child.objects.filter(name="ALYA DELIMA").count() == 1
    assert ceting(*words) == 0
    assert Child.objects.filter(name="ALYA DELIMA").count() == 1
    assert not OrmQ.objects.exists(), "the worker finds nothing left to do"


def test_a_question_that_only_a_person_answers_stops_it(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "balita.xls"
    file.write_bytes(exports.as_html(months(7, Posyandu="-")))
    words = ("children", str(file), "--oleh", cast.petugas_gizi_dewi.username)
    assert ceting(*words) == 1
    assert "menu Impor" in capsys.readouterr().err
    assert ceting(*words, "--posyandu", "Melati") == 0


def test_pregnant_women_go_through_their_pipeline(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(lists.as_csv([lists.row(), lists.woman(1, HPHT="")]))
    words = ("pregnant-women", str(file), "--oleh", cast.bidan_rina.username)
    assert ceting(*words, "--periksa") == 0
    told = capsys.readouterr().out
    assert "Kehamilan baru: 1" in told
    assert "Baris 4: HPHT dan HPL kosong." in told
    assert not Pregnancy.objects.exists()
    assert ceting(*words) == 0
    assert ceting(*words) == 0
    assert Pregnancy.objects.count() == 1
    assert not OrmQ.objects.exists(), "the worker finds nothing left to do"
    file.write_bytes(lists.as_csv([lists.row(Posyandu="-")]))
    assert ceting(*words) == 1
    assert "menu Impor ibu hamil" in capsys.readouterr().err
    assert ceting(*words, "--posyandu", "Melati") == 0
    assert ceting("pregnant-women", str(file), "--oleh", cast.kader_wati.username) == 1


@pytest.mark.parametrize("content", ["", "hanya judul\n", "kode;nama\n", "%PDF-1.4"])
def test_a_file_that_is_none_is_refused_in_a_sentence(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    assert ceting("areas", written(tmp_path, content)) == 1
    assert ceting("areas", str(tmp_path / "tidak-ada.csv")) == 1
    assert "Tidak ada yang disimpan" in capsys.readouterr().err
