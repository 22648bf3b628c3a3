"""An event is part of the fact that it tells: same transaction or not at all."""

import pytest
from django.db import transaction
from django.dispatch import Signal

from ceting.foundation.core.events import NotInTransactionError, publish


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_published() -> None:
    with pytest.raises(NotInTransactionError):
        publish(Signal(), object())


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_undoes_the_fact() -> None:
    signal = Signal()

    def stumble(**_: object) -> None:
        raise RuntimeError("no case without its measurement")

    signal.connect(stumble)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(signal, object())
