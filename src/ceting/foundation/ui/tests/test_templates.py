"""What no template of the house may hold, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.template import engines

from ceting.foundation.ui.sprite import icon_names
from ceting.foundation.ui.tests.stylesheet import STATIC

HOUSE = Path(__file__).parents[3]
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
OWN = HOUSE / "foundation" / "ui"
ALL = [str(path.relative_to(HOUSE)) for path in TEMPLATES]


def offences(markup: str) -> list[str]:
    """What the content security policy would refuse."""
    found = re.findall(
        r"""\sstyle\s*=\s*["'{]|<style[\s>]|\son[a-z]+\s*=\s*["']|href=["']javascript:""", markup, re.I
    )
    return found + [tag for tag in re.findall(r"<script[^>]*>", markup, re.I) if "src=" not in tag]


@pytest.mark.parametrize("name", ALL)
def test_no_template_holds_a_style_or_a_script(name):
    assert offences((HOUSE / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<p style='x'>",
        "<style>",
        '<b onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
    ],
)
def test_the_search_for_them_finds_them(markup):
    assert offences(f"<div>{markup}</div>") != []


def test_the_walk_sees_the_whole_house():
    assert {"foundation/ui/templates/ui/base.html", "foundation/ui/templates/404.html"} <= set(ALL)


def icons_named_in(text: str) -> set[str]:
    by_tag = re.findall(r"""{%\s*icon\s+["']([\w-]+)["']""", text)
    by_parameter = re.findall(r"""\bicon=["']([\w-]+)["']""", text)
    return {*by_tag, *by_parameter}


@pytest.mark.parametrize("name", ALL)
def test_every_icon_in_a_template_is_drawn(name):
    assert icons_named_in((HOUSE / name).read_text(encoding="utf-8")) <= set(icon_names())


def test_the_search_for_icons_finds_both_ways_of_naming_one():
    assert icons_named_in("""{% icon "home" %} {% button "Simpan" icon='check' %}""") == {"home", "check"}


def test_every_icon_that_the_brief_names_is_drawn_once():
    wanted = (
        "home child scale ruler calendar search upload file printer alert-triangle check cross clock plus pencil "
        "arrow-up arrow-right arrow-down chevron user sign-out info question sprout list chart table phone lock"
    )
    assert set(wanted.split()) <= set(icon_names())
    assert len(icon_names()) == len(set(icon_names()))


def test_every_sheet_is_linked_once_and_in_the_order_of_the_layers():
    page = (OWN / "templates/ui/stylesheets.html").read_text(encoding="utf-8")
    linked = re.findall(r"ui/([\w-]+)\.css", page)
    assert linked[0] == "tokens"
    assert len(linked) == len(set(linked))
    of_some_pages = {"gallery.css", "charts.css", "chart_ink.css"}
    assert {f"{name}.css" for name in linked} == {path.name for path in STATIC.glob("*.css")} - of_some_pages


def test_no_file_of_the_look_outgrows_three_hundred_lines():
    for path in (*STATIC.glob("*.css"), *STATIC.glob("*.js")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


@pytest.mark.parametrize("name", ["400", "403", "404", "413", "429", "500", "csrf_failure"])
def test_an_error_page_needs_nothing_and_says_what_to_do(name):
    page = engines["django"].get_template(f"{name}.html").render({})
    assert '<html lang="id">' in page
    assert re.search(r"<h1[^>]*>\s*\S", page)
    assert re.search(r"Tidak ada (data )?yang (hilang|berubah)|tetap aman|tidak ada data yang berubah", page)
    assert re.search(r'class="button button-primary"', page) or name == "429"


def test_a_file_that_is_too_large_is_told_how_large_it_may_be():
    page = engines["django"].get_template("413.html").render({"limit_mb": 60})
    assert "paling besar 60 MB" in page


def test_htmx_may_neither_evaluate_nor_leave_the_house():
    page = (OWN / "templates/ui/base.html").read_text(encoding="utf-8")
    for setting in (
        '"allowEval":false',
        '"includeIndicatorStyles":false',
        '"selfRequestsOnly":true',
        '"historyCacheSize":0',
    ):
        assert setting in page
