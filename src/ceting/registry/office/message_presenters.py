"""Words about messages that staff send from their own phones; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ceting.foundation.messaging.chat_links import chat_url
from ceting.foundation.messaging.models import Kind, OutboxMessage, State
from ceting.foundation.ui.numerals import moment
from ceting.foundation.ui.wording import relative_time
from ceting.registry.accounts.access import readable
from ceting.registry.accounts.models import User

NO_PHONE = "Nomor HP-nya belum ada. Sampaikan langsung, atau lewat keluarganya."
NUMBER_IS_HIDDEN = (
    "Nomor HP hanya dibaca petugas. Salin pesannya, lalu pilih sendiri kontaknya di WhatsApp Ibu/Bapak."
)
CHOOSE_CONTACT = (
    "WhatsApp akan menanyakan kirim ke siapa: pilih kontaknya sendiri. Nomor HP hanya dibaca petugas."
)


@dataclass(frozen=True)
class HandLine:
    """One message of the list. `opens`: whether a button leads to WhatsApp; `hint` says what the button doesn't do."""

    message: OutboxMessage
    number: str
    name: str
    place: str
    text: str
    kind: str
    tone: str
    waiting: str
    until: str
    opens: bool
    hint: str
    doubtful: bool

    @classmethod
    def of(
        cls, message: OutboxMessage, number: int, user: User, places: Mapping[UUID, str], now: datetime
    ) -> "HandLine":
        with_number = readable(user, message, "phone")
        opens = bool(link_for(message, user))
        follow_up = message.kind != Kind.PROGRAMME
        hidden = CHOOSE_CONTACT if opens else NUMBER_IS_HIDDEN
        missing = "" if message.phone else NO_PHONE
        return cls(
            message=message,
            number=str(number),
            name=message.recipient_name,
            place=places.get(message.posyandu_id, "") if message.posyandu_id else "",
            text=message.text,
            kind=str(Kind(message.kind).label),
            tone="attention" if follow_up else "neutral",
            waiting=relative_time(message.not_before, now),
            until=moment(message.expires_at, now.tzinfo),
            opens=opens,
            hint=missing if with_number else hidden,
            doubtful=message.perhaps_sent,
        )


@dataclass(frozen=True)
class HandledLine:
    """One message that she has just dealt with, and may take back."""

    message: OutboxMessage
    name: str
    word: str
    tone: str
    when: str


def hand_lines(
    messages: Iterable[OutboxMessage], user: User, places: Mapping[UUID, str], now: datetime
) -> list[HandLine]:
    return [HandLine.of(each, number, user, places, now) for number, each in enumerate(messages, 1)]


def handled_lines(messages: Iterable[OutboxMessage], now: datetime) -> list[HandledLine]:
    return [
        HandledLine(
            message=message,
            name=message.recipient_name,
            word="terkirim" if message.state == State.SENT else "tidak jadi",
            tone="good" if message.state == State.SENT else "neutral",
            when=relative_time(message.settled_at or now, now),
        )
        for message in messages
    ]


def link_for(message: OutboxMessage, user: User) -> str:
    """Where her button leads; "" when it would lead nowhere. Only who may read a number gets a link with one."""
    phone = message.phone if readable(user, message, "phone") else ""
    return chat_url(phone, message.text if message.text_in_link else "")
