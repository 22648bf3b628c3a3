"""Verbs of the trail: write an entry, seal what is new, verify the chain."""

import json
from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction

from ceting.foundation.audit.models import AuditEntry, AuditSeal, ReadSubject

GENESIS = "0" * 64
SEAL_BATCH = 5000
READ = "read"


class Actor(Protocol):
    """Whoever acts: this floor knows no users, only their key and their puskesmas."""

    @property
    def pk(self) -> Any: ...

    @property
    def puskesmas_id(self) -> UUID | None: ...


class BrokenChainError(Exception):
    """The trail was changed, or entries are missing, at `position`."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"seal {position}: {reason}")
        self.position = position


def record(
    action: str,
    subject_type: str,
    subject_ids: Iterable[UUID],
    *,
    by: Actor | None,
    puskesmas_id: UUID | None = None,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write one entry for a deed over any number of subjects, in the caller's transaction.

    `by=None` is the house itself (a nightly job). `detail` holds what changed, old values included.
    """
    AuditEntry.objects.create(
        actor_id=by.pk if by is not None else None,
        puskesmas_id=puskesmas_id or (by.puskesmas_id if by is not None else None),
        action=action,
        subject_type=subject_type,
        subject_ids=[str(key) for key in subject_ids],
        purpose=purpose,
        detail=json.dumps(detail, ensure_ascii=False, default=str) if detail else "",
    )


def record_read(subject_type: str, subject_ids: Iterable[UUID], *, by: Actor, purpose: str) -> None:
    """Every read of personal data leaves one entry: a page one id, a list all its ids. Nothing for an empty list."""
    keys = list(subject_ids)
    if keys:
        record(READ, subject_type, keys, by=by, purpose=purpose)


def reads_of(subject_ids: Iterable[UUID]) -> list[UUID]:
    """Keys of the entries that say that one of these was read, the newest first, each once.

    By index: the sealed ones from ReadSubject; of those still to be sealed (a minute of them) the newest SEAL_BATCH.
    """
    keys = {str(key) for key in subject_ids}
    fresh = [entry.pk for entry in unsealed_reads()[:SEAL_BATCH] if keys.intersection(entry.subject_ids)]
    return [*fresh, *sealed_reads_of(keys)]


def unsealed_reads() -> models.QuerySet[AuditEntry]:
    waiting = AuditEntry.objects.filter(seal_position=None, action=READ)
    return waiting.only("id", "subject_ids").order_by("-id")


def sealed_reads_of(subject_ids: Iterable[UUID | str]) -> models.QuerySet[ReadSubject, UUID]:
    found = ReadSubject.objects.filter(subject_id__in=list(subject_ids))
    return found.order_by("-entry_id").values_list("entry_id", flat=True).distinct()


def _index_reads(entries: Iterable[AuditEntry]) -> None:
    rows = [
        ReadSubject(subject_id=key, entry_id=entry.pk)
        for entry in entries
        if entry.action == READ
        for key in set(entry.subject_ids)
    ]
    ReadSubject.objects.bulk_create(rows, batch_size=1000)


@transaction.atomic
def seal() -> AuditSeal | None:
    """Seal up to SEAL_BATCH entries that no seal covers yet; None when there are none.

    Who was read is indexed here: a page then pays for one row, however many people stand on it.
    """
    last = AuditSeal.objects.select_for_update().order_by("-position").first()
    entries = list(AuditEntry.objects.filter(seal_position=None).order_by("id")[:SEAL_BATCH])
    if not entries:
        return None
    position = last.position + 1 if last else 1
    previous = last.digest if last else GENESIS
    AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(seal_position=position)
    _index_reads(entries)
    return AuditSeal.objects.create(
        position=position,
        count=len(entries),
        previous_digest=previous,
        digest=AuditSeal.digest_of(previous, entries),
    )


def verify() -> int:
    """Walk the whole chain; the number of sealed entries. Raises BrokenChainError at the first broken link."""
    previous, expected_position, total = GENESIS, 1, 0
    for link in AuditSeal.objects.order_by("position").iterator():
        entries = list(AuditEntry.objects.filter(seal_position=link.position))
        if link.position != expected_position or link.previous_digest != previous:
            raise BrokenChainError(link.position, "a link is missing before this one")
        if len(entries) != link.count:
            raise BrokenChainError(
                link.position, f"{link.count} entries were sealed, {len(entries)} are here"
            )
        if AuditSeal.digest_of(previous, entries) != link.digest:
            raise BrokenChainError(link.position, "an entry was changed after it was sealed")
        previous, expected_position, total = link.digest, expected_position + 1, total + link.count
    return total
