"""One code, typed in two windows at the same moment."""

import threading
import time

import pytest
from django.db import connections

from ceting.foundation.core import ciphers
from ceting.registry.accounts import factor_operations
from tests.cast import gather
from tests.codes import code_now

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_typed_twice_at_once_opens_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rina = gather().bidan_rina
    factor_operations.add_app(rina, secret=SECRET, code=code_now(SECRET), by=rina)
    plain = ciphers.decrypt

    def slow(stored: str, *, column: str) -> str:
        time.sleep(0.3)
        return plain(stored, column=column)

    monkeypatch.setattr(factor_operations.ciphers, "decrypt", slow)
    opened: list[str] = []

    def use() -> None:
        try:
            # The next half minute's: this one's was used when the app was set up.
            opened.append(factor_operations.use_code(rina, code_now(SECRET, steps=1)))
        finally:
            connections.close_all()

    hands = [threading.Thread(target=use) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(opened) == ["", "app"]
