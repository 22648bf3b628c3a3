"""Places that stand already: described, confirmed, renamed, closed; each with a line of history."""

from datetime import time, timedelta
from typing import Any

import pytest

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.places import operations
from ceting.registry.places.drafts import (
    ClosureDraft,
    OfficeDraft,
    PosyanduDraft,
    PustuDraft,
    ServiceDraft,
)
from ceting.registry.places.models import (
    Area,
    AreaLevel,
    PlaceChange,
    Posyandu,
    PosyanduClosure,
    Pustu,
    Service,
    WorkArea,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def refused(call: Any, *arguments: Any, **more: Any) -> str:
    with pytest.raises(RefusedError) as refusal:
        call(*arguments, **more)
    return refusal.value.problems[0].code


def test_the_head_says_how_the_puskesmas_is_reached_and_the_history_says_who(cast: Cast) -> None:
    draft = OfficeDraft("Andalas", office_phone="+62751123456", emergency_phone="119")
    now = operations.describe_puskesmas(cast.andalas, draft, by=cast.kepala)
    assert now.emergency_phone == "119"
    line = PlaceChange.objects.get(action="puskesmas.describe")
    assert line.by_id == cast.kepala.pk
    assert "119" in line.after
    operations.describe_puskesmas(now, draft, by=cast.kepala)
    assert PlaceChange.objects.filter(action="puskesmas.describe").count() == 1


def test_villages_are_confirmed_and_doubted_by_somebody(cast: Cast) -> None:
    areas = list(cast.andalas.work_areas.all()[:2])
    operations.confirm_areas(cast.andalas, areas, confirmed=False, by=cast.kepala)
    assert WorkArea.objects.filter(confirmed=False).count() == 2
    assert not cast.andalas.work_is_confirmed
    assert len(operations.confirm_areas(cast.andalas, areas, by=cast.dinas)) == 2
    assert operations.confirm_areas(cast.andalas, areas, by=cast.dinas) == []
    assert PlaceChange.objects.filter(action="area.confirm", by_id=cast.dinas.pk).count() == 2
    assert AuditEntry.objects.filter(action="area.confirm").count() == 1


def test_villages_of_another_puskesmas_are_nobodys_to_confirm_here(cast: Cast) -> None:
    foreign = cast.air_dingin.work_areas.all()
    assert operations.confirm_areas(cast.andalas, foreign, confirmed=False, by=cast.kepala) == []


def test_a_posyandu_is_renamed_and_keeps_its_children(cast: Cast) -> None:
    draft = PosyanduDraft("Melati Indah", cast.melati.village, "04", "ilp")
    now = operations.change_posyandu(cast.melati, draft, by=cast.kepala)
    assert (now.name, now.rw, now.kind) == ("Melati Indah", "04", "ilp")
    assert PlaceChange.objects.get(action="posyandu.change").name == "Posyandu Melati"


def test_names_and_villages_that_can_not_be_are_refused(cast: Cast) -> None:
    beyond, here = cast.mawar.village, cast.melati.village
    assert (
        refused(operations.change_posyandu, cast.melati, PosyanduDraft("X", beyond), by=None)
        == "village_foreign"
    )
    assert (
        refused(operations.change_posyandu, cast.melati, PosyanduDraft(" ", here), by=None) == "name_missing"
    )
    kenanga = PosyanduDraft("Kenanga", cast.kenanga.village)
    assert refused(operations.change_posyandu, cast.melati, kenanga, by=None) == "name_taken"
    new = [("Melati", here, "01")]
    assert refused(operations.open_posyandu, new, puskesmas=cast.andalas, by=None) == "name_taken"
    elsewhere = [("Anggrek", beyond, "01")]
    assert refused(operations.open_posyandu, elsewhere, puskesmas=cast.andalas, by=None) == "village_foreign"
    twice = [("Anggrek", here, "01"), ("Anggrek", here, "02")]
    assert refused(operations.open_posyandu, twice, puskesmas=cast.andalas, by=None) == "name_taken"
    assert Posyandu.objects.count() == 3


def test_a_puskesmas_of_the_same_name_in_the_district_is_refused(cast: Cast) -> None:
    district = cast.andalas.district
    again = {"district": district, "villages": [], "confirmed": False, "by": None}
    assert refused(operations.open_puskesmas, "Andalas", **again) == "name_taken"


def test_a_posyandu_with_children_does_not_close(cast: Cast) -> None:
    closing = ClosureDraft(cast.today, "digabung")
    assert refused(operations.close_posyandu, cast.melati, closing, by=cast.kepala) == "children_stay"
    assert not PosyanduClosure.objects.exists()


def test_an_empty_posyandu_closes_once_with_a_reason_and_not_ahead_of_time(cast: Cast) -> None:
    (empty,) = operations.open_posyandu(
        [("Anggrek", cast.melati.village, "09")], puskesmas=cast.andalas, by=cast.kepala
    )
    tomorrow = ClosureDraft(cast.today + timedelta(days=1), "digabung")
    assert refused(operations.close_posyandu, empty, tomorrow, by=None) == "closed_in_future"
    assert (
        refused(operations.close_posyandu, empty, ClosureDraft(cast.today, " "), by=None) == "reason_missing"
    )
    operations.close_posyandu(empty, ClosureDraft(cast.today, "digabung ke Melati"), by=cast.kepala)
    again = ClosureDraft(cast.today, "lagi")
    assert refused(operations.close_posyandu, empty, again, by=None) == "posyandu_closed"
    renamed = PosyanduDraft("Lain", empty.village)
    assert refused(operations.change_posyandu, empty, renamed, by=None) == "posyandu_closed"
    assert PlaceChange.objects.get(action="posyandu.close").reason == "digabung ke Melati"


def test_a_pustu_is_added_and_renamed(cast: Cast) -> None:
    village = cast.melati.village
    (pustu,) = operations.open_pustu(
        [PustuDraft("Andalas Timur", village)], puskesmas=cast.andalas, by=cast.kepala
    )
    operations.change_pustu(pustu, PustuDraft("Andalas Barat", village), by=cast.kepala)
    assert Pustu.objects.get().name == "Andalas Barat"
    taken = [PustuDraft("Andalas Barat", village)]
    assert refused(operations.open_pustu, taken, puskesmas=cast.andalas, by=None) == "name_taken"


def test_a_service_is_offered_and_ended_and_its_row_stays(cast: Cast) -> None:
    draft = ServiceDraft("Konsultasi gizi", "024", time(8), time(11), 10)
    (service,) = operations.offer_services([draft], puskesmas=cast.andalas, by=cast.kepala)
    operations.end_service(service, by=cast.kepala)
    operations.end_service(service, by=cast.kepala)
    assert Service.objects.get().ended_on == cast.today
    assert PlaceChange.objects.filter(action="service.end").count() == 1
    wrong = ServiceDraft("Gizi", "9", time(11), time(8))
    assert refused(operations.offer_services, [wrong], puskesmas=cast.andalas, by=None) == "weekdays_missing"


def test_a_village_that_was_forgotten_is_added_once(cast: Cast) -> None:
    forgotten = Area.objects.create(
        code="13.71.02.9999", name="Parak Baru", level=AreaLevel.VILLAGE, parent=cast.andalas.district
    )
    (added,) = operations.add_villages(cast.andalas, [forgotten, forgotten], by=cast.dinas)
    assert added.confirmed
    assert operations.add_villages(cast.andalas, [forgotten], by=cast.dinas) == []
    assert PlaceChange.objects.filter(action="area.add", name="Parak Baru").count() == 1
