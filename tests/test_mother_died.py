"""A mother who died: nobody visits, reminds or comforts her any more; her children stay, with their care going on."""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from ceting.care.pregnancies import operations, outcome_operations
from ceting.care.pregnancies.drafts import PregnancyDraft
from ceting.care.pregnancies.models import Outcome, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft, NewbornDraft, PostnatalDraft
from ceting.care.pregnancies.tests.people import DAY, fresh, pregnant
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging.models import Gate
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.models import Caregiver, CaregiverDeath, CaregiverDeathUndoing, Child
from tests.cast import GIRL, Cast
from tests.test_died import main_of

pytestmark = pytest.mark.usefixtures("frozen")

TO_HER = ("temani ibu", "catat kunjungan nifas", "kunjungan nifas tetap berjalan", "tanyakan kabarnya")


@dataclass
class Mourning:
    """Yanti gave birth to a girl ten days ago, was visited on the third day, and died four days ago."""

    cast: Cast
    client: Client
    pregnancy: Pregnancy
    child: Child

    @property
    def woman(self) -> Caregiver:
        return Caregiver.objects.get(pk=self.pregnancy.woman_id)

    def read(self, url: str, user: User | None = None) -> str:
        answer = self.cast.sign_in(self.client, user or self.cast.bidan_rina).get(url)
        assert answer.status_code == 200, url
        return main_of(answer.content.decode())

    def page(self, user: User | None = None) -> str:
        return self.read(reverse("pregnancies:pregnancy", args=[self.pregnancy.pk]), user)

    def family(self, user: User | None = None) -> str:
        return self.read(reverse("families:household", args=[self.woman.household_id]), user)

    def die(self, days_ago: int = 4) -> None:
        died_on = self.cast.today - days_ago * DAY
        woman_operations.record_caregiver_death(self.woman, died_on=died_on, by=self.cast.bidan_rina)


@pytest.fixture
def mourning(cast: Cast, client: Client) -> Mourning:
    pregnancy = pregnant(cast, weeks=39)
    born_on = cast.today - 10 * DAY
    draft = EndDraft("birth", born_on, children=(NewbornDraft(GIRL, "Nisa"),))
    outcome = outcome_operations.end(pregnancy, draft, by=cast.bidan_rina)
    seen = PostnatalDraft(born_on + 3 * DAY, "home", "midwife", vitamin_a=1)
    outcome_operations.record_postnatal_visit(fresh(pregnancy), seen, by=cast.bidan_rina)
    return Mourning(cast, client, fresh(pregnancy), Child.objects.get(birth__outcome=outcome))


def closed(woman: Caregiver) -> list[tuple[str, str, bool]]:
    rows = Gate.objects.closed_at(clock.now()).filter(recipient_id=woman.pk)
    return [(gate.topic, gate.reason, gate.everything) for gate in rows]


def test_her_death_after_a_birth_is_a_fact_of_its_own(mourning: Mourning) -> None:
    """The birth stays a birth; whatever waits for her, a midwife's own message too, is held back."""
    mourning.die()
    assert mourning.woman.died_on == mourning.cast.today - 4 * DAY
    assert not mourning.woman.lives
    assert ("", "died", True) in closed(mourning.woman)
    assert Child.objects.here().filter(pk=mourning.child.pk).exists()
    entry = AuditEntry.objects.get(action="caregiver.death")
    assert entry.subject_ids == [str(mourning.woman.pk)]


def test_told_twice_it_is_one_death_and_another_day_is_refused(mourning: Mourning) -> None:
    for _ in range(2):
        mourning.die()
    assert CaregiverDeath.objects.count() == 1
    with pytest.raises(RefusedError, match="died"):
        mourning.die(days_ago=3)


@pytest.mark.parametrize(("days_ago", "code"), [(-1, "day"), (11, "before_birth"), (8, "seen_later")])
def test_an_impossible_day_is_refused_in_words(mourning: Mourning, days_ago: int, code: str) -> None:
    with pytest.raises(RefusedError, match=code):
        mourning.die(days_ago=days_ago)
    assert mourning.woman.lives


def test_no_page_or_list_speaks_to_her_any_more(mourning: Mourning) -> None:
    cast = mourning.cast
    after, due = reverse("pregnancies:afterwards"), reverse("child_health:due")
    at_melati = f"{due}?posyandu={cast.melati.pk}"
    assert "Yanti" in mourning.read(after)
    assert "Kunjungan nifas sampai" in mourning.read(at_melati)
    mourning.die()
    assert "Yanti" not in mourning.read(after)
    assert "Kunjungan nifas sampai" not in mourning.read(at_melati)
    for user in (cast.bidan_rina, cast.dr_hasan, cast.kader_wati):
        page = mourning.page(user)
        assert page.count("Kami turut berduka") == 1
        assert "keluarga yang mengasuh" in page
        assert [words for words in TO_HER if words in page.lower()] == []


def test_her_family_and_its_timeline_tell_it_and_who_cares_now_is_asked(mourning: Mourning) -> None:
    mourning.die()
    family = mourning.family()
    assert "meninggal Min, 22 Nov 2026" in family
    assert "Pilih pengasuh utama yang sekarang untuk Nisa" in family
    told = mourning.read(reverse("families:timeline", args=[mourning.woman.household_id]))
    assert told.count("Meninggal") == 1


def test_her_childs_care_goes_on(mourning: Mourning) -> None:
    before = mourning.read(reverse("child_health:child", args=[mourning.child.pk]))
    mourning.die()
    assert mourning.read(reverse("child_health:child", args=[mourning.child.pk])) == before


def test_what_was_done_before_can_be_written_down_and_nothing_after(mourning: Mourning) -> None:
    mourning.die()
    assert "Catat kunjungan sebelum Ibu meninggal" in mourning.page()

    def visit(days_ago: int) -> Any:
        draft = PostnatalDraft(mourning.cast.today - days_ago * DAY, "home", "midwife")
        now = fresh(mourning.pregnancy)
        return outcome_operations.record_postnatal_visit(now, draft, by=mourning.cast.bidan_rina)

    with pytest.raises(RefusedError, match="died"):
        visit(3)
    assert visit(4).slot == "KF2"


def test_she_is_registered_for_no_other_pregnancy(mourning: Mourning) -> None:
    mourning.die()
    cast = mourning.cast
    draft = PregnancyDraft(lmp=cast.today)
    with pytest.raises(RefusedError, match="died"):
        operations.register(draft, woman=mourning.woman, posyandu=cast.melati, by=cast.bidan_rina)


def test_everything_is_back_when_it_was_a_mistake(mourning: Mourning) -> None:
    before = (mourning.page(), mourning.family())
    mourning.die()
    with pytest.raises(RefusedError, match="died"):
        outcome_operations.undo_end(fresh(mourning.pregnancy), reason="Keliru", by=mourning.cast.bidan_rina)
    with pytest.raises(RefusedError, match="reason"):
        woman_operations.undo_caregiver_death(mourning.woman, reason=" ", by=mourning.cast.bidan_rina)
    woman_operations.undo_caregiver_death(mourning.woman, reason="Ibu lain", by=mourning.cast.bidan_rina)
    assert (mourning.page(), mourning.family()) == before
    assert "died" not in [reason for _, reason, _ in closed(mourning.woman)]


def test_the_form_asks_one_question_and_leads_to_her_family(mourning: Mourning) -> None:
    cast, key = mourning.cast, mourning.woman.pk
    url = reverse("families:caregiver-death", args=[key])
    assert f'href="{url}"' in _html(mourning)
    day = (cast.today - 4 * DAY).strftime("%d/%m/%Y")
    for _ in range(2):
        answer = mourning.client.post(url, {"died_on": day})
        assert answer.url == reverse("families:household", args=[mourning.woman.household_id])  # type: ignore[attr-defined]
    undo = reverse("families:caregiver-death-undo", args=[key])
    assert f'href="{undo}"' in _html(mourning)
    assert mourning.client.post(undo, {"reason": "Ibu lain"}).status_code == 302
    assert mourning.woman.lives


def _html(mourning: Mourning) -> str:
    url = reverse("pregnancies:pregnancy", args=[mourning.pregnancy.pk])
    return mourning.cast.sign_in(mourning.client, mourning.cast.bidan_rina).get(url).content.decode()


def lost_with_her(cast: Cast) -> Pregnancy:
    pregnancy = pregnant(cast, weeks=30)
    end = EndDraft("maternal_death", cast.today - 2 * DAY)
    outcome_operations.end(pregnancy, end, by=cast.bidan_rina)
    return fresh(pregnancy)


def test_a_loss_that_was_her_death_marks_her_and_comforts_nobody_but_her_family(
    cast: Cast, client: Client
) -> None:
    pregnancy = lost_with_her(cast)
    assert pregnancy.woman.died_on == cast.today - 2 * DAY
    cast.sign_in(client, cast.bidan_rina)
    url = reverse("pregnancies:pregnancy", args=[pregnancy.pk])
    page = main_of(client.get(url).content.decode())
    assert "Temani keluarganya dengan lembut." in page
    assert [words for words in (*TO_HER, "catat kunjungan") if words in page.lower()] == []
    draft = PostnatalDraft(cast.today - 2 * DAY, "home", "midwife")
    with pytest.raises(RefusedError, match="died"):
        outcome_operations.record_postnatal_visit(pregnancy, draft, by=cast.bidan_rina)


def test_that_end_and_the_register_move_and_are_taken_back_together(cast: Cast) -> None:
    pregnancy = lost_with_her(cast)
    with pytest.raises(RefusedError, match="end_of_pregnancy"):
        woman_operations.undo_caregiver_death(pregnancy.woman, reason="Ibu lain", by=cast.bidan_rina)
    outcome = pregnancy.outcomes.get()
    changes = {"ended_on": cast.today - 5 * DAY}
    outcome_operations.change_end(outcome, changes, base_version=outcome.version, by=cast.bidan_rina)
    assert fresh(pregnancy).woman.died_on == cast.today - timedelta(days=5)
    outcome_operations.undo_end(fresh(pregnancy), reason="Ibu lain", by=cast.bidan_rina)
    assert fresh(pregnancy).woman.lives
    assert fresh(pregnancy).is_open


def test_a_death_during_a_pregnancy_is_told_as_its_end(cast: Cast) -> None:
    pregnancy = pregnant(cast, weeks=30)
    with pytest.raises(RefusedError, match="pregnant"):
        woman_operations.record_caregiver_death(pregnancy.woman, died_on=cast.today, by=cast.bidan_rina)
    assert fresh(pregnancy).woman.lives


def test_whoever_is_asked_to_bring_her_child_is_her_family(mourning: Mourning) -> None:
    cast, child = mourning.cast, mourning.cast.child("Rina", mother="Ibu Nur", months=30)
    cast.weigh(child, "2026-03-05", "11.2", cm="86")
    pages = [reverse("measurements:child", args=[child.pk]), reverse("measurements:attention-unseen")]
    assert all("Ajak ibunya" in mourning.read(page) for page in pages)
    assert child.mother is not None
    woman_operations.record_caregiver_death(child.mother, died_on=cast.today, by=cast.bidan_rina)
    for page in pages:
        told = mourning.read(page)
        assert "Ajak keluarganya" in told
    assert "(meninggal)" in mourning.read(pages[0])


def test_an_upgrade_marks_whoever_was_known_to_have_died(cast: Cast) -> None:
    """Ends that were written before the register knew of deaths; one that was undone marks nobody."""
    pregnancy = lost_with_her(cast)
    mistaken = pregnant(cast, weeks=20, woman=cast.aisyah.mother)
    outcome_operations.end(mistaken, EndDraft("maternal_death", cast.today), by=cast.bidan_rina)
    outcome_operations.undo_end(fresh(mistaken), reason="Ibu lain", by=cast.bidan_rina)
    CaregiverDeathUndoing.objects.all().delete()
    CaregiverDeath.objects.all().delete()
    Caregiver.objects.update(died_on=None)
    Gate.objects.filter(reason="died").delete()
    Outcome.objects.update(form_key=None)
    upgrade = import_module("ceting.care.pregnancies.migrations.0003_ends_that_stand")
    upgrade.remember_forms(apps, None)
    upgrade.mark_mothers_who_died(apps, None)
    assert fresh(pregnancy).woman.died_on == cast.today - 2 * DAY
    assert ("", "died", True) in closed(pregnancy.woman)
    assert fresh(mistaken).woman.lives
    outcome = Outcome.objects.standing().get()
    assert outcome.form_key == outcome.pk
