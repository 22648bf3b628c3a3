"""Words about requests and their clock; no database."""

from dataclasses import dataclass
from datetime import datetime

from ceting.foundation.ui.numerals import moment
from ceting.foundation.ui.wording import relative_time
from ceting.registry.rights.models import DataRequest, Outcome

_TONES = {Outcome.DONE: "good", Outcome.PARTLY: "attention", Outcome.REFUSED: "neutral"}


def due_words(due: datetime, now: datetime) -> tuple[str, str]:
    """(tone, words): "2 hari lagi", and once it is over "terlambat 5 jam". The last moment is still in time."""
    if now > due:
        amount = relative_time(due, now).removesuffix(" lalu")
        return "danger", "baru saja lewat waktu" if amount == "baru saja" else f"terlambat {amount}"
    left = relative_time(due, now)
    words = "jatuh tempo sekarang" if left in ("baru saja", "sebentar lagi") else left
    return ("attention" if (due - now).total_seconds() < 24 * 3600 else "info"), words


@dataclass(frozen=True)
class RequestLine:
    """One request as the list and its page show it."""

    request: DataRequest
    kind: str
    about: str
    received: str
    due: str
    tone: str
    words: str
    reason: str


def line(request: DataRequest, now: datetime) -> RequestLine:
    answer, zone = getattr(request, "answer", None), request.puskesmas.timezone
    if answer is None:
        tone, words = due_words(request.due_at, now)
    else:
        late = "" if answer.in_time else ", terlambat"
        tone, words = _TONES[Outcome(answer.outcome)], f"{answer.get_outcome_display()}{late}"
    return RequestLine(
        request=request,
        kind=request.get_kind_display(),
        about=about(request),
        received=moment(request.received_at, zone),
        due=moment(request.due_at, zone),
        tone=tone,
        words=words,
        reason=answer.reason if answer else "",
    )


def about(request: DataRequest) -> str:
    if request.child is not None:
        return request.child.name
    return request.caregiver.name if request.caregiver is not None else "Seluruh keluarga"


def facts(request: DataRequest) -> list[tuple[str, str]]:
    """What was written down when it was received."""
    zone = request.puskesmas.timezone
    found = [
        ("Diminta oleh", request.asked_by),
        ("Orangnya dipastikan", request.get_identity_display()),
        ("Diterima", f"{moment(request.received_at, zone)}, {request.get_channel_display().lower()}"),
        ("Dijawab paling lambat", moment(request.due_at, zone)),
        ("Dicatat oleh", request.recorded_by.name),
    ]
    if request.details:
        found.append(("Keterangan", request.details))
    answer = getattr(request, "answer", None)
    if answer is not None:
        found.append(("Dijawab", f"{moment(answer.answered_at, zone)}, {answer.by.name}"))
        if answer.reason:
            found.append(("Alasan", answer.reason))
    return found
