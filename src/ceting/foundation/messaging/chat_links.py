"""Addresses that open a chat on the phone of whoever taps them. They only pre-fill; nothing is sent until she does."""

from urllib.parse import quote

WHATSAPP = "https://wa.me/"


def chat_url(phone: str, text: str = "") -> str:
    """Opens the chat with a number (E.164); without one she chooses whom to send the text to. "" for neither."""
    digits = phone.removeprefix("+")
    if not digits and not text:
        return ""
    return f"{WHATSAPP}{digits}" + (f"?text={quote(text, safe='')}" if text else "")
