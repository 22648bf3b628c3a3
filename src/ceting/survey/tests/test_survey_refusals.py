"""What `ceting survey` refuses, lists and leaves untouched."""

import stat
from pathlib import Path

import pytest

from ceting.survey.progress import Progress
from ceting.survey.tests.files import CHILDREN, HEADER, refusal, rows_of, survey, text_file

RESULTS = [
    "zlen",
    "flen",
    "kat_tb_u",
    "zwei",
    "fwei",
    "kat_bb_u",
    "zwfl",
    "fwfl",
    "kat_bb_tb",
    "zbmi",
    "fbmi",
    "kat_imt_u",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return text_file(tmp_path / "data.csv", [HEADER, *CHILDREN])


BAD_ROWS = [
    (("1", "x", "365", "9.6", "75.7", "l", "n"), "sex", "Jenis kelamin ini tidak dikenal"),
    (("2", "1", "setahun", "9.6", "75.7", "l", "n"), "age_days", "Angka ini tidak terbaca"),
    (("3", "1", "-5", "9.6", "75.7", "l", "n"), "age_days", "kurang dari nol"),
    (("4", "1", "365", "9 koma 6", "75.7", "l", "n"), "weight", "Angka ini tidak terbaca"),
    (("5", "1", "365", "9.6", "75.7", "miring", "n"), "measure", "Cara ukur ini tidak dikenal"),
    (("6", "1", "365", "9.6", "75.7", "l", "sedikit"), "oedema", "Edema ini tidak dikenal"),
    (("7", "1", "365", "9", "6", "75.7", "l", "n"), "", "8 kolom"),
]


@pytest.mark.parametrize(("row", "column", "reason"), BAD_ROWS)
def test_a_bad_row_is_empty_named_and_harms_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: tuple[str, ...], column: str, reason: str
) -> None:
    data = text_file(tmp_path / "data.csv", [HEADER, CHILDREN[0], row, CHILDREN[1]])
    out, problems = tmp_path / "hasil.csv", tmp_path / "masalah.csv"
    assert survey(data, "--out", out, "--problems", problems) == 0
    rows = rows_of(out)
    assert [bool(row["zwei"]) for row in rows] == [True, False, True]
    assert all(rows[1][name] == "" for name in RESULTS)
    listed = rows_of(problems)
    assert [(found["baris"], found["kolom"], found["akibat"]) for found in listed] == [
        ("3", column, "baris tidak dihitung")
    ]
    assert reason in listed[0]["alasan"]
    said = capsys.readouterr()
    assert "baris 3" in said.err
    assert reason in said.err
    assert "3 baris dibaca, 2 dihitung" in said.out


def test_a_missing_sex_and_a_measure_of_zero_are_told_of_but_lose_nothing_else(tmp_path: Path) -> None:
    rows = [HEADER, ("1", "", "365", "9.6", "75.7", "l", "n"), ("2", "1", "365", "0", "75.7", "l", "n")]
    out, problems = tmp_path / "hasil.csv", tmp_path / "masalah.csv"
    survey(text_file(tmp_path / "data.csv", rows), "--out", out, "--problems", problems)
    no_sex, no_weight = rows_of(out)
    assert no_sex["zlen"] == ""
    assert no_weight["zwei"] == ""
    assert no_weight["zlen"] != ""
    assert [(found["kolom"], found["akibat"]) for found in rows_of(problems)] == [
        ("sex", "isi dianggap kosong"),
        ("weight", "isi dianggap kosong"),
    ]


def test_many_problems_are_cut_short_on_the_screen_but_not_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [HEADER, *[("1", "x", "365", "9.6", "75.7", "l", "n")] * 50]
    data = text_file(tmp_path / "data.csv", rows)
    assert survey(data, "--problems", tmp_path / "masalah.csv") == 1
    said = capsys.readouterr().err
    assert said.count("(baris tidak dihitung)") == 20
    assert "... dan 30 lagi" in said
    assert "Tidak satu baris pun" in said
    assert len(rows_of(tmp_path / "masalah.csv")) == 50


def test_dates_in_the_wrong_order_and_in_the_future_empty_the_row(
    tmp_path: Path, frozen: object, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ("JK", "Tgl Lahir", "Tgl Ukur", "BB"),
        ("L", "2026-10-01", "2026-09-01", "9.6"),
        ("L", "2026-10-01", "2026-11-27", "9.6"),
    ]
    survey(text_file(tmp_path / "data.csv", rows), "--out", tmp_path / "hasil.csv")
    assert [row["zwei"] for row in rows_of(tmp_path / "hasil.csv")] == ["", ""]
    said = capsys.readouterr().err
    assert "lebih awal daripada tanggal lahir" in said
    assert "belum tiba" in said


def test_results_never_overwrite_the_data_or_each_other(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = data.read_bytes()
    assert "menimpa" in refusal(capsys, data, "--out", data)
    assert "sama" in refusal(capsys, data, "--out", "a.csv", "--problems", "a.csv")
    assert data.read_bytes() == before


def test_refusals_are_one_indonesian_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "tidak ditemukan" in refusal(capsys, tmp_path / "tidak-ada.csv")
    assert "tidak dikenal" in refusal(capsys, data, "--out", tmp_path / "hasil.docx")
    assert "Folder" in refusal(capsys, data, "--out", tmp_path / "tidak" / "ada.csv")
    assert "belum lengkap" in refusal(capsys, data, "--map", "weight")
    assert "--by" in refusal(capsys, data, "--by", "posyandu")
    only_header = text_file(tmp_path / "judul.csv", [HEADER])
    assert "belum ada barisnya" in refusal(capsys, only_header)
    strange = text_file(tmp_path / "lain.csv", [("a", "b"), ("1", "2")])
    assert '"a", "b"' in refusal(capsys, strange)


def test_a_failed_run_leaves_nothing_behind_and_an_older_result_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data.csv"
    data.write_text('sex,age_days,weight,nama\n1,365,9.6,a\n1,365,9.6,"b\n')
    (tmp_path / "hasil.csv").write_text("hasil lama")
    refusal(capsys, data, "--out", tmp_path / "hasil.csv", "--report", tmp_path / "laporan.html")
    assert (tmp_path / "hasil.csv").read_text() == "hasil lama"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "hasil.csv"]


def test_stopping_it_by_hand_saves_nothing_and_says_so(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(self: object, done: float, rows: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "show", stop)
    assert survey(data, "--out", tmp_path / "hasil.xlsx", "--report", tmp_path / "laporan.html") == 130
    assert "Dihentikan" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_a_write_that_fails_midway_is_told_and_cleaned_up(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, scored: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ceting.survey.writers.text.TextWriter.add", full)
    assert "Periksa ruang" in refusal(capsys, data, "--out", tmp_path / "hasil.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_a_folder_without_permission_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "terkunci"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    real = Path.open

    def denied(path: Path, mode: str = "r", *rest: object, **named: object) -> object:
        # Root may write anywhere, so the refusal of the system is played.
        if path.parent == closed and "w" in mode:
            raise PermissionError(13, "Permission denied")
        return real(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", denied)
    assert "Periksa izin menulis" in refusal(capsys, data, "--out", closed / "hasil.csv")
