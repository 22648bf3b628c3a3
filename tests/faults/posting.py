"""A worker of messages in a process of its own, for tests/faults/test_messages.py: delivers again and again.

Words: the file in which everything that really left is a line (the message, this process, whether its answer lingers),
and a seed. Its channel writes the line and then takes its time to answer: a kill comes before, after and in between.
"""

import os
import random
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from ceting.foundation.messaging import contributing, delivery  # noqa: E402
from ceting.foundation.messaging.channels import CHANNELS  # noqa: E402
from ceting.foundation.messaging.channels.base import Accepted, Answer, OutboundMessage  # noqa: E402

LEASE = timedelta(seconds=5)
LINGERS, AS_LONG_AS = 0.04, 2.0
"""How often its channel answers so late that a kill meets it on any machine, and seconds: fewer than LEASE."""


class Letterbox:
    """Writes what left into a file that outlives this process."""

    name = "letterbox"
    sends = True

    def __init__(self, file: Path, seed: int) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._chance = random.Random(seed)

    def send(self, message: OutboundMessage) -> Answer:
        time.sleep(self._chance.uniform(0, 0.01))
        lingers = self._chance.random() < LINGERS
        os.write(self._file, f"{message.key} {os.getpid()} {'lingers' if lingers else 'goes-on'}\n".encode())
        time.sleep(AS_LONG_AS if lingers else self._chance.uniform(0, 0.01))
        return Accepted(f"letterbox:{message.key}")


def main(file: str, seed: str) -> None:
    CHANNELS["letterbox"] = Letterbox(Path(file), int(seed))
    quiet = {"quiet_from": (midnight := delivery.clock.now().time()), "quiet_until": midnight}
    contributing.contribute_rules(lambda _: contributing.HouseRules(channel="letterbox", **quiet))
    delivery.LEASE = LEASE
    while True:
        delivery.deliver()
        time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
