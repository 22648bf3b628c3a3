"""The default, which needs no account: a person opens wa.me, sends from her own phone and says so.

A link goes through browsers' histories and Meta's servers before anything is sent, so it holds a text only when that
tells nothing of anybody's health, and never a NIK (messaging.md). Without a text one copies it and pastes it.
"""

from ceting.foundation.messaging.channels.base import Answer, NeedsHuman, OutboundMessage
from ceting.foundation.messaging.chat_links import chat_url


class ClickToChat:
    """Sends nothing itself."""

    name = "click_to_chat"
    sends = False

    def send(self, message: OutboundMessage) -> Answer:
        return NeedsHuman(chat_url(message.phone, message.text if message.text_in_link else ""), message.text)
