"""Verbs by which a puskesmas gets started: opened with its head, steps left out, values read, and the end of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts import link_operations
from ceting.registry.accounts.drafts import InvitationDraft
from ceting.registry.accounts.link_operations import Invited
from ceting.registry.accounts.models import User
from ceting.registry.office import reading
from ceting.registry.office.models import SettingsReading, StartFinish, StepSkip
from ceting.registry.office.start import ask, starts
from ceting.registry.office.steps import step_of
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, Puskesmas, WorkArea, settings_of

LONGEST_REASON = 200


@dataclass(frozen=True)
class OpeningDraft:
    """A puskesmas that is to join. `shared`: villages that another one answers for too are meant so."""

    name: str
    district: Area
    villages: tuple[Area, ...]
    zone: str
    code: str = ""
    shared: bool = False


def answered_elsewhere(villages: Iterable[Area], *, but: Puskesmas | None = None) -> dict[Area, list[str]]:
    """Village -> the puskesmas that answer for it already."""
    found: dict[Area, list[str]] = {}
    areas = WorkArea.objects.filter(village__in=list(villages)).select_related("village", "puskesmas")
    for area in areas.exclude(puskesmas=but).order_by("village__name", "puskesmas__name"):
        found.setdefault(area.village, []).append(str(area.puskesmas))
    return found


@transaction.atomic
def open_with_head(draft: OpeningDraft, head: InvitationDraft, *, by: User) -> tuple[Puskesmas, Invited]:
    """A new puskesmas, and whoever is to run it with the link that she comes in by. Raises RefusedError.

    Harmless to repeat: until the head has come in, the same opening gives her a new link and nothing else.
    """
    Area.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.district.pk)
    puskesmas = Puskesmas.objects.filter(district=draft.district, name=draft.name).first()
    if puskesmas is None:
        _refuse_shared(draft)
        puskesmas = places.open_puskesmas(
            draft.name,
            district=draft.district,
            villages=draft.villages,
            confirmed=False,
            code=draft.code,
            zone=draft.zone,
            by=by,
        )
    elif not _waits_for(head, puskesmas):
        sentence = "Di kecamatan ini sudah ada puskesmas dengan nama itu. Buka langkah awalnya dari daftar."
        raise RefusedError(Problem(sentence, "name_taken", "name"))
    (invited,) = link_operations.invite_many([replace(head, puskesmas=puskesmas)], by=by)
    return puskesmas, invited


def _waits_for(head: InvitationDraft, puskesmas: Puskesmas) -> bool:
    """Whether the same person was invited to run it and hasn't come in yet."""
    people = User.objects.filter(
        puskesmas=puskesmas,
        name__iexact=head.name,
        role_assignments__role=head.role,
        role_assignments__puskesmas=puskesmas,
        role_assignments__ended_at=None,
    )
    return any(not user.has_usable_password() for user in people)


def _refuse_shared(draft: OpeningDraft) -> None:
    if not draft.villages:
        raise RefusedError(Problem("Pilih paling sedikit satu kelurahan.", "villages_missing", "villages"))
    shared = answered_elsewhere(draft.villages)
    if shared and not draft.shared:
        words = ", ".join(f"{village} ({' dan '.join(names)})" for village, names in shared.items())
        sentence = (
            f"Sudah termasuk wilayah puskesmas lain: {words}. Batalkan pilihannya, atau centang di bawah bila "
            "memang dibagi berdua."
        )
        raise RefusedError(Problem(sentence, "villages_shared", "villages"))


@transaction.atomic
def skip_step(puskesmas: Puskesmas, code: str, *, reason: str, by: User) -> StepSkip:
    """Leave a step out, and say why. Skipping it again changes nothing. Raises RefusedError."""
    if step_of(code) is None:
        raise RefusedError(Problem("Langkah ini tidak dikenal.", "unknown_step"))
    words = " ".join(reason.split())
    if not words:
        raise RefusedError(Problem("Tulis alasannya, supaya yang lain mengerti.", "reason_missing", "reason"))
    if len(words) > LONGEST_REASON:
        sentence = f"Alasan terlalu panjang. Singkat sampai {LONGEST_REASON} huruf."
        raise RefusedError(Problem(sentence, "reason_long", "reason"))
    _lock(puskesmas)
    skip, made = StepSkip.objects.get_or_create(
        puskesmas=puskesmas, step=code, resumed_at=None, defaults={"reason": words, "skipped_by": by}
    )
    if made:
        told = {"step": code, "reason": words}
        audit.record("step.skip", "step", [skip.pk], by=by, puskesmas_id=puskesmas.pk, detail=told)
    return skip


@transaction.atomic
def resume_step(puskesmas: Puskesmas, code: str, *, by: User) -> None:
    """It is to be done after all. Harmless to repeat."""
    _lock(puskesmas)
    for skip in StepSkip.objects.filter(puskesmas=puskesmas, step=code, resumed_at=None):
        skip.resumed_at, skip.resumed_by = clock.now(), by
        skip.version += 1
        skip.save()
        audit.record(
            "step.resume", "step", [skip.pk], by=by, puskesmas_id=puskesmas.pk, detail={"step": code}
        )


@transaction.atomic
def confirm_settings(puskesmas: Puskesmas, *, seen: str, by: User) -> SettingsReading:
    """A doctor has read the values that stand. `seen` is the digest of those that her page showed.

    Refused when they changed meanwhile. The same values read again by her are one reading.
    """
    _lock(puskesmas)
    now = dict(reading.values_of(settings_of(puskesmas)))
    if seen != reading.digest(now):
        sentence = "Ada nilai yang berubah sejak halaman ini dibuka. Baca sekali lagi, lalu tekan lagi."
        raise RefusedError(Problem(sentence, "values_changed"))
    last = SettingsReading.objects.filter(puskesmas=puskesmas).order_by("created_at", "id").last()
    if last is not None and last.values == now and last.read_by_id == by.pk:
        return last
    read = SettingsReading.objects.create(puskesmas=puskesmas, values=now, read_by=by)
    audit.record("setting.read", "setting", [read.pk], by=by, puskesmas_id=puskesmas.pk, detail=now)
    return read


@transaction.atomic
def finish_start(puskesmas: Puskesmas, *, by: User) -> StartFinish:
    """The puskesmas has got started. Raises RefusedError while steps are neither done nor left out."""
    _lock(puskesmas)
    (start,) = starts(ask(Puskesmas.objects.filter(pk=puskesmas.pk)))
    if start.open_steps:
        sentence = f"Masih ada {start.open_steps} langkah. Selesaikan, atau lewati dengan alasan."
        raise RefusedError(Problem(sentence, "steps_open"))
    finish, made = StartFinish.objects.get_or_create(puskesmas=puskesmas, defaults={"finished_by": by})
    if made:
        audit.record("start.finish", "puskesmas", [puskesmas.pk], by=by, puskesmas_id=puskesmas.pk)
    return finish


def _lock(puskesmas: Puskesmas) -> None:
    """Two people at one start come one after the other."""
    Puskesmas.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=puskesmas.pk)
