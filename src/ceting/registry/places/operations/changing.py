"""Verbs about places that stand already: described, confirmed, renamed, closed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.foundation.core.events import publish
from ceting.registry.places.drafts import ClosureDraft, OfficeDraft, PosyanduDraft, PustuDraft
from ceting.registry.places.events import PosyanduClosing, posyandu_closing
from ceting.registry.places.models import Area, Posyandu, PosyanduClosure, Puskesmas, Pustu, WorkArea
from ceting.registry.places.operations.founding import refuse_taken_code
from ceting.registry.places.operations.trace import Line, leave

NAME_TAKEN = "Nama ini sudah dipakai di kelurahan yang sama. Pilih nama lain."


@transaction.atomic
def describe_puskesmas(puskesmas: Puskesmas, draft: OfficeDraft, *, by: audit.Actor | None) -> Puskesmas:
    """How it is called and reached, and where one goes after hours. Raises RefusedError."""
    now = Puskesmas.objects.select_for_update().select_related("district").get(pk=puskesmas.pk)
    taken = Puskesmas.objects.filter(district=now.district, name=draft.name).exclude(pk=now.pk)
    if taken.exists():
        raise RefusedError(
            Problem("Di kecamatan ini sudah ada puskesmas dengan nama itu.", "name_taken", "name")
        )
    refuse_taken_code(draft.code, but=now)
    before, after = _apply(now, vars(draft))
    if after:
        now.save()
        line = Line(now.pk, str(now), _words(before), _words(after))
        leave("puskesmas.describe", "puskesmas", [line], puskesmas=now, by=by)
    return now


@transaction.atomic
def confirm_areas(
    puskesmas: Puskesmas, areas: Iterable[WorkArea], *, confirmed: bool = True, by: audit.Actor | None
) -> list[WorkArea]:
    """Somebody who knows says that the puskesmas does answer for these villages, or that it doesn't."""
    keys = [area.pk for area in areas]
    changed = list(
        WorkArea.objects.select_for_update(of=("self",))
        .select_related("village")
        .filter(puskesmas=puskesmas, pk__in=keys, confirmed=not confirmed)
    )
    for area in changed:
        area.confirmed = confirmed
        area.version += 1
    WorkArea.objects.bulk_update(changed, ["confirmed", "version"])
    action = "area.confirm" if confirmed else "area.doubt"
    leave(
        action,
        "work_area",
        [Line(area.pk, area.village.name) for area in changed],
        puskesmas=puskesmas,
        by=by,
    )
    return changed


@transaction.atomic
def add_villages(puskesmas: Puskesmas, villages: Iterable[Area], *, by: audit.Actor | None) -> list[WorkArea]:
    """Villages that were forgotten when it was opened. Those that it has already stay as they are."""
    now = Puskesmas.objects.select_for_update(no_key=True).get(pk=puskesmas.pk)
    known = set(now.work_areas.values_list("village", flat=True))
    added = WorkArea.objects.bulk_create(
        WorkArea(puskesmas=now, village=village, confirmed=True)
        for village in dict.fromkeys(villages)
        if village.pk not in known
    )
    lines = [Line(area.pk, area.village.name) for area in added]
    leave("area.add", "work_area", lines, puskesmas=now, by=by)
    return added


@transaction.atomic
def open_pustu(drafts: Iterable[PustuDraft], *, puskesmas: Puskesmas, by: audit.Actor | None) -> list[Pustu]:
    """New branches. Raises RefusedError for a name that the village has, or a village that isn't the puskesmas'."""
    given = list(drafts)
    opened = []
    for draft in given:
        refuse_foreign_village(draft, puskesmas)
        _refuse_taken(Pustu.objects.filter(puskesmas=puskesmas), draft)
        opened.append(Pustu.objects.create(puskesmas=puskesmas, village=draft.village, name=draft.name))
    lines = [Line(pustu.pk, str(pustu), after=pustu.village.name) for pustu in opened]
    leave("pustu.open", "pustu", lines, puskesmas=puskesmas, by=by)
    return opened


@transaction.atomic
def change_pustu(pustu: Pustu, draft: PustuDraft, *, by: audit.Actor | None) -> Pustu:
    """Another name or village. Raises RefusedError."""
    now = (
        Pustu.objects.select_for_update(of=("self",)).select_related("puskesmas", "village").get(pk=pustu.pk)
    )
    refuse_foreign_village(draft, now.puskesmas)
    _refuse_taken(Pustu.objects.filter(puskesmas=now.puskesmas).exclude(pk=now.pk), draft)
    called = str(now)
    before, after = _apply(now, vars(draft))
    if after:
        now.save()
        line = Line(now.pk, called, _words(before), _words(after))
        leave("pustu.change", "pustu", [line], puskesmas=now.puskesmas, by=by)
    return now


@transaction.atomic
def change_posyandu(posyandu: Posyandu, draft: PosyanduDraft, *, by: audit.Actor | None) -> Posyandu:
    """Another name, village, RW or kind. Its children and its past stay. Raises RefusedError."""
    now = _standing(posyandu)
    refuse_foreign_village(draft, now.puskesmas)
    _refuse_taken(Posyandu.objects.filter(puskesmas=now.puskesmas).exclude(pk=now.pk), draft)
    called = str(now)
    before, after = _apply(now, vars(draft))
    if after:
        now.save()
        line = Line(now.pk, called, _words(before), _words(after))
        leave("posyandu.change", "posyandu", [line], puskesmas=now.puskesmas, by=by)
    return now


@transaction.atomic
def close_posyandu(posyandu: Posyandu, draft: ClosureDraft, *, by: audit.Actor | None) -> PosyanduClosure:
    """It weighs no more. Raises RefusedError while somebody still needs it: its children move first."""
    now = _standing(posyandu)
    reason = draft.reason.strip()
    if not reason:
        raise RefusedError(Problem("Tulis mengapa posyandu ini ditutup.", "reason_missing", "reason"))
    if draft.closed_on > now.puskesmas.today():
        raise RefusedError(Problem("Tanggal tutup belum tiba.", "closed_in_future", "closed_on"))
    publish(posyandu_closing, PosyanduClosing(now.pk, draft.closed_on))
    closure = PosyanduClosure.objects.create(
        posyandu=now, closed_on=draft.closed_on, reason=reason, by_id=by.pk if by else None
    )
    line = Line(now.pk, str(now), after=f"{draft.closed_on:%d-%m-%Y}", reason=reason)
    leave("posyandu.close", "posyandu", [line], puskesmas=now.puskesmas, by=by)
    return closure


def refuse_foreign_village(draft: PosyanduDraft | PustuDraft, puskesmas: Puskesmas) -> None:
    """Raises RefusedError for a village that this puskesmas doesn't answer for, or a missing name."""
    if not draft.name.strip():
        raise RefusedError(Problem("Isi namanya.", "name_missing", "name"))
    if not puskesmas.work_areas.filter(village=draft.village).exists():
        raise RefusedError(
            Problem("Kelurahan ini tidak termasuk wilayah kerja puskesmas.", "village_foreign", "village")
        )


def _standing(posyandu: Posyandu) -> Posyandu:
    now = (
        Posyandu.objects.select_for_update(of=("self",))
        .select_related("puskesmas", "village")
        .get(pk=posyandu.pk)
    )
    if PosyanduClosure.objects.filter(posyandu=now).exists():
        raise RefusedError(Problem("Posyandu ini sudah ditutup.", "posyandu_closed"))
    return now


def _refuse_taken(others: models.QuerySet[Any], draft: PosyanduDraft | PustuDraft) -> None:
    if others.filter(village=draft.village, name=draft.name).exists():
        raise RefusedError(Problem(NAME_TAKEN, "name_taken", "name"))


def _apply(row: Any, wanted: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs; what was and what is, of the fields that changed."""
    before = {name: getattr(row, name) for name, value in wanted.items() if getattr(row, name) != value}
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    if after:
        row.version += 1
    return before, after


def _words(values: Mapping[str, Any]) -> str:
    return ", ".join(str(value) if value else "kosong" for value in values.values())
