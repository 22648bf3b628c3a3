"""What her death is to a pregnancy: an end of it, or a fact of its own after a birth or a loss.

The fact stands in the register (`families.caregiver_deaths`), where a family reads it; here is what follows from it.
"""

from datetime import date

from ceting.care.pregnancies.models import EndKind, Outcome, PostnatalVisit, Pregnancy
from ceting.foundation.core.errors import Problem, refused
from ceting.registry.accounts.models import User
from ceting.registry.families import woman_operations
from ceting.registry.families.events import CaregiverDied
from ceting.registry.families.models import Caregiver
from ceting.standards.numbers import format_date

MOVED = "Tanggal akhir kehamilan diperbaiki"


def carry_into_register(now: Pregnancy, outcome: Outcome, *, by: User | None) -> None:
    """An end that is her death marks her there as well, with the same day."""
    if outcome.kind == EndKind.MATERNAL_DEATH:
        woman_operations.record_caregiver_death(now.woman, died_on=outcome.ended_on, by=by)


def move_in_register(now: Pregnancy, outcome: Outcome, *, by: User) -> None:
    """The day of that end was another one. Its row says the new day already."""
    if outcome.kind == EndKind.MATERNAL_DEATH:
        woman_operations.undo_caregiver_death(now.woman, reason=MOVED, by=by)
        woman_operations.record_caregiver_death(now.woman, died_on=outcome.ended_on, by=by)


def take_out_of_register(now: Pregnancy, outcome: Outcome, *, reason: str, by: User) -> None:
    """That end was a mistake, and so was her death. Its row is undone already."""
    if outcome.kind == EndKind.MATERNAL_DEATH:
        woman_operations.undo_caregiver_death(now.woman, reason=reason, by=by)


def refuse_while_mourned(now: Pregnancy, outcome: Outcome) -> None:
    """A pregnancy doesn't go on after her death. Raises RefusedError."""
    if outcome.kind != EndKind.MATERNAL_DEATH and not now.woman.lives:
        raise refused(
            "Ibu ini tercatat meninggal sesudah kehamilannya berakhir. Bila keliru, batalkan dulu catatan itu.",
            "died",
        )


def problems_of_end(now: Pregnancy, outcome: Outcome) -> list[Problem]:
    """What is wrong with a day of the end, after she died."""
    died_on = now.woman.died_on
    if outcome.kind == EndKind.MATERNAL_DEATH or died_on is None or outcome.ended_on <= died_on:
        return []
    sentence = f"Ibu tercatat meninggal {format_date(died_on)}, sebelum tanggal ini. Periksa lagi tanggalnya."
    return [Problem(sentence, "after_death", "ended_on")]


def problems_of_visit(now: Pregnancy, outcome: Outcome, on: date) -> list[Problem]:
    """What is wrong with a visit to her on that day."""
    died_on = now.woman.died_on
    if died_on is None or (on <= died_on and outcome.kind != EndKind.MATERNAL_DEATH):
        return []
    sentence = f"Ibu meninggal {format_date(died_on)}. Yang dicatat hanya kunjungan sebelum itu."
    return [Problem(sentence, "died", "on")]


def refuse_impossible_death(event: CaregiverDied) -> None:
    """A death during a pregnancy is told as its end, and taken back with it. Raises RefusedError."""
    woman = Caregiver.objects.get(pk=event.caregiver_id)
    if event.lives:
        _refuse_apart(woman, event)
        return
    if Pregnancy.objects.open().filter(woman=woman).exists():
        sentence = "Ibu ini tercatat hamil. Catat di halaman kehamilannya: kehamilan berakhir, ibu meninggal."
        raise refused(sentence, "pregnant")
    followed = Pregnancy.objects.followed().filter(woman=woman)
    last_end = followed.order_by("-ended_on").values_list("ended_on", flat=True).first()
    visits = PostnatalVisit.objects.standing().filter(pregnancy__woman=woman, on__gt=event.died_on)
    if (last_end is not None and event.died_on < last_end) or visits.exists():
        sentence = (
            "Sesudah tanggal ini masih ada persalinan atau kunjungan nifas yang tercatat. Periksa lagi."
        )
        raise refused(sentence, "seen_later", "died_on")


def _refuse_apart(woman: Caregiver, event: CaregiverDied) -> None:
    """Only while the day moves is that end on another day than the death that is taken back."""
    ends = Outcome.objects.standing().filter(pregnancy__woman=woman, kind=EndKind.MATERNAL_DEATH)
    if ends.filter(ended_on=event.died_on).exists():
        sentence = "Kematian ini dicatat sebagai akhir kehamilan. Batalkan dari halaman kehamilannya."
        raise refused(sentence, "end_of_pregnancy")
