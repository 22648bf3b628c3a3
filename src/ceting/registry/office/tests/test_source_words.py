"""Where a setting comes from, as a head reads it."""

import pytest

from ceting.registry.office.settings_presenters import source_words
from ceting.registry.places.models import CATALOGUE


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "pregnancy_thresholds.csv; Perpres 72/2021; Sigizi Kesga 2026",
            "Perpres 72/2021; Sigizi Kesga 2026",
        ),
        ("pregnancy_thresholds.csv (WHO 2024)", "WHO 2024"),
        ("rules.md 6", ""),
    ],
)
def test_our_own_tables_are_not_named(source: str, words: str) -> None:
    assert source_words(source) == words


def test_no_setting_shows_the_name_of_a_file() -> None:
    assert not [each for each in CATALOGUE.values() if "." in source_words(each.source)]
