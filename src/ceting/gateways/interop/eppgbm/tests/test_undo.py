"""Taking an import back: everything that it wrote goes, until somebody has built on it."""

from datetime import date
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.measurements import corrections, sealing
from ceting.care.measurements import operations as measurements
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import (
    CountCause,
    LatestGrowth,
    Measurement,
    MonthCount,
    MonthCountChange,
)
from ceting.care.measurements.month_counting import from_scratch
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.models import Job, JobState
from ceting.gateways.interop.eppgbm import operations
from ceting.gateways.interop.eppgbm.models import ImportState, Undone, UndoneRow
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import (
    again,
    preview,
    stays,
    take_in,
    told,
    undo,
)
from ceting.gateways.interop.eppgbm.tests.test_import import months
from ceting.registry.families import home_operations, life_operations, merging
from ceting.registry.families import operations as families
from ceting.registry.families.models import Caregiver, Child
from ceting.registry.families.search import find
from tests.cast import Cast, nik_of

pytestmark = pytest.mark.usefixtures("frozen")


def standing() -> list[tuple[object, ...]]:
    """Everything that counts: registered children, and their current measurements, without keys and times."""
    rows = Measurement.objects.current().select_related("child__mother", "child__household")
    derived = ("zwei", "zlen", "status", "gain_g", "two_t", "flags")
    weighed = [
        (
            *(row.child.name, row.measured_on, row.weight_kg, row.lenhei_cm, row.source),
            *(getattr(row, name) for name in derived),
        )
        for row in rows
    ]
    children = [
        (
            *(each.name, each.birth_date, each.nik, each.posyandu.name, each.mother and each.mother.name),
            *(each.is_here, LatestGrowth.objects.filter(child=each).exists()),
        )
        for each in Child.objects.registered().select_related("mother", "posyandu")
    ]
    return sorted(map(str, [*weighed, *children]))


def alya() -> Child:
    return Child.objects.registered().get(name="ALYA DELIMA")


def test_everything_that_an_import_wrote_is_taken_back_and_nothing_is_deleted(cast: Cast) -> None:
    before = standing()
    file = take_in(cast, exports.district(12, 4, today=cast.today))
    written, registered = Measurement.objects.count(), Child.objects.count()
    file = undo(cast, file)
    assert file.state is ImportState.UNDONE
    assert standing() == before
    assert (Measurement.objects.count(), Child.objects.count()) == (written, registered)
    assert stays(file) == {}
    gone = Child.objects.exclude(mistake=None)
    assert gone.count() == 12
    assert not gone.filter(is_here=True).exists()
    assert not Caregiver.objects.caring().filter(household__children__in=gone).exists()
    assert (
        Measurement.objects.exclude(withdrawal=None).first().withdrawal.reason
        == "Impor ditarik: Berkas salah"
    )


def test_who_was_taken_back_is_in_no_list_and_no_search(cast: Cast) -> None:
    file = take_in(cast, months(7, 8))
    child = alya()
    undo(cast, file)
    assert find("Alya Delima", user=cast.bidan_rina, limit=9) == []
    assert child not in Child.objects.staying_at(cast.melati, cast.today)
    assert child not in Child.objects.visible_to(cast.bidan_rina).here()
    assert child not in Child.objects.visible_to(cast.bidan_rina).away()


def test_who_was_taken_back_is_neither_weighed_nor_moved_nor_changed(cast: Cast) -> None:
    file = take_in(cast, months(7))
    child = alya()
    undo(cast, file)
    child.refresh_from_db()
    draft = MeasurementDraft(child=child, measured_on=cast.today, weight_kg=9)
    for deed in (
        lambda: measurements.record_visit(draft, by=cast.kader_wati),
        lambda: life_operations.come_back(child, to=cast.melati, on=cast.today, by=cast.bidan_rina),
        lambda: families.change_child(child, {"name": "X"}, base_version=child.version, by=cast.bidan_rina),
    ):
        with pytest.raises(RefusedError) as refusal:
            deed()
        assert refusal.value.problems[0].code == "mistaken"


def test_the_same_file_again_brings_everything_back_once(cast: Cast) -> None:
    rows = [*exports.district(5, 3, today=cast.today), *months(7, NIK=alyas_nik(cast))]
    file = take_in(cast, rows)
    whole = standing()
    undo(cast, file)
    second = take_in(cast, rows)
    assert told(second) == {}
    assert standing() == whole
    third = take_in(cast, rows)
    assert operations.counts(third)["new_children"] == 0
    assert standing() == whole


def alyas_nik(cast: Cast) -> str:
    return nik_of(cast.today.replace(year=2025, month=3, day=10), 2, 77)


def test_who_was_weighed_by_wati_since_stays_and_only_the_files_weights_go(cast: Cast) -> None:
    file = take_in(cast, months(7, 8))
    child = alya()
    cast.weigh(child, "2026-11-05", "10.2")
    file = undo(cast, file)
    assert stays(file) == {
        3: f"Anaknya tetap terdaftar. Ditimbang Kam, 5 Nov 2026, dicatat oleh {cast.kader_wati.name}."
    }
    assert [str(row.measured_on) for row in child.measurements.current()] == ["2026-11-05"]
    assert child.measurements.current().get().status == "B", "derived again without the file's weights"
    assert alya().is_here


@pytest.mark.parametrize("deed", ["correct", "move", "die", "merge", "edit", "house", "caregiver"])
def test_what_somebody_built_on_stays_and_says_who(cast: Cast, deed: str) -> None:
    file = take_in(cast, [*months(7, 8), row(Nama="CITRA", Nama_Ortu="NURLAILA")])
    child = alya()
    first = child.measurements.order_by("measured_on")[0]
    if deed == "correct":
        draft = MeasurementDraft(child=child, measured_on=first.measured_on, weight_kg=9)
        corrections.correct(first, draft, reason="typed_wrong", by=cast.bidan_rina)
    elif deed == "move":
        life_operations.move_within(child, to=cast.kenanga, on=cast.today, by=cast.bidan_rina)
    elif deed == "die":
        life_operations.record_death(child, died_on=cast.today, place="home", by=cast.bidan_rina)
    elif deed == "merge":
        merging.merge_children(child, cast.aisyah, reason="sama", by=cast.bidan_rina)
    elif deed == "edit":
        families.change_child(child, {"name": "ALYA D"}, base_version=child.version, by=cast.bidan_rina)
    elif deed == "house":
        home = child.household
        home_operations.change_household(home, {"rt": "09"}, base_version=home.version, by=cast.bidan_rina)
    else:
        mother = child.mother
        home_operations.change_caregiver(
            mother, {"phone": "+628126700100"}, base_version=mother.version, by=cast.bidan_rina
        )
    file = undo(cast, file)
    (sentence,) = stays(file).values()
    assert cast.bidan_rina.name in sentence or deed == "caregiver"
    assert not hasattr(Child.objects.get(pk=child.pk), "mistake")
    assert Child.objects.get(name="CITRA").mistake, "the rest goes"


def test_a_nik_that_the_file_added_goes_and_one_that_a_person_gave_stays(cast: Cast) -> None:
    nik = alyas_nik(cast)
    take_in(cast, months(7, NIK="-"))
    file = take_in(cast, months(8, NIK=nik))
    assert alya().nik == nik
    undo(cast, file)
    assert alya().nik == ""
    assert file.nik_removals.get().child == alya()
    take_in(cast, months(8, NIK="-"))
    child = alya()
    families.change_child(child, {"nik": nik}, base_version=child.version, by=cast.bidan_rina)
    undo(cast, take_in(cast, months(9, NIK=nik)))
    assert alya().nik == nik


def test_a_nik_that_another_import_says_too_stays(cast: Cast) -> None:
    nik = alyas_nik(cast)
    take_in(cast, months(7, NIK="-"))
    first = take_in(cast, months(8, NIK=nik))
    take_in(cast, months(9, NIK=nik))
    undo(cast, first)
    assert alya().nik == nik


def test_two_imports_that_say_the_same_leave_it_until_both_are_taken_back(cast: Cast) -> None:
    one = take_in(cast, months(7, 8))
    other = take_in(cast, months(8, 9))
    one = undo(cast, one)
    assert [row.measured_on.month for row in alya().measurements.current().order_by("measured_on")] == [8, 9]
    assert all("Juga ada di impor" in sentence for sentence in stays(one).values())
    undo(cast, other)
    assert not Child.objects.registered().filter(name="ALYA DELIMA").exists()
    assert stays(one) == {}, "what had to stay for the other's sake is gone by now"


def test_what_stayed_is_tried_again_once_nobody_builds_on_it(cast: Cast) -> None:
    file = take_in(cast, months(7))
    child = alya()
    weighing = cast.weigh(child, "2026-11-05", "10.2")
    file = undo(cast, file)
    corrections.strike_out(weighing, reason="typed_twice", by=cast.bidan_rina)
    file = undo(cast, file)
    assert stays(file) == {}
    assert not Child.objects.registered().filter(pk=child.pk).exists()
    with pytest.raises(RefusedError):
        undo(cast, file)


def test_sealed_months_go_back_to_what_they_were_with_every_change_written_down(cast: Cast) -> None:
    cast.weigh(cast.aisyah, "2026-08-05", "8.8")
    sealing.seal_months_over(cast.andalas)
    before = {count.pk: count.now for count in MonthCount.objects.all()}
    file = take_in(cast, exports.district(8, 4, today=date(2026, 10, 20)))
    assert {count.pk: count.now for count in MonthCount.objects.all()} != before
    undo(cast, file)
    counts = list(MonthCount.objects.all())
    assert {count.pk: count.now for count in counts if count.pk in before} == before
    assert {count.pk: count.now for count in counts} == from_scratch(counts)
    causes = set(MonthCountChange.objects.values_list("cause", flat=True))
    assert {CountCause.IMPORT_UNDONE, CountCause.MISTAKEN} <= causes


def test_the_deed_stands_in_the_audit_with_who_did_it(cast: Cast) -> None:
    file = take_in(cast, months(7))
    undo(cast, file, by=cast.bidan_rina)
    deeds = AuditEntry.objects.filter(actor_id=cast.bidan_rina.pk).values_list("action", flat=True)
    assert {
        *("import.undo", "import.undo-finish", "measurement.strike_out"),
        *("child.withdraw_registration", "caregiver.end"),
    } <= set(deeds)


def test_no_reason_no_undoing(cast: Cast) -> None:
    file = take_in(cast, months(7))
    with pytest.raises(RefusedError):
        operations.undo(file, reason="  ", by=cast.petugas_gizi_dewi)
    assert again(file).state is ImportState.DONE


def test_one_import_at_a_time_takes_in_or_back(cast: Cast) -> None:
    done = take_in(cast, months(7))
    running = preview(cast, months(8))
    started = operations.start(running, by=cast.petugas_gizi_dewi)
    with pytest.raises(RefusedError) as refusal:
        operations.undo(again(done), reason="Salah", by=cast.petugas_gizi_dewi)
    assert refusal.value.problems[0].code == "another_works"
    assert started.job_id
    ready = preview(cast, months(9))
    with pytest.raises(RefusedError):
        operations.start(ready, by=cast.petugas_gizi_dewi)


def test_a_stopped_import_does_not_go_on_beside_one_that_is_taken_back(cast: Cast) -> None:
    done = take_in(cast, months(7))
    stopped = preview(cast, months(8))
    run = operations.start(stopped, by=cast.petugas_gizi_dewi)
    Job.objects.filter(pk=run.job_id).update(state=JobState.FAILED, failure="x")
    operations.undo(again(done), reason="Salah", by=cast.petugas_gizi_dewi)
    with pytest.raises(RefusedError) as refusal:
        operations.go_on(again(stopped), by=cast.petugas_gizi_dewi)
    assert refusal.value.problems[0].code == "another_works"


def _files(cast: Cast) -> list[dict[str, str]]:
    nik = alyas_nik(cast)
    return [
        *exports.district(3, 2, today=cast.today, seed=5),
        *months(6, 7, NIK="-"),
        *months(8, NIK=nik),
        row(Nama="HASAN BASRI", JK="L", NIK="-"),
        row(Nama="CITRA"),
    ]


@pytest.mark.django_db
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 100_000))
def test_any_imports_and_undoings_in_any_order_end_as_the_union_of_those_that_stand(
    cast: Cast, frozen, seed: int
) -> None:
    chance, rows = Random(seed), _files(cast)
    parts = [[each for each in rows if chance.random() < 0.6] or rows[:1] for _ in range(3)]
    with transaction.atomic():
        alive: list[tuple[object, list[dict[str, str]]]] = []
        for _ in range(7):
            if alive and chance.random() < 0.4:
                file, _ = alive.pop(chance.randrange(len(alive)))
                undo(cast, file)
            else:
                part = chance.choice(parts)
                alive.append((take_in(cast, part), part))
        ended = standing()
        transaction.set_rollback(True)
    with transaction.atomic():
        for _, part in alive:
            take_in(cast, part)
        union = standing()
        transaction.set_rollback(True)
    assert ended == union


def test_undone_rows_are_told_apart(cast: Cast) -> None:
    cast.child("Alya Delima", sex=2, birth_date="2025-03-10", mother="ROSMA")
    file = take_in(cast, months(7, 8))
    second = take_in(cast, months(7, 8))
    undo(cast, second)
    assert set(UndoneRow.objects.filter(file=second).values_list("result", flat=True)) == {Undone.NOTHING}
    undo(cast, file)
    assert set(UndoneRow.objects.filter(file=file).values_list("result", flat=True)) == {Undone.TAKEN_BACK}
