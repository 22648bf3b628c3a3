"""`ceting import staff`: who is to come in gets a link, in a file that only its owner reads."""

import csv
import stat
from pathlib import Path

import pytest

from ceting.registry.accounts import link_operations
from ceting.registry.accounts.models import Link, User
from ceting.registry.places import operations as places
from tests.cast import Cast
from tests.importing import ADDRESS, ceting, written

pytestmark = pytest.mark.usefixtures("frozen")
STAFF = (
    "Nama;Nama masuk;Peran;Posyandu;HP\n"
    "Eka Sari;kader.eka;Kader posyandu;Melati;0812-6700-1001\n"
    "Yeni;bidan.yeni;bidan;;\n"
    "Rina Marlina;bidan.rina;bidan;;\n"
)


def test_staff_get_links_in_a_file_that_only_its_owner_reads(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    links = tmp_path / "tautan.csv"
    words = ("staff", written(tmp_path, STAFF), "--oleh", cast.kepala.username, "--alamat", ADDRESS)
    assert ceting(*words, "--tautan", str(links)) == 0
    told = capsys.readouterr()
    assert "2 petugas masuk, 1 sudah ada." in told.out
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    rows = list(csv.reader(links.read_text(encoding="utf-8").splitlines(), delimiter=";"))[1:]
    assert [row[1] for row in rows] == ["kader.eka", "bidan.yeni"]
    token = rows[0][2].removeprefix(f"{ADDRESS}/kunci/?k=").split("k=")[-1]
    assert token not in told.out + told.err + caplog.text
    assert rows[0][2].startswith(f"{ADDRESS}/")
    eka = User.objects.get(username="kader.eka")
    assert [each.posyandu for each in eka.assignments] == [cast.melati]
    hashed = Link.objects.get(user=eka).token_hash
    assert link_operations.find_link(hashed).user == eka
    assert ceting(*words, "--tautan", str(tmp_path / "lagi.csv")) == 0
    assert "0 petugas masuk, 3 sudah ada." in capsys.readouterr().out
    assert not (tmp_path / "lagi.csv").exists()


def test_staff_are_read_as_the_list_of_the_office_reads_them(cast: Cast, tmp_path: Path) -> None:
    places.open_posyandu([("Melati", cast.villages["Jati"], "")], puskesmas=cast.andalas, by=None)
    file = written(
        tmp_path,
        "Akun;Nama Kader;Jabatan;Desa;Tempat;WhatsApp\n"
        "kader.eka;Eka Sari;Kader Posyandu;Kel. Jati;MELATI;081267001001\n"
        "kader.yuli;Yuli;kader;;Melati (Andalas);\n"
        "gizi.mega;Mega;Nutrisionis;;;\n",
    )
    links = tmp_path / "tautan.csv"
    words = ("staff", file, "--oleh", cast.kepala.username, "--alamat", ADDRESS, "--tautan", str(links))
    assert ceting(*words) == 0
    eka, yuli, mega = (User.objects.get(username=name) for name in ("kader.eka", "kader.yuli", "gizi.mega"))
    assert [each.posyandu and each.posyandu.village.name for each in eka.assignments] == ["Jati"]
    assert eka.phone == "+6281267001001"
    assert [each.posyandu for each in yuli.assignments] == [cast.melati]
    assert [each.role for each in mega.assignments] == ["petugas_gizi"]


def test_a_role_that_the_account_may_not_give_is_said_at_its_line(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "nama;nama masuk;peran\nYeni;bidan.yeni;bidan\nOrang Dinas;dinas.dua;dinas\n")
    links = ("--alamat", ADDRESS, "--tautan", str(tmp_path / "tautan.csv"))
    assert ceting("staff", file, "--oleh", cast.kepala.username, *links) == 1
    assert "Baris 3: Peran ini hanya diberikan oleh Dinas Kesehatan." in capsys.readouterr().err
    assert not User.objects.filter(username="bidan.yeni").exists()
    file = written(tmp_path, "nama;nama masuk;peran;pkm\nOrang Dinas;dinas.dua;dinas;Andalas\n")
    assert ceting("staff", file, "--oleh", cast.dinas.username, *links) == 0
    assert [each.puskesmas for each in User.objects.get(username="dinas.dua").assignments] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "Budi;kader.budi;kader;Tidak Ada;",
        "Budi;kader.budi;raja;;",
        "Budi;kader budi;bidan;;",
        "Budi;;bidan;;",
        "Budi;Bidan.Yeni;bidan;;",
        "B;b;bidan;;x",
    ],
)
def test_one_bad_line_and_nobody_is_invited(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    links = tmp_path / "tautan.csv"
    file = written(tmp_path, f"{STAFF}{line}\n")
    words = ("staff", file, "--oleh", cast.kepala.username, "--alamat", ADDRESS, "--tautan", str(links))
    assert ceting(*words) == 1
    assert "Baris 5:" in capsys.readouterr().err
    assert not User.objects.filter(username="kader.eka").exists()
    assert not links.exists()


def test_a_file_of_links_is_never_written_over(cast: Cast, tmp_path: Path) -> None:
    links = tmp_path / "tautan.csv"
    links.write_text("punya orang", encoding="utf-8")
    words = ("staff", written(tmp_path, STAFF), "--oleh", cast.kepala.username, "--alamat", ADDRESS)
    assert ceting(*words, "--tautan", str(links)) == 1
    assert links.read_text(encoding="utf-8") == "punya orang"
    assert not User.objects.filter(username="kader.eka").exists()


def test_a_name_in_the_file_of_links_is_never_a_formula(cast: Cast, tmp_path: Path) -> None:
    file = written(tmp_path, "nama;nama masuk;peran\n=1+1;bidan.satu;bidan\n")
    links = tmp_path / "tautan.csv"
    words = ("staff", file, "--oleh", cast.kepala.username, "--alamat", ADDRESS, "--tautan", str(links))
    assert ceting(*words) == 0
    assert "'=1+1;bidan.satu;" in links.read_text(encoding="utf-8")


def test_a_try_of_staff_needs_no_file_and_leaves_no_account(cast: Cast, tmp_path: Path) -> None:
    words = ("staff", written(tmp_path, STAFF), "--oleh", cast.kepala.username, "--alamat", ADDRESS)
    assert ceting(*words, "--periksa") == 0
    assert not User.objects.filter(username="kader.eka").exists()
    assert ceting(*words) == 1, "without --tautan the links would be lost"
