"""A template beside an app's code becomes a PDF with the words and drawings that it is given."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from ceting.foundation.ui.typesetting import typeset

LETTER = """
#let words = json(bytes(sys.inputs.words))
#set document(title: words.title, date: none)
#set text(font: "Libertinus Serif")
#words.title
#for line in words.lines [#line #pagebreak()]
"""
DRAWN = '#image(bytes(sys.inputs.stamp), format: "svg", width: 2cm)'
STAMP = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `typeset` of an app that stands nowhere else."""
    folder = tmp_path / "an_app_that_prints" / "typeset"
    folder.mkdir(parents=True)
    folder.with_name("__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "an_app_that_prints", raising=False)
    return folder


def text_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_the_words_stand_on_the_page_as_they_are_written(templates: Path) -> None:
    (templates / "letter.typ").write_text(LETTER)
    pages = text_of(
        typeset("an_app_that_prints", "letter", {"title": "Halo Bu Sari", "lines": ["berat 8,5 kg −2 SD"]})
    )
    assert pages[0] == "Halo Bu Sari berat 8,5 kg −2 SD"


@pytest.mark.parametrize("name", ['#panic("mati")', "$x$ *tebal* \\ // bukan", '"}; #sys.inputs'])
def test_what_a_person_typed_is_only_text(templates: Path, name: str) -> None:
    (templates / "letter.typ").write_text(LETTER)
    assert text_of(typeset("an_app_that_prints", "letter", {"title": name, "lines": []})) == [name]


def test_a_drawing_is_read_by_its_name(templates: Path) -> None:
    (templates / "drawn.typ").write_text(DRAWN)
    assert typeset("an_app_that_prints", "drawn", {}, stamp=STAMP).startswith(b"%PDF")
    with pytest.raises(typst.TypstError, match="stamp"):
        typeset("an_app_that_prints", "drawn", {})


def test_a_page_is_the_same_however_often_it_is_made(templates: Path) -> None:
    (templates / "letter.typ").write_text(LETTER)
    words = {"title": "Sama", "lines": []}
    assert typeset("an_app_that_prints", "letter", words) == typeset("an_app_that_prints", "letter", words)


def test_a_broken_template_and_one_that_isnt_there_raise(templates: Path) -> None:
    (templates / "broken.typ").write_text("#let = ")
    with pytest.raises(typst.TypstError):
        typeset("an_app_that_prints", "broken", {})
    with pytest.raises(FileNotFoundError):
        typeset("an_app_that_prints", "nowhere", {})
