"""Taking an import of women back: everything that it wrote goes, until somebody has built on it."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.pregnancies import operations as pregnancies
from ceting.care.pregnancies import outcome_operations, support_operations
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft
from ceting.care.pregnancies.tests.people import contact, fresh, pregnant, yanti
from ceting.foundation.core import jobs
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.models import Gate, OutboxMessage
from ceting.gateways.interop import holding as pointing
from ceting.gateways.interop.pregnant_women import holding, operations, undoing, work
from ceting.gateways.interop.pregnant_women.models import ImportState
from ceting.gateways.interop.pregnant_women.tests.importing import (
    again,
    preview,
    standing,
    stays,
    take_in,
    undo,
)
from ceting.gateways.interop.pregnant_women.tests.lists import row, woman
from ceting.gateways.interop.pregnant_women.tests.test_resume import KilledError, kill_at
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from ceting.registry.families.models import Caregiver, Household
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")


def test_everything_that_an_import_wrote_is_taken_back_and_nothing_is_deleted(cast: Cast) -> None:
    before = standing()
    file = take_in(cast, [row(), *(woman(number) for number in range(12))])
    written, known = Pregnancy.objects.count(), Caregiver.objects.count()
    file = undo(cast, file)
    assert file.state is ImportState.UNDONE
    assert standing() == before
    assert (Pregnancy.objects.count(), Caregiver.objects.count()) == (written, known)
    assert stays(file) == {}


def test_nobody_is_reminded_of_what_was_taken_back(cast: Cast) -> None:
    undo(cast, take_in(cast, [row()]))
    taken_in = take_in(cast, [row()])
    assert operations.counts(taken_in) == {"new_women": 1, "registered": 1}
    old, new = OutboxMessage.objects.order_by("created_at")
    gates = Gate.objects.filter(lifted_at=None)
    assert any(gate.recipient_id == old.recipient_id and gate.stops(old.kind, old.topic) for gate in gates)
    assert not any(
        gate.recipient_id == new.recipient_id and gate.stops(new.kind, new.topic) for gate in gates
    )


def test_the_reminder_of_a_known_woman_stays_stopped_when_the_list_comes_again(cast: Cast) -> None:
    yanti(cast)
    undo(cast, take_in(cast, [row()]))
    take_in(cast, [row()])
    old, new = OutboxMessage.objects.order_by("created_at")
    stopping = Gate.objects.filter(lifted_at=None)
    assert [any(gate.stops(each.kind, each.topic) for gate in stopping) for each in (old, new)] == [
        True,
        False,
    ]


def test_a_known_woman_stays_and_her_pregnancy_goes(cast: Cast) -> None:
    mother = yanti(cast)
    file = undo(cast, take_in(cast, [row()]))
    assert stays(file) == {}
    assert not Pregnancy.objects.open().exists()
    assert Caregiver.objects.caring().filter(pk=mother.pk).exists()


def test_what_was_known_before_is_left_alone(cast: Cast) -> None:
    known = pregnant(cast, weeks=12)
    file = take_in(cast, [row(HPHT=known.started_on.isoformat())])
    file = undo(cast, file)
    assert fresh(known).is_open
    assert stays(file) == {}


def _contact(cast: Cast, pregnancy: Pregnancy) -> None:
    contact(cast, pregnancy)


def _plan(cast: Cast, pregnancy: Pregnancy) -> None:
    support_operations.name_clinician(pregnancy, cast.bidan_rina, by=cast.bidan_rina)


def _changed(cast: Cast, pregnancy: Pregnancy) -> None:
    pregnancies.change(pregnancy, {"gravida": 3}, base_version=pregnancy.version, by=cast.bidan_rina)


def _child(cast: Cast, pregnancy: Pregnancy) -> None:
    born = EndDraft("birth", cast.today, children=(NewbornDraft(sex=2),))
    outcome_operations.end(pregnancy, born, by=cast.bidan_rina)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (_contact, "Pemeriksaan dicatat Kam, 26 Nov 2026 oleh Rina Marlina."),
        (_plan, "Petugas untuk catatan khusus ditunjuk"),
        (_changed, "Data kehamilan diubah sesudah impor."),
        (_child, "dicatat Kam, 26 Nov 2026"),
    ],
)
def test_what_somebody_built_on_stays_and_says_so(cast: Cast, build, words: str) -> None:
    file = take_in(cast, [row(HPHT="2026-03-01"), woman(1)])
    pregnancy = Pregnancy.objects.get(woman__name="YANTI MARLINA")
    build(cast, fresh(pregnancy))
    file = undo(cast, file)
    assert list(stays(file)) == [3]
    assert words in stays(file)[3]
    seen = cast.sign_in(Client(), cast.bidan_rina).get(f"/staf/impor/ibu-hamil/{file.pk}/")
    assert [figure.number for figure in seen.context["figures"]] == [1, 1, 1]
    assert Caregiver.objects.caring().filter(pk=pregnancy.woman_id).exists()
    assert Pregnancy.objects.meant().count() == 1


def test_an_answer_about_messages_keeps_the_woman_and_not_the_pregnancy(cast: Cast) -> None:
    file = take_in(cast, [row()])
    mother = Pregnancy.objects.get().woman
    messaging.answer_opt_in(mother.pk, granted=True, said_through="spoken", by=cast.bidan_rina)
    file = undo(cast, file)
    assert stays(file) == {3: "Ibunya tetap terdaftar. Jawaban tentang pesan dicatat."}
    seen = cast.sign_in(Client(), cast.bidan_rina).get(f"/staf/impor/ibu-hamil/{file.pk}/")
    assert [figure.number for figure in seen.context["figures"]] == [1, 0, 1]
    assert not Pregnancy.objects.open().exists()


def test_a_contact_that_was_struck_out_holds_nobody_and_the_rest_is_tried_again(cast: Cast) -> None:
    file = take_in(cast, [row()])
    seen = contact(cast, Pregnancy.objects.get())
    file = undo(cast, file)
    assert list(stays(file)) == [3]
    pregnancies.strike_out_contact(seen, reason="Ibu lain", by=cast.bidan_rina)
    file = undo(cast, file)
    assert stays(file) == {}
    assert not Pregnancy.objects.open().exists()


def test_what_another_import_says_too_stays_until_that_one_goes(cast: Cast) -> None:
    first = take_in(cast, [row()], name="satu.csv")
    second = take_in(cast, [row(), woman(2)], name="dua.csv")
    first = undo(cast, first)
    assert "Juga ada di impor “dua.csv”" in stays(first)[3]
    assert Pregnancy.objects.open().count() == 2
    undo(cast, second)
    assert not Pregnancy.objects.open().exists()
    assert stays(again(first)) == {}


def test_who_was_taken_back_is_registered_anew_and_her_old_pregnancy_stays_ended(cast: Cast) -> None:
    undo(cast, take_in(cast, [row()]))
    old = Pregnancy.objects.get()
    with pytest.raises(RefusedError, match="withdrawn"):
        outcome_operations.undo_end(old, reason="Keliru", by=cast.bidan_rina)
    mother = woman_operations.register_woman(
        WomanDraft("Yanti Marlina", phone="+6281234567890"), posyandu=cast.melati, by=cast.kader_wati
    )
    assert mother.pk != old.woman_id


def test_a_household_that_came_with_a_mistake_is_nobodys_home(cast: Cast) -> None:
    undo(cast, take_in(cast, [row()]))
    gone = Pregnancy.objects.get().woman
    assert not Household.objects.lived_in().filter(pk=gone.household_id).exists()


def test_undoing_needs_a_reason_and_something_to_undo(cast: Cast) -> None:
    file = preview(cast, [row()])
    with pytest.raises(RefusedError):
        operations.undo(file, reason="Salah", by=cast.bidan_rina)
    file = take_in(cast, [row()])
    with pytest.raises(RefusedError, match="reason"):
        operations.undo(file, reason=" ", by=cast.bidan_rina)


def test_an_undoing_that_was_killed_ends_as_if_nothing_had_happened(cast: Cast, monkeypatch) -> None:
    before = standing()
    monkeypatch.setattr(undoing, "ROWS_IN_CHUNK", 3)
    file = take_in(cast, [woman(number) for number in range(9)])
    with monkeypatch.context() as patch:
        kill_at(patch, jobs, "advance", 2)
        with pytest.raises(KilledError):
            undo(cast, file)
    assert Pregnancy.objects.open().count() == 6
    work.take_back(str(again(file).undoing.job_id), str(file.pk))
    assert again(file).state is ImportState.UNDONE
    assert standing() == before


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_in_any_order_what_remains_is_the_union_of_the_imports_that_stand(
    cast: Cast, data: st.DataObject
) -> None:
    rows = [woman(number) for number in range(6)]
    parts = [data.draw(st.lists(st.sampled_from(rows), min_size=1, unique_by=str)) for _ in range(3)]
    leaving = data.draw(st.lists(st.sampled_from(range(3)), unique=True))
    with transaction.atomic():
        staying = [part for number, part in enumerate(parts) if number not in leaving]
        for part in staying:
            take_in(cast, part)
        expected = standing()
        transaction.set_rollback(True)
    with transaction.atomic():
        files = [take_in(cast, part) for part in parts]
        for number in leaving:
            undo(cast, files[number])
        assert standing() == expected
        transaction.set_rollback(True)


def test_everything_that_points_at_a_woman_or_pregnancy_has_its_words() -> None:
    models = (Pregnancy, Caregiver)
    found = {pointing.name_of(relation) for model in models for relation in pointing.relations_of(model)}
    unspoken = found - holding.PARTS - set(holding.WORDS)
    assert not unspoken, "say it in holding.WORDS; or in PARTS, when it comes and goes with the import"
