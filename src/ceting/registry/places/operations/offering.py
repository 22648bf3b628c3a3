"""Verbs about what a puskesmas offers."""

from collections.abc import Iterable

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.places.drafts import ServiceDraft
from ceting.registry.places.models import WEEKDAYS, Puskesmas, Service
from ceting.registry.places.operations.trace import Line, leave


@transaction.atomic
def offer_services(
    drafts: Iterable[ServiceDraft], *, puskesmas: Puskesmas, by: audit.Actor | None
) -> list[Service]:
    """New services with their days, hours and quota. Raises RefusedError."""
    offered = []
    for draft in drafts:
        _refuse_unclear(draft)
        offered.append(Service(puskesmas=puskesmas, by_id=by.pk if by else None, **vars(draft)))
    Service.objects.bulk_create(offered)
    lines = [Line(each.pk, each.name, after=hours(each)) for each in offered]
    leave("service.offer", "service", lines, puskesmas=puskesmas, by=by)
    return offered


@transaction.atomic
def end_service(service: Service, *, by: audit.Actor | None) -> None:
    """From today on it is no longer offered. Harmless to repeat."""
    now = Service.objects.select_for_update(of=("self",)).select_related("puskesmas").get(pk=service.pk)
    if now.ended_on is None:
        now.ended_on = now.puskesmas.today()
        now.ended_by_id = by.pk if by else None
        now.version += 1
        now.save()
        line = Line(now.pk, now.name, before=hours(now))
        leave("service.end", "service", [line], puskesmas=now.puskesmas, by=by)


def hours(service: Service) -> str:
    """`Senin, Rabu 08.00-11.00`, for the history."""
    days = ", ".join(WEEKDAYS[int(digit)] for digit in service.weekdays)
    return f"{days} {service.starts:%H.%M}-{service.ends:%H.%M}"


def _refuse_unclear(draft: ServiceDraft) -> None:
    problems = []
    if not draft.name.strip():
        problems.append(Problem("Isi nama layanan.", "name_missing", "name"))
    if not draft.weekdays or not set(draft.weekdays) <= set("0123456"):
        problems.append(Problem("Pilih paling sedikit satu hari.", "weekdays_missing", "weekdays"))
    if draft.ends <= draft.starts:
        problems.append(Problem("Jam selesai harus sesudah jam mulai.", "ends_before_start", "ends"))
    if draft.quota is not None and not 1 <= draft.quota <= 1000:
        problems.append(Problem("Isi jumlah orang dari 1 sampai 1000.", "quota_out_of_bounds", "quota"))
    if problems:
        raise RefusedError(*problems)
