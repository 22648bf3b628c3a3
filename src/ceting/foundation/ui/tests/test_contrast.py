"""Everything that is read can be read, in both themes."""

import re

import pytest

from ceting.foundation.ui.tests.stylesheet import STATIC, blocks, contrast, themes

THEMES = themes()
GROUNDS = ("paper", "surface", "sunken")
MEANINGS = ("attention", "danger", "good", "info", "neutral")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-faint") for ground in GROUNDS),
    *(("action", ground) for ground in (*GROUNDS, "action-soft")),
    *(("action-strong", ground) for ground in (*GROUNDS, "action-soft")),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("on-danger", "danger"),
    ("on-danger", "danger-strong"),
    ("on-turmeric", "turmeric"),
    ("header-ink", "header"),
    ("header-ink", "header-soft"),
    *((f"{meaning}-ink", f"{meaning}-soft") for meaning in MEANINGS),
    *((f"{meaning}-ink", ground) for meaning in MEANINGS for ground in GROUNDS),
    *(("ink", f"{meaning}-soft") for meaning in MEANINGS),
    *(("ink-soft", f"{meaning}-soft") for meaning in MEANINGS),
    ("kms-ink", "kms-paper"),
    *(
        ("kms-ink", f"kms-{part}")
        for part in ("band-green", "band-light", "band-yellow", "boy-soft", "girl-soft")
    ),
]
SHAPES = [
    *((shape, ground) for shape in ("line-control", "focus", "danger", "good", "info") for ground in GROUNDS),
    ("action", "action-soft"),
    ("header-accent", "header"),
    ("header-accent", "header-soft"),
    ("kms-line-red", "kms-paper"),
    ("kms-boy", "kms-paper"),
    ("kms-girl", "kms-paper"),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_stand_out_four_and_a_half_times(theme, ink, ground):
    ratio = contrast(THEMES[theme][f"--{ink}"], THEMES[theme][f"--{ground}"])
    assert ratio >= 4.5, f"{ink} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_that_mean_something_stand_out_three_times(theme, shape, ground):
    ratio = contrast(THEMES[theme][f"--{shape}"], THEMES[theme][f"--{ground}"])
    assert ratio >= 3, f"{shape} on {ground}: {ratio:.2f}"


def test_the_measure_itself_agrees_with_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_who_chose_the_dark_sees_what_the_device_would_show():
    assert THEMES["device dark"] == THEMES["chosen dark"]
    assert THEMES["device dark"] != THEMES["light"]


def test_the_colours_are_those_that_the_look_was_drawn_with():
    wanted = {
        "paper": "#fffbf4",
        "action": "#0f6b62",
        "turmeric": "#e8a317",
        "danger": "#b3261e",
        "ink": "#1e2a28",
    }
    assert {name: THEMES["light"][f"--{name}"] for name in wanted} == wanted


def test_turmeric_is_never_the_colour_of_words():
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"[{;\s]color:\s*var\(--turmeric\)", sheet.read_text(encoding="utf-8")), (
            sheet.name
        )


def test_only_the_tokens_name_colours():
    for sheet in STATIC.glob("*.css"):
        if sheet.name in ("tokens.css", "print.css"):
            continue
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text(encoding="utf-8")), (
            sheet.name
        )


def test_every_token_that_a_sheet_uses_exists():
    known = {
        token for _, tokens in blocks((STATIC / "tokens.css").read_text(encoding="utf-8")) for token in tokens
    }
    for sheet in STATIC.glob("*.css"):
        used = set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8")))
        assert used <= known, f"{sheet.name}: {used - known}"
