"""Every result of the rules has words for staff and for families."""

from ceting.standards import sources
from ceting.standards.child.development import interpretation
from ceting.standards.child.feeding import Exclusive
from ceting.standards.child.illness import WORDS_DANGER, WORDS_WATCH
from ceting.standards.child.immunisation import DoseState
from ceting.standards.child.newborn import BirthFinding
from ceting.standards.words import family_words, staff_words, tone_of

FEEDING = {"FEED_GOOD", "FEED_MORE_GROUPS", "FEED_MORE_MEALS", "FEED_NO_ANIMAL"}
ROUNDS = {f"{item}_{state}" for item in ("VITA", "WORM") for state in ("GIVEN", "DUE", "MISSED")}


def test_every_result_has_its_words_and_no_words_are_left_over() -> None:
    wanted = {state.value for state in DoseState} | {state.value for state in Exclusive}
    wanted |= {finding.value for finding in BirthFinding} | FEEDING | ROUNDS
    wanted |= {interpretation(yes).words for yes in range(11)} | {WORDS_DANGER, WORDS_WATCH}
    assert wanted == {row["code"] for row in sources.rows("child_words")}


def test_a_danger_sign_reads_as_the_emergency_that_it_is() -> None:
    assert "Ini tanda bahaya" in family_words(WORDS_DANGER).what
    assert "IGD" in family_words(WORDS_DANGER).today
    assert tone_of(WORDS_DANGER) == "danger"


def test_no_screening_result_is_called_a_diagnosis() -> None:
    for row in sources.rows("child_words"):
        assert "diagnos" not in (staff_words(row["code"]) + family_words(row["code"]).what).lower()
