"""A channel that keeps what it sends, and a puskesmas whose rules name it."""

from collections.abc import Iterator

import pytest

from ceting.foundation.messaging import contributing
from ceting.foundation.messaging.channels import CHANNELS
from ceting.foundation.messaging.tests.posting import Postbox, rules


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    box = Postbox()
    monkeypatch.setitem(CHANNELS, box.name, box)
    monkeypatch.setattr(contributing, "_sources", [lambda _: rules()])
    return box
