"""The port: what every way of sending takes and answers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class OutboundMessage:
    """What a channel needs of a message. `key` is the message's own: a provider may hand it back with a status."""

    key: UUID
    name: str
    phone: str
    text: str
    text_in_link: bool


@dataclass(frozen=True)
class Accepted:
    """The provider has it and named it."""

    provider_id: str


@dataclass(frozen=True)
class Retry:
    """Nothing left; try again after a while."""

    after: timedelta
    code: str


@dataclass(frozen=True)
class Rejected:
    """Nothing left, and never will."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """Nobody knows whether it left (a timeout): never sent again blindly."""

    reason: str


@dataclass(frozen=True)
class NeedsHuman:
    """Somebody sends it from her own phone; `url` opens the chat, "" without a number."""

    url: str
    text: str


Answer = Accepted | Retry | Rejected | Unknown | NeedsHuman


class Channel(Protocol):
    """A way by which a message leaves. `send` may raise: that is an Unknown."""

    @property
    def name(self) -> str: ...

    @property
    def sends(self) -> bool:
        """Whether asking it lets anything leave: a try that broke off in one that sends nothing may be repeated."""

    def send(self, message: OutboundMessage) -> Answer: ...
