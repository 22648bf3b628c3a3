"""Words for the devices on which somebody is signed in; no database."""

from dataclasses import dataclass
from datetime import datetime

from ceting.registry.accounts.models import SignInSession
from ceting.registry.accounts.sessions import name_of

BROWSERS = (
    # What the user agent says -> who says it. Order matters: nearly all of them also say Chrome or Safari.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "Peramban lain"


def browser_words(user_agent: str) -> str:
    """A family and a system ("Chrome di Android"), never a version: that is all one needs to know one's own."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), UNKNOWN)
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return f"{browser} di {system}" if system else browser


@dataclass(frozen=True)
class DeviceLine:
    """One place where she is signed in. `name` stands for the session in an address."""

    name: str
    words: str
    since: datetime
    seen_at: datetime
    is_this: bool

    @classmethod
    def of(cls, session: SignInSession, *, current: str | None) -> "DeviceLine":
        return cls(
            name_of(session.session_key),
            session.browser or UNKNOWN,
            session.created_at,
            session.seen_at,
            session.session_key == current,
        )
