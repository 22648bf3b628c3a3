"""Who wrote what, who read whom. Append-only, sealed into a hash chain."""

import hashlib
import json
from typing import Any

from django.db import models

from ceting.foundation.core import clock
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.keys import new_key


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete the trail."""


class AuditEntry(models.Model):
    """One deed. A list that was read is one entry with all its ids.

    No foreign keys: the trail outlives what it speaks of. `detail` may hold old values, so it is encrypted.
    `seal_position` is set once, by the sealing job, and isn't part of what is sealed.
    """

    field_classes = classify(
        internal="id at actor_id puskesmas_id action subject_type subject_ids purpose detail seal_position"
    )

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField(default=clock.now)
    actor_id = models.UUIDField(null=True)
    puskesmas_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_ids = models.JSONField(default=list)
    purpose = models.CharField(max_length=80, blank=True)
    detail = EncryptedTextField(blank=True)
    seal_position = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = (
            # The sealing job asks for what isn't sealed yet; the chain's check asks seal by seal.
            models.Index(fields=["seal_position", "id"], name="audit_by_seal"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} x{len(self.subject_ids)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("the audit trail is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("the audit trail is only ever added to")

    def canonical(self) -> bytes:
        """What the seal covers: every column but the seal itself, in one fixed form."""
        return json.dumps(
            [
                str(self.id),
                self.at.isoformat(),
                str(self.actor_id),
                str(self.puskesmas_id),
                self.action,
                self.subject_type,
                self.subject_ids,
                self.purpose,
                self.detail,
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()


class ReadSubject(models.Model):
    """Of whom an entry says that she was read: an index, so that "who read me" never walks the trail of a city.

    Derived from the entry when it is sealed, and no part of what is sealed.
    """

    field_classes = classify(internal="id subject_id entry_id")

    subject_id = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        indexes = (
            # Keys of entries are in the order of time: the newest reads of one person, without a look at the table.
            models.Index(fields=["subject_id", "-entry_id"], name="read_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} in {self.entry_id}"


class AuditSeal(models.Model):
    """A link of the chain: the digest of a batch of entries and of the link before."""

    field_classes = classify(internal="position at count previous_digest digest")

    position = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    count = models.PositiveIntegerField()
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal {self.position} over {self.count}"

    @staticmethod
    def digest_of(previous_digest: str, entries: list[AuditEntry]) -> str:
        """SHA-256 over the previous digest and the entries in the order of their keys."""
        chain = hashlib.sha256(previous_digest.encode())
        for entry in sorted(entries, key=lambda entry: entry.id.bytes):
            chain.update(b"\n" + entry.canonical())
        return chain.hexdigest()
