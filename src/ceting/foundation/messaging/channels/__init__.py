"""The ways by which a message leaves, by name. A folder's file can be deleted with its line here."""

from ceting.foundation.messaging.channels.base import Channel
from ceting.foundation.messaging.channels.click_to_chat import ClickToChat
from ceting.foundation.messaging.channels.console import Console

CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (ClickToChat(), Console())}
