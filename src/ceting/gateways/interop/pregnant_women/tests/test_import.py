"""From a list of pregnant women to women and pregnancies, once and again."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.tests.people import pregnant, yanti
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.messaging.models import OutboxMessage
from ceting.gateways.interop.pregnant_women import operations
from ceting.gateways.interop.pregnant_women.models import ImportState, WomenOutcome
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.gateways.interop.pregnant_women.tests.importing import (
    check,
    preview,
    receive,
    remarks,
    run,
    standing,
    take_in,
    told,
)
from ceting.gateways.interop.pregnant_women.tests.lists import row, woman
from ceting.registry.families.models import Caregiver
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def test_a_row_becomes_a_woman_and_her_pregnancy(cast: Cast) -> None:
    file = take_in(cast, [row()])
    assert operations.counts(file) == {"new_women": 1, "registered": 1}
    pregnancy = Pregnancy.objects.get()
    assert (pregnancy.started_on, pregnancy.due_on) == (date(2026, 9, 1), date(2027, 6, 8))
    assert (pregnancy.gravida, pregnancy.para, pregnancy.abortions) == (2, 1, 0)
    assert (pregnancy.height_cm, pregnancy.pre_weight_kg) == (156, 50.5)
    assert pregnancy.posyandu == cast.melati
    assert pregnancy.by == cast.bidan_rina
    made = pregnancy.woman
    assert (made.name, made.birth_date, made.phone) == ("YANTI MARLINA", date(1995, 3, 1), "+6281234567890")
    assert (made.household.rt, made.household.rw) == ("02", "03")
    assert made.household.address == "Jl. Melur 5 (suami: BUDI)"


def test_it_is_told_and_reminded_of_as_by_the_form(cast: Cast) -> None:
    take_in(cast, [row()])
    pregnancy = Pregnancy.objects.get()
    assert pregnancy.next_contact
    assert OutboxMessage.objects.get().recipient_id == pregnancy.woman_id
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"woman.register", "pregnancy.register", "import.start", "import.finish"} <= actions


def test_nothing_is_written_before_somebody_says_so(cast: Cast) -> None:
    before = Caregiver.objects.count()
    file = preview(cast, [row()])
    assert file.state is ImportState.READY
    assert not file.stored_as
    assert (Pregnancy.objects.count(), Caregiver.objects.count()) == (0, before)
    assert (file.totals["registered"], file.totals["new_women"]) == (1, 1)


def test_a_due_date_stands_in_for_the_last_period_and_says_so(cast: Cast) -> None:
    file = take_in(cast, [row(HPHT="", HPL="8 Juni 2027")])
    assert Pregnancy.objects.get().started_on == date(2027, 6, 8) - timedelta(days=280)
    assert "dihitung Sel, 1 Sep 2026 dari HPL" in remarks(file)[3]
    assert WomenOutcome.objects.get().from_due


def test_both_dates_that_differ_are_told(cast: Cast) -> None:
    file = preview(cast, [row(HPL="08/08/2027")])
    assert "berbeda" in remarks(file)[3]


def test_the_same_file_again_doubles_nothing(cast: Cast) -> None:
    rows = [row(), *(woman(number) for number in range(30))]
    take_in(cast, rows)
    before = standing()
    again_in = take_in(cast, rows)
    assert operations.counts(again_in) == {"new_women": 0, "known": 31}
    assert standing() == before
    assert not told(again_in)


@pytest.mark.parametrize("missing", [{"Tgl_Lahir": ""}, {"No_HP": ""}, {"Tgl_Lahir": "", "No_HP": ""}])
def test_a_list_that_says_little_of_her_doubles_nothing_either(cast: Cast, missing: dict[str, str]) -> None:
    take_in(cast, [row(**missing)])
    again_in = take_in(cast, [row(**missing)])
    assert operations.counts(again_in) == {"new_women": 0, "known": 1}


def test_a_woman_whom_the_form_registered_is_recognised(cast: Cast) -> None:
    known = pregnant(cast, weeks=12)
    file = take_in(cast, [row(HPHT=(known.started_on + timedelta(days=9)).isoformat())])
    assert operations.counts(file) == {"new_women": 0, "known": 1}
    assert Pregnancy.objects.get() == known


def test_a_known_mother_gets_her_new_pregnancy(cast: Cast) -> None:
    mother = yanti(cast)
    file = take_in(cast, [row()])
    assert operations.counts(file) == {"new_women": 0, "registered": 1}
    assert Pregnancy.objects.get().woman == mother


def test_another_pregnancy_of_hers_is_told_and_nothing_is_written(cast: Cast) -> None:
    known = pregnant(cast, weeks=30)
    file = take_in(cast, [row()])
    assert operations.counts(file) == {"new_women": 0, "refused": 1}
    assert "sedang tercatat hamil dengan HPHT Kam, 30 Apr 2026" in told(file)[3]
    assert Pregnancy.objects.get() == known


def test_a_kader_who_registered_her_meanwhile_is_noticed(cast: Cast) -> None:
    file = preview(cast, [row()])
    assert file.totals["registered"] == 1
    mother = yanti(cast)
    told_by_kader = PregnancyDraft(lmp=date(2026, 9, 3))
    known = pregnancies.register(told_by_kader, woman=mother, posyandu=cast.melati, by=cast.bidan_rina)
    file = run(cast, file)
    assert operations.counts(file) == {"new_women": 0, "known": 1}
    assert Pregnancy.objects.get() == known


def test_two_women_of_one_family_card_share_a_household(cast: Cast) -> None:
    header = (*lists.HEADER, "No KK")
    rows = [row(), woman(1)]
    content = lists.as_xlsx([each | {"No KK": "1371021002200003"} for each in rows], header)
    file = run(cast, check(receive(cast, content, name="daftar.xlsx")))
    assert operations.counts(file) == {"new_women": 2, "registered": 2}
    assert len({each.woman.household_id for each in Pregnancy.objects.select_related("woman")}) == 1


fuzz = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzz
@given(data=st.data())
def test_any_split_shuffle_or_repeat_of_a_list_gives_the_same_pregnancies(
    cast: Cast, data: st.DataObject
) -> None:
    rows = [row(), *(woman(number) for number in range(9)), woman(20, Tgl_Lahir=""), woman(21, No_HP="")]
    with transaction.atomic():
        take_in(cast, rows)
        whole = standing()
        transaction.set_rollback(True)
    shuffled = data.draw(st.permutations(rows + data.draw(st.lists(st.sampled_from(rows), max_size=6))))
    cuts = sorted(data.draw(st.lists(st.integers(1, len(shuffled) - 1), max_size=3, unique=True)))
    parts = [shuffled[start:end] for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True)]
    with transaction.atomic():
        for part in parts:
            take_in(cast, part)
        assert standing() == whole
        transaction.set_rollback(True)


def test_an_import_asks_the_database_a_bounded_number_of_times(
    cast: Cast, django_assert_max_num_queries
) -> None:
    file = receive(cast, lists.as_csv([woman(number) for number in range(200)]))
    with django_assert_max_num_queries(60):
        check(file)
    file = check(receive(cast, lists.as_csv([woman(number) for number in range(200)])))
    with django_assert_max_num_queries(1500):
        run(cast, file)
