"""SKDN of past months doesn't change silently."""

from datetime import date, datetime

import pytest
import time_machine

from ceting.care.measurements import operations, sealing
from ceting.care.measurements.models import MonthCount, MonthCountChange
from ceting.care.measurements.month_counting import counted_of, from_scratch
from ceting.foundation.audit.models import AuditEntry
from ceting.registry.families import life_operations
from ceting.registry.families import operations as families
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OCTOBER = date(2026, 10, 1)


def october(cast: Cast) -> MonthCount:
    return MonthCount.objects.get(posyandu=cast.melati, month=OCTOBER)


def letters(counts: dict[str, int], *names: str) -> list[int]:
    return [counts[name] for name in names]


@pytest.fixture
def sealed(cast: Cast, frozen: object) -> MonthCount:
    """Melati's October: Aisyah gained, Budi was absent; closed by Wati."""
    cast.child("Budi")
    cast.weigh(cast.aisyah, "2026-09-22", "7.9")
    cast.weigh(cast.aisyah, "2026-10-22", "8.4")
    operations.close_session(cast.session("2026-10-22"), by=cast.kader_wati)
    return october(cast)


def test_closing_a_session_seals_its_month(sealed: MonthCount, cast: Cast) -> None:
    assert letters(sealed.sealed, "S", "K", "D", "N", "T", "O", "B") == [2, 2, 1, 1, 0, 0, 0]
    assert sealed.now == sealed.sealed
    assert (sealed.counted_on, sealed.sealed_by) == (date(2026, 10, 22), cast.kader_wati)
    assert AuditEntry.objects.filter(action="month_count.seal").count() == 1


def test_closing_twice_seals_once(sealed: MonthCount, cast: Cast) -> None:
    operations.close_session(cast.session("2026-10-22"), by=cast.bidan_rina)
    cast.weigh(cast.child("Cici"), "2026-10-23", "9")
    operations.close_session(cast.session("2026-10-23"), by=cast.bidan_rina)

    assert october(cast).sealed == sealed.sealed
    assert october(cast).sealed_by == cast.kader_wati


def test_a_late_row_is_listed_and_what_was_reported_stays(sealed: MonthCount, cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-24", "8.3")
    assert MonthCountChange.objects.count() == 0, "the later weighing gained as well"
    budi = cast.melati.children.get(name="Budi")
    cast.weigh(budi, "2026-10-22", "9.5", by=cast.bidan_rina)

    change = MonthCountChange.objects.get()
    assert letters(change.before, "D", "B") == [1, 0]
    assert letters(change.after, "D", "B") == [2, 1]
    assert (change.cause, change.changed_by) == ("late", cast.bidan_rina)
    assert change.children == [str(budi.pk)]
    assert october(cast).sealed == sealed.sealed
    assert october(cast).now == change.after


def test_a_row_of_september_changes_the_status_of_october(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-08-22", "8.0")
    cast.weigh(cast.aisyah, "2026-10-22", "8.4")
    count = sealing.seal_month(cast.melati, OCTOBER, by=None)
    assert letters(count.sealed, "O", "N") == [1, 0]

    cast.weigh(cast.aisyah, "2026-09-22", "8.1")

    assert letters(october(cast).now, "O", "N", "D") == [0, 1, 1]


def test_a_correction_names_its_cause(sealed: MonthCount, cast: Cast) -> None:
    row = cast.aisyah.measurements.get(measured_on="2026-10-22")
    cast.weigh(cast.aisyah, "2026-10-22", "7.9", corrects=row)

    change = MonthCountChange.objects.get()
    assert (change.cause, letters(change.after, "N", "T")) == ("correction", [0, 1])


def test_a_new_birth_date_takes_a_child_out_of_the_months_before_it(sealed: MonthCount, cast: Cast) -> None:
    budi = cast.melati.children.get(name="Budi")
    families.change_child(
        budi, {"birth_date": date(2026, 10, 25)}, base_version=budi.version, by=cast.bidan_rina
    )
    assert letters(october(cast).now, "S", "K") == [1, 1]


def test_a_child_registered_today_but_born_long_ago_belongs_to_october(
    sealed: MonthCount, cast: Cast
) -> None:
    cici = cast.child("Cici", months=20)

    change = MonthCountChange.objects.get()
    assert (change.cause, letters(change.after, "S", "K", "D")) == ("registered", [3, 3, 1])
    assert change.children == [str(cici.pk)]


def test_a_move_in_november_leaves_october_alone_and_one_in_october_doesnt(
    sealed: MonthCount, cast: Cast
) -> None:
    budi = cast.melati.children.get(name="Budi")
    life_operations.move_within(budi, to=cast.kenanga, on=date(2026, 11, 3), by=cast.bidan_rina)
    assert MonthCountChange.objects.count() == 0

    life_operations.move_within(cast.aisyah, to=cast.kenanga, on=date(2026, 10, 10), by=cast.bidan_rina)
    change = MonthCountChange.objects.get()
    assert (change.cause, letters(change.after, "S", "D", "N")) == ("moved", [1, 0, 0])


def test_a_new_book_is_a_new_k(sealed: MonthCount, cast: Cast) -> None:
    families.change_child(
        cast.aisyah, {"has_kia_book": False}, base_version=cast.aisyah.version, by=cast.kader_wati
    )
    assert letters(october(cast).now, "S", "K") == [2, 1]


def test_a_month_that_is_over_is_sealed_by_the_house_from_the_fifth(cast: Cast, frozen: object) -> None:
    cast.weigh(cast.aisyah, "2026-09-22", "7.9")
    cast.weigh(cast.aisyah, "2026-11-05", "8.4")

    assert sealing.seal_months_over(cast.andalas) == 4, "two posyandu, September and October"
    assert october(cast).sealed_by is None
    assert october(cast).counted_on == date(2026, 10, 31)
    assert sealing.seal_months_over(cast.andalas) == 0
    assert sealing.seal_months_over(cast.air_dingin) == 0, "nobody was weighed there"


def test_before_the_closing_day_a_month_is_still_open(cast: Cast, frozen: time_machine.Traveller) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.4")
    frozen.move_to(datetime(2026, 11, 4, 8, tzinfo=cast.andalas.timezone))
    assert sealing.seal_months_over(cast.andalas) == 0
    frozen.move_to(datetime(2026, 11, 5, 8, tzinfo=cast.andalas.timezone))
    assert sealing.seal_months_over(cast.andalas) == 2


def test_a_month_that_nobody_sealed_has_no_changes(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-10-22", "8.4")
    cast.weigh(cast.aisyah, "2026-09-22", "7.9")
    assert MonthCountChange.objects.count() == 0


def test_guests_are_counted_at_home(sealed: MonthCount, cast: Cast) -> None:
    kenanga = sealing.seal_month(cast.kenanga, OCTOBER, by=None)
    budi = cast.melati.children.get(name="Budi")
    cast.weigh(budi, "2026-10-20", "9.5")
    kenanga.refresh_from_db()
    assert kenanga.now["D"] == 0
    assert october(cast).now["D"] == 2


def test_a_save_in_an_open_month_costs_two_queries(cast: Cast, django_assert_num_queries: object) -> None:
    row = cast.weigh(cast.aisyah, cast.today, "8.4")
    with django_assert_num_queries(2):  # type: ignore[operator]
        sealing.note_weighings(left=(), entered=tuple(counted_of([row])), cause="late", by_id=None)


def test_a_recount_takes_as_many_queries_for_sixty_months_as_for_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for month in range(1, 11):
        sealing.seal_month(cast.melati, date(2026, month, 1), by=None)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        sealing.count_again([cast.melati.pk], since=date.min, child_ids=[], cause="changed", by_id=None)


def test_what_counts_now_is_what_a_count_from_scratch_says(sealed: MonthCount, cast: Cast) -> None:
    cast.weigh(cast.melati.children.get(name="Budi"), "2026-10-22", "9.5")
    assert from_scratch([october(cast)]) == {sealed.pk: october(cast).now}
