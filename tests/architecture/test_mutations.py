"""Remove one question "who asks" anywhere in the house, and a test fails.

That strangers see nothing proves little while nobody knows whether the tests would notice. Here each place in the
code that asks (`.visible_to(...)`, `posyandu_of(...)`, `puskesmas_of(...)`) is answered with "everything" in turn.
The same requests that found nothing before must now come upon something of Melati, write something or break; where
only a number or a stranger's own page would differ, a named test must fail without the question.
"""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict

import pytest
from django.db import transaction
from django.test import Client

from tests.architecture import house
from tests.architecture.addresses import Address, Melati, addresses, settle
from tests.architecture.mutation import SWITCH, WHOLE, Site, listening, sites, without
from tests.architecture.strangers import Request, breach, requests_of, strangers
from tests.cast import Cast

# Who asks is decided before the database hears of it.
pytestmark = pytest.mark.once

Try = tuple[Client, Request, Address]

TOGETHER: dict[str, str] = {
    "care/child_health/due.py:_children": "care/child_health/due_views.py:due",
    "care/measurements/grid.py:session_to_type": "care/measurements/grid.py:entry",
    "care/measurements/houses.py:children_at": "care/measurements/house_views.py:houses",
    "registry/rights/request_views.py:copy": "registry/rights/copying.py:_child",
}
"""`file:function` whose row another question guards as well: both are removed at once."""

TOLD_BY: dict[str, str] = {
    "care/pregnancies/end_changing.py:_children_within_reach": (
        "src/ceting/care/pregnancies/tests/test_ending_elsewhere.py"
        "::test_a_birth_is_not_undone_under_the_hands_of_whoever_cares_for_the_child"
    ),
    "care/pregnancies/lists.py:afterwards": "src/ceting/care/pregnancies/tests/test_lists.py"
    "::test_kader_tuti_and_bidan_yuni_see_no_woman_of_melati_before_and_afterwards",
    "care/pregnancies/pregnancy_views.py:_register": "src/ceting/care/pregnancies/tests/test_lists.py"
    "::test_a_key_of_a_woman_of_elsewhere_opens_nothing",
    "care/pregnancies/timeline_sources.py:_contacts": "tests/test_timeline.py"
    "::test_a_pregnancy_that_is_followed_elsewhere_stands_on_no_kaders_timeline",
    "care/pregnancies/timeline_sources.py:_ends": "tests/test_timeline.py"
    "::test_a_pregnancy_that_is_followed_elsewhere_stands_on_no_kaders_timeline",
    "care/pregnancies/timeline_sources.py:_visits": "tests/test_timeline.py"
    "::test_a_pregnancy_that_is_followed_elsewhere_stands_on_no_kaders_timeline",
    "registry/families/timeline_views.py:family_timeline#2": "tests/test_timeline.py"
    "::test_a_pregnancy_that_is_followed_elsewhere_stands_on_no_kaders_timeline",
    "registry/families/woman_operations.py:_known": "src/ceting/registry/families/tests/test_women.py"
    "::test_kader_tuti_learns_nothing_of_a_woman_of_melati",
    "registry/families/woman_operations.py:_household_of": "src/ceting/registry/families/tests/test_women.py"
    "::test_a_family_card_of_people_whom_she_may_not_see_opens_no_door",
    "care/measurements/attention_lists.py:unseen#2": "src/ceting/care/measurements/tests/test_attention_views.py"
    "::test_the_number_of_the_unseen_is_the_length_of_their_list_for_everybody",
    "care/measurements/month_views.py:count_changes": "src/ceting/care/measurements/tests/test_count_changes.py"
    "::test_whoever_may_not_see_melati_sees_no_change",
    "care/measurements/month_views.py:_children": "src/ceting/care/measurements/tests/test_count_changes.py"
    "::test_a_child_who_moved_on_is_counted_and_not_named",
    "registry/families/home_views.py:household#2": "src/ceting/registry/families/tests/test_homes.py"
    "::test_a_kader_sees_no_brother_of_another_posyandu",
    "registry/families/merging.py:_locked": "src/ceting/care/measurements/tests/test_merging.py"
    "::test_what_cannot_be_merged_is_refused_and_nothing_is_written",
    "registry/families/operations.py:_refuse_family_out_of_reach": "src/ceting/care/measurements/tests"
    "/test_lives.py::test_a_kader_attaches_nobody_to_a_family_beyond_her_posyandu",
    "registry/families/search.py:find": "src/ceting/registry/families/tests/test_search.py"
    "::test_many_born_elsewhere_on_the_same_day_hide_nobody",
    "registry/office/choosing.py:may_here": "src/ceting/registry/office/tests/test_start.py"
    "::test_a_role_elsewhere_gives_no_button_here",
    "registry/office/models.py:unfinished_starts": "src/ceting/registry/office/tests/test_start.py"
    "::test_home_shows_the_head_of_air_dingin_nothing_of_andalas",
    "registry/office/reading_views.py:settings_confirm": "src/ceting/registry/office/tests/test_start.py"
    "::test_a_doctor_of_air_dingin_confirms_nothing_of_andalas",
    "registry/office/start_views.py:overview": "src/ceting/registry/office/tests/test_start.py"
    "::test_the_head_of_air_dingin_opens_no_page_of_andalas",
    "registry/families/doubles.py:say_two_children": "src/ceting/registry/families/tests/test_doubles.py"
    "::test_only_who_may_merge_both_says_that_they_are_two",
    "registry/families/models/pairs.py:how_many_for": "src/ceting/care/measurements/tests/test_comparing.py"
    "::test_more_counts_only_the_pairs_that_she_may_answer",
    "care/measurements/grid.py:entries": "src/ceting/care/measurements/tests/test_session_grid.py"
    "::test_a_guest_is_shown_only_to_those_who_may_see_her",
    "care/measurements/session_views.py:home": "src/ceting/care/measurements/tests/test_session_home.py"
    "::test_home_shows_kader_tuti_only_her_own_posyandu",
    "care/measurements/session_views.py:_reports_waiting": "src/ceting/registry/families/tests/test_report_pages.py"
    "::test_home_says_how_many_wait_at_her_own_puskesmas",
    "care/measurements/sheet_views.py:_child": "src/ceting/care/measurements/tests/test_sheets.py"
    "::test_the_qr_of_a_child_who_moved_away_opens_nothing",
    "registry/families/target_views.py:targets_choice": "src/ceting/registry/families/tests/test_targets.py"
    "::test_who_runs_one_puskesmas_goes_straight_to_it",
    "care/measurements/session_views.py:home#2": "src/ceting/care/measurements/tests/test_session_home.py"
    "::test_home_shows_kader_tuti_only_her_own_posyandu",
    "gateways/interop/views.py:refused_rows": "src/ceting/gateways/interop/eppgbm/tests/test_pages.py"
    "::test_who_left_the_puskesmas_reads_the_rows_that_she_uploaded_no_more",
    "registry/rights/consent_views.py:_children": "src/ceting/registry/rights/tests/test_sisters.py"
    "::test_the_page_of_consent_shows_only_the_one",
    "registry/rights/consent_views.py:_said": "src/ceting/registry/rights/tests/test_sisters.py"
    "::test_what_was_said_of_the_other_isnt_shown",
    "registry/rights/request_views.py:_children": "src/ceting/registry/rights/tests/test_sisters.py"
    "::test_nobody_asks_about_the_other_here",
    "registry/rights/reader_views.py:_children": "src/ceting/registry/rights/tests/test_sisters.py"
    "::test_who_read_the_other_isnt_told_here",
    "registry/rights/copying.py:_children": "src/ceting/registry/rights/tests/test_copying.py"
    "::test_a_households_copy_leaves_out_a_sister_who_lives_at_another_puskesmas",
    "registry/rights/copying.py:_caregiver": "src/ceting/registry/rights/tests/test_copying.py"
    "::test_a_family_that_moved_away_is_copied_where_it_lives_now",
    "registry/rights/copying.py:_household": "src/ceting/registry/rights/tests/test_copying.py"
    "::test_a_family_that_moved_away_is_copied_where_it_lives_now",
}
"""`file:function` -> the test that fails without its question: a number, or a row of one's own."""

NEEDLESS: dict[str, str] = {
    "care/pregnancies/contact_views.py:_contact": "a contact of the pregnancy that was asked for just before",
    "care/pregnancies/end_views.py:_standing": "the outcome of the pregnancy that was asked for just before",
    "care/pregnancies/page.py:wanted_by": "only who is named on the record comes this far, or nobody was yet",
    "care/pregnancies/pdf_views.py:_printed": "of the pregnancy that was asked for just before",
    "care/pregnancies/pdf_views.py:_printed#2": "of the pregnancy that was asked for just before",
    "registry/families/timeline_views.py:family_timeline#3": "of the household that was asked for just before",
    "care/pregnancies/named_views.py:notes": "only notes of a pregnancy on which she is named herself: that was asked",
    "registry/families/home_views.py:_done": "only which children's reads are written down in the trail",
    "care/measurements/sheet_views.py:_sessions_today": "the row of such a session asks again, of the child in it",
    "care/measurements/session_views.py:_sheet": "a sheet of the posyandu whose session was asked for just before",
    "care/measurements/correction_forms.py:__init__": "children of the posyandu of a child who was asked for just"
    " before by the same permission: whoever may mend one there may mend them all",
    "registry/families/search.py:find#2": "names were asked for just before, and whom a number finds is told only where"
    " she may read that child's number",
    "gateways/interop/pages.py:_earlier": "only files of the puskesmas whose file was asked for just before",
    "gateways/interop/pregnant_women/matching.py:around": "only women of the puskesmas where she takes the list in;"
    " whoever moved away with her children is a woman of another",
    "gateways/interop/pregnant_women/screens.py:decision_form": "only women whom the check asked for already",
    "gateways/interop/eppgbm/screens.py:_changes": "only months of the puskesmas whose import was asked for before",
}
"""`file:function` -> why nobody sees more when the question is left out; it stays as a habit."""


@pytest.fixture
def melati(cast: Cast) -> Melati:
    return settle(cast)


def test_each_question_that_is_left_out_is_found(melati: Melati) -> None:
    known, tries = sites(), _tries(melati)
    assert len(known) > 10
    asked_by: dict[Site, list[Try]] = defaultdict(list)
    for who, request, address in tries:
        heard: set[tuple[str, int]] = set()
        with listening(lambda asking, heard=heard: bool(heard.add(asking))):  # type: ignore[misc]
            assert _breach(who, request, address, melati) == "", (request, address.name)
        for site in known:
            if any(map(site.is_at, heard)):
                asked_by[site].append((who, request, address))
    unnoticed = []
    for site in known:
        if site.name in TOLD_BY or site.name in NEEDLESS or site.name in TOGETHER.values():
            continue
        removed = [site, *(other for other in known if other.name == TOGETHER.get(site.name))]
        if not any(_noticed(removed, each, melati) for each in asked_by[site]):
            unnoticed.append(f"{site} ({site.name}), asked in {len(asked_by[site])} tries")
    assert not unnoticed, "\n".join(unnoticed)


def _tries(melati: Melati) -> list[Try]:
    people = strangers(melati.cast).values()
    clients = [melati.cast.sign_in(Client(raise_request_exception=False), user) for user in people]
    return [(c, r, address) for c in clients for address in addresses() for r in requests_of(address, melati)]


def _noticed(removed: list[Site], attempt: Try, melati: Melati) -> bool:
    with without(*removed):
        return _breach(*attempt, melati) != ""


def _breach(client: Client, request: Request, address: Address, melati: Melati) -> str:
    with transaction.atomic():
        found = breach(client, request, melati, address)
        transaction.set_rollback(True)
    return found


def test_a_named_test_fails_without_its_question() -> None:
    noticing: dict[str, list[str]] = defaultdict(list)
    for name, test in TOLD_BY.items():
        noticing[test].append(name)
    went = _run(noticing)
    wrong = [f"{test} fails as it is" for test in noticing if went[test, WHOLE] != {"PASSED"}]
    wrong += [
        f"{test} passes without {name}" for name, test in TOLD_BY.items() if "FAILED" not in went[test, name]
    ]
    assert not wrong, "\n".join(wrong)


def _run(noticing: dict[str, list[str]]) -> dict[tuple[str, str], set[str]]:
    """(test, question left out) -> how it went. One process for all: a process for each would take ten minutes."""
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rpfE", "-p", "tests.architecture.mutation"]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CETING_"))
    }
    run = subprocess.run(
        [*command, *noticing],
        cwd=house.ROOT,
        env=environment | {SWITCH: json.dumps(noticing)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout[-2000:] + run.stderr[-2000:]
    went: dict[tuple[str, str], set[str]] = defaultdict(set)
    for outcome, test, parameters in re.findall(r"^(PASSED|FAILED|ERROR) (\S+?)\[(\S+)\]", run.stdout, re.M):
        for name in parameters.split("-"):
            went[test, name].add(outcome)
    return went


def test_no_exception_is_left_behind() -> None:
    names = {site.name for site in sites()}
    assert {*TOGETHER, *TOGETHER.values(), *TOLD_BY, *NEEDLESS} <= names
