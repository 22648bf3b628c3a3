"""Verbs that mend what stands: a correction is a new row that names the old one, a strike-out a row beside it."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from ceting.care.measurements import operations
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Measurement, Withdrawal
from ceting.foundation.core.errors import EditConflictError, Problem, RefusedError
from ceting.registry.accounts.models import User
from ceting.registry.families.models import Child

REASONS = {
    "typed_wrong": "Salah ketik",
    "read_wrong": "Salah baca alat",
    "wrong_day": "Salah tanggal",
    "wrong_position": "Salah posisi (terlentang/berdiri)",
    "wrong_child": "Salah anak",
    "measured_again": "Sudah diukur ulang",
    "other": "Lainnya",
}
"""Why a value is corrected: code -> words. Free words may follow."""
STRIKE_REASONS = {
    "not_measured": "Bukan hasil ukur, salah dicatat",
    "typed_twice": "Tercatat dua kali",
    "other": "Lainnya",
}


@transaction.atomic
def correct(
    row: Measurement, draft: MeasurementDraft, *, reason: str, words: str = "", by: User
) -> Measurement:
    """Write `draft` in place of `row`, for her own child or, when it was another child's, for that one.

    Both children are derived again. Refuses without a reason, and when nothing changes; raises EditConflictError
    when somebody corrected the row meanwhile.
    """
    told = reason_words(REASONS, reason, words)
    standing = _locked(row, draft.child)
    if draft.child.pk == standing.child_id and _says_the_same(standing, draft):
        raise RefusedError(
            Problem(
                "Belum ada yang diubah. Ubah angkanya, tanggalnya, atau pilih anak yang benar.", "unchanged"
            )
        )
    (new,) = operations.record_many([replace(draft, corrects=standing, reason=told)], by=by)
    return new


@transaction.atomic
def strike_out(row: Measurement, *, reason: str, words: str = "", by: User) -> Withdrawal:
    """ "Bukan hasil ukur": the row stays readable and counts nowhere. Refuses without a reason."""
    told = reason_words(STRIKE_REASONS, reason, words)
    standing = _locked(row, row.child)
    withdrawal = Withdrawal.objects.create(measurement=standing, by=by, reason=told)
    operations.leave_out([standing], by=by)
    return withdrawal


def reason_words(reasons: dict[str, str], reason: str, words: str) -> str:
    """The reason as it is kept: `Salah ketik: 8,5 bukan 85`. Raises RefusedError."""
    free = " ".join(words.split())
    if reason not in reasons:
        raise RefusedError(Problem("Pilih alasannya.", "reason", "reason"))
    if reason == "other" and not free:
        raise RefusedError(Problem("Tulis alasannya dengan kata-kata sendiri.", "reason_words", "words"))
    told = free if reason == "other" else f"{reasons[reason]}: {free}" if free else reasons[reason]
    if len(told) > operations.LONGEST_REASON:
        raise RefusedError(Problem("Alasannya terlalu panjang. Tulis lebih singkat.", "long_reason", "words"))
    return told


def _locked(row: Measurement, other: Child) -> Measurement:
    """The row as it stands, with its child and the one it goes to locked. Raises EditConflictError."""
    keys = sorted({row.child_id, other.pk})
    list(Child.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").only("pk"))
    standing = (
        Measurement.objects.current().filter(pk=row.pk).select_related("child__puskesmas", "session").first()
    )
    if standing is None:
        raise _mended_meanwhile(row.pk)
    return standing


def _mended_meanwhile(row_id: UUID) -> EditConflictError:
    newest = Measurement.objects.filter(corrects=row_id).first()
    sentence = (
        "Baris ini baru saja diperbaiki orang lain. Lihat riwayat, lalu perbaiki baris yang terbaru."
        if newest
        else "Baris ini sudah dicoret. Lihat riwayatnya."
    )
    theirs = {name: getattr(newest, name) for name in operations.MEASURED} if newest else {}
    return EditConflictError(Problem(sentence, "edit_conflict"), theirs=theirs, version=0)


def _says_the_same(row: Measurement, draft: MeasurementDraft) -> bool:
    return row.measured_on == draft.measured_on and operations.same_values(row, draft)
