"""The report page: one file, every figure in it, nothing that runs or reaches out."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ceting.survey.report.words import INDICATORS, LEVELS, level
from ceting.survey.tests.files import CHILDREN, HEADER, survey, text_file
from ceting.survey.tests.reference import VECTORS, read_rows

VOID = frozenset(("meta", "br", "link", "img", "input", "hr"))


class Page(HTMLParser):
    """Reads a page and complains about tags that don't match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open_tags: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open_tags == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open_tags:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laporan")
    inputs = read_rows(VECTORS / "prev_synthetic_inputs.csv.gz")
    data = text_file(folder / "survei.csv", [tuple(inputs[0]), *(tuple(row.values()) for row in inputs)])
    assert survey(data, "--report", folder / "laporan.html") == 0
    return folder / "laporan.html"


@pytest.fixture(scope="module")
def report(report_file: Path) -> str:
    return report_file.read_text(encoding="utf-8")


def test_it_needs_nothing_but_itself(report: str) -> None:
    assert "<script" not in report
    assert not re.search(r"(?:src|href)=|url\(|@import|https?:", report)


def test_it_is_a_sound_page_in_indonesian(report: str) -> None:
    page = Page(report)
    assert '<html lang="id">' in report
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    assert "prefers-color-scheme: dark" in report
    assert "$" not in page.text


@pytest.mark.browser
def test_axe_finds_nothing_in_light_and_dark_on_a_desk_and_on_a_phone(report_file: Path) -> None:
    ran = subprocess.run(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", "ceting.survey.tests.browser", str(report_file)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(ran.stdout)
    assert {look: seen["violations"] for look, seen in found.items()} == {look: [] for look in found}
    # Nothing sticks out to the right: wide tables scroll in themselves.
    assert {look: seen["width"] for look, seen in found.items()} == {
        look: int(look.split()[0]) for look in found
    }


def test_it_tells_the_references_figures_with_their_intervals(report: str) -> None:
    text = Page(report).text
    everybody = read_rows(VECTORS / "prev_synthetic_complex.csv.gz")[0]
    for indicator in INDICATORS:
        value, low, high = (
            f"{float(everybody[f'{indicator.prefix}_{end}']):.1f}" for end in ("r", "ll", "ul")
        )
        assert f"{value} %".replace(".", ",") in text
        assert f"{low}–{high}".replace(".", ",") in text
    for group in ("0–5 bulan", "Laki-laki", "Perdesaan", "Q1 (termiskin)", "48–59 bulan, perempuan"):
        assert group in text
    assert "200 klaster, 6 strata, bobot sampel" in text
    assert "194 derajat bebas" in text


def test_every_component_of_the_grade_is_shown_with_its_points(report: str) -> None:
    text = Page(report).text
    assert "Nilai A: Sangat baik" in text
    for words in ("Simpang baku BB/TB", "Angka terakhir berat", "Laki-laki per perempuan", "Penumpukan umur"):
        assert words in text
    assert re.search(r"5\s*/ 20", text)


def test_a_prevalence_is_never_called_stunting(report: str) -> None:
    text = Page(report).text
    assert text.count("stunting") == 1
    assert "bukan diagnosis stunting" in text


@pytest.mark.parametrize(
    ("percent", "word"),
    [(2.4, "sangat rendah"), (2.5, "rendah"), (10, "sedang"), (20, "tinggi"), (30, "sangat tinggi")],
)
def test_whos_words_for_a_prevalence_of_short_children(percent: float, word: str) -> None:
    position = level(INDICATORS[0], percent)
    assert position is not None
    assert LEVELS[position] == word


def test_who_has_no_words_for_underweight() -> None:
    assert level(INDICATORS[2], 30) is None


def test_names_from_the_file_cannot_become_markup(tmp_path: Path) -> None:
    rows = [(*HEADER, "posyandu"), *((*child, '<b onclick="x">Melati & Mawar</b>') for child in CHILDREN)]
    data = text_file(tmp_path / "data&1.csv", rows)
    survey(data, "--by", "posyandu", "--report", tmp_path / "laporan.html")
    written = (tmp_path / "laporan.html").read_text(encoding="utf-8")
    Page(written)
    assert "<b onclick" not in written
    assert "Melati &amp; Mawar" in written
    assert "data&amp;1.csv" in written


def test_a_handful_of_children_makes_a_page_without_a_grade(tmp_path: Path) -> None:
    data = text_file(tmp_path / "data.csv", [HEADER, *CHILDREN])
    survey(data, "--report", tmp_path / "laporan.html")
    text = Page((tmp_path / "laporan.html").read_text(encoding="utf-8")).text
    assert "Belum dinilai" in text
    assert "(sedikit)" in text


def test_a_survey_of_heads_only_still_makes_a_page(tmp_path: Path) -> None:
    rows = [("sex", "age_days", "headc"), ("1", "365", "46"), ("2", "400", "45")]
    assert survey(text_file(tmp_path / "data.csv", rows), "--report", tmp_path / "laporan.html") == 0
    assert "LK/U" in Page((tmp_path / "laporan.html").read_text(encoding="utf-8")).text
