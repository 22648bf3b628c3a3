"""News that travels up the house. Receivers run inside the writer's transaction and write only rows."""

from typing import Any

from django.db import transaction
from django.dispatch import Signal


class NotInTransactionError(RuntimeError):
    """An event was published outside its writer's transaction: a crash could part the fact from its effects."""


def publish(signal: Signal, event: Any) -> None:
    """Send `event` to every receiver now. A receiver's error undoes the whole transaction, on purpose."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(f"{type(event).__name__} was published outside a transaction")
    signal.send(sender=type(event), event=event)
