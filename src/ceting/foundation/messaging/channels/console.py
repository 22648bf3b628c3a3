"""For developers: a message is a few lines in the terminal."""

import sys

from ceting.foundation.messaging.channels.base import Accepted, Answer, OutboundMessage


class Console:
    """Prints. No installation is offered it."""

    name = "console"
    sends = True

    def send(self, message: OutboundMessage) -> Answer:
        sys.stdout.write(f"--- {message.name} {message.phone}\n{message.text}\n")
        return Accepted(f"console:{message.key}")
