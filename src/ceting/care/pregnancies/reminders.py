"""Reminders of the next antenatal contact. What holds back whatever assumes a living pregnancy is in `gates`.

Rows only, in the transaction of their cause; whether one may leave is asked when it is about to.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta

from ceting.care.pregnancies.gates import ENDED, PREGNANCY
from ceting.care.pregnancies.models import Pregnancy
from ceting.care.pregnancies.words import woman_name
from ceting.foundation.core import clock
from ceting.foundation.messaging import operations as messaging
from ceting.foundation.messaging.drafts import MessageDraft
from ceting.foundation.messaging.models import Gate
from ceting.standards.pregnancy import contacts as schedule

DONE = "done"
"""The reason of a gate: this contact took place."""
MORNING, A_WEEK = time(8), timedelta(days=7)


def remind(pregnancies: Sequence[Pregnancy]) -> None:
    """Queue the reminder of each one's next contact; the same contact twice is one message, on its newest day."""
    open_ones = [each for each in pregnancies if each.is_open and each.next_contact]
    messaging.requeue([_reminder(each) for each in open_ones], by=None)


def remind_anew(pregnancy: Pregnancy) -> None:
    """Her weeks are counted from another day: reminders of other contacts don't wait for days that were wrong."""
    others = [code for code in _contacts() if code != pregnancy.next_contact]
    messaging.withdraw([_dedupe_key(pregnancy, code) for code in others], by=None)
    remind([pregnancy])


def _reminder(pregnancy: Pregnancy) -> MessageDraft:
    start, until = pregnancy.next_from, pregnancy.next_until
    if start is None or until is None:
        raise ValueError("a contact that comes next has its days")
    zone = pregnancy.puskesmas.timezone
    begins = max(start, pregnancy.puskesmas.today())
    # A contact that is late is worth one word, too.
    ends = until if until > begins else begins + A_WEEK
    return MessageDraft(
        recipient_id=pregnancy.woman_id,
        recipient_name=pregnancy.woman.name,
        phone=pregnancy.woman.phone,
        puskesmas_id=pregnancy.puskesmas_id,
        posyandu_id=pregnancy.posyandu_id,
        topic=topic_of(pregnancy, pregnancy.next_contact),
        text=(
            f"Selamat pagi, {woman_name(pregnancy)}. Sudah waktunya Ibu periksa di posyandu, puskesmas atau bidan. "
            "Bawa Buku KIA. Bila ada keluhan, jangan menunggu: segera temui bidan."
        ),
        dedupe_key=_dedupe_key(pregnancy, pregnancy.next_contact),
        not_before=datetime.combine(begins, MORNING, tzinfo=zone),
        expires_at=datetime.combine(ends, MORNING, tzinfo=zone),
    )


def topic_of(pregnancy: Pregnancy, contact: str) -> str:
    """One contact of one pregnancy: what is done is reminded of no more."""
    return f"{PREGNANCY}.{contact.lower()}.{str(pregnancy.pk)[-12:]}"


def _dedupe_key(pregnancy: Pregnancy, contact: str) -> str:
    return f"contact:{pregnancy.pk}:{contact}"


def _contacts() -> list[str]:
    """K1 to K6; another pattern moves their weeks and not their names."""
    return [slot.code for slot in schedule.slots()]


def settle_done(pregnancy: Pregnancy, done: Collection[str]) -> None:
    """Exactly these contacts took place, as the rows that stand have it: a struck out one is reminded of again."""
    topics = {topic_of(pregnancy, contact): contact in done for contact in _contacts()}
    rows = Gate.objects.closed_at(clock.now()).filter(recipient_id=pregnancy.woman_id, reason=DONE)
    closed = set(rows.filter(topic__in=topics).values_list("topic", flat=True))
    for topic, is_done in topics.items():
        if is_done and topic not in closed:
            messaging.close_gate(pregnancy.woman_id, topic=topic, reason=DONE, by=None)
        elif topic in closed and not is_done:
            messaging.lift_gate(pregnancy.woman_id, topic=topic, reason=DONE, by=None)


def forget(pregnancy: Pregnancy) -> None:
    """What waits about this pregnancy never leaves, not even when another one opens her messages again."""
    if pregnancy.next_contact:
        topic = topic_of(pregnancy, pregnancy.next_contact)
        messaging.close_gate(pregnancy.woman_id, topic=topic, reason=ENDED, by=None)


def recall(pregnancy: Pregnancy) -> None:
    """It goes on after all."""
    if pregnancy.next_contact:
        topic = topic_of(pregnancy, pregnancy.next_contact)
        messaging.lift_gate(pregnancy.woman_id, topic=topic, reason=ENDED, by=None)
