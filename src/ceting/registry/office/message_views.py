"""Pages about messages that wait to be sent from somebody's own phone."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.messaging import operations
from ceting.foundation.messaging.models import OutboxMessage, State
from ceting.registry.accounts.access import StaffRequest, requires
from ceting.registry.office import message_presenters as words
from ceting.registry.office.messages_by_hand import sendable_by
from ceting.registry.places.models import Posyandu

PAGE = 20
MANY = 20


@requires("messages.send")
@require_safe
def by_hand(request: StaffRequest) -> HttpResponse:
    """What waits to be sent, the longest waiting first; under it what she has just dealt with."""
    now = request.user.now()
    mine = sendable_by(request.user)
    page = Paginator(mine.waiting(), PAGE).get_page(request.GET.get("page"))
    done = list(mine.handled_by(request.user, since=clock.now() - operations.UNDONE_WITHIN)[:MANY])
    recipients = {row.recipient_id for row in (*page, *done)}
    audit.record_read("caregiver", sorted(recipients), by=request.user, purpose="messages")
    context = {
        "page": page,
        "lines": words.hand_lines(page, request.user, _places(page), now),
        "handled": words.handled_lines(done, now),
    }
    return render(request, "office/messages.html", context)


@requires("messages.send")
@require_safe
def message_open(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """On to WhatsApp. Who may read the number is written down as having read it; others choose the contact there."""
    message = get_object_or_404(sendable_by(request.user), pk=message_id)
    url = words.link_for(message, request.user) if message.state == State.NEEDS_HUMAN else ""
    if not url:
        notes.warning(request, "WhatsApp tidak bisa dibuka dari sini. Lihat keterangan pada pesannya.")
        return redirect("messages:by-hand")
    audit.record_read("caregiver", [message.recipient_id], by=request.user, purpose="message")
    return HttpResponseRedirect(url)


@requires("messages.send")
@require_POST
def message_sent(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """ "Sudah terkirim"."""
    return _say(request, message_id, operations.mark_sent, "Dicatat: pesan untuk {name} sudah terkirim.")


@requires("messages.send")
@require_POST
def message_drop(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """ "Tidak jadi"."""
    return _say(request, message_id, operations.drop, "Dicatat: pesan untuk {name} tidak jadi dikirim.")


@requires("messages.send")
@require_POST
def message_take_back(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """ "Urungkan"."""
    return _say(request, message_id, operations.take_back, "Pesan untuk {name} menunggu dikirim lagi.")


def _say(
    request: StaffRequest, message_id: UUID, deed: Callable[..., OutboxMessage], sentence: str
) -> HttpResponse:
    message = get_object_or_404(sendable_by(request.user), pk=message_id)
    try:
        now = deed(message, by=request.user)
    except RefusedError as refusal:
        notes.error(request, refusal.problems[0].sentence)
    else:
        notes.success(request, sentence.format(name=now.recipient_name))
    return redirect("messages:by-hand")


def _places(rows: Iterable[OutboxMessage]) -> dict[UUID, str]:
    """Posyandu of the messages on this page -> its name; the messages themselves were asked for."""
    wanted = {row.posyandu_id for row in rows if row.posyandu_id}
    return {each.pk: str(each) for each in Posyandu.objects.filter(pk__in=wanted)}
