"""How often somebody may try before the door pauses. Counted in the database, so that all processes count together."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ceting.foundation.core import clock
from ceting.foundation.core.ciphers import keyed_hash
from ceting.registry.accounts.models import TryCount


class RateLimit:
    """`tries` of whatever `name` says by whoever `key` is; after them a pause of `pause` seconds since the last one."""

    def __init__(self, name: str, key: str, *, tries: int, pause: int) -> None:
        self._key = keyed_hash(f"{name}|{key}")
        self._tries = tries
        self._pause = pause

    def spend(self) -> bool:
        """Take one try; False when there is none left.

        One UPDATE decides and counts: two requests at the same moment can't both take the last try. So the try is
        spent before the password is looked at, and given back when it was right.
        """
        if self._count():
            return True
        row = TryCount(key=self._key, count=0, until=clock.now())
        TryCount.objects.bulk_create([row], ignore_conflicts=True)
        return self._count()

    def _count(self) -> bool:
        now = clock.now()
        over = Q(until__lte=now)
        rows = TryCount.objects.filter(over | Q(count__lt=self._tries), key=self._key)
        count = Case(When(over, then=Value(1)), default=F("count") + 1)
        return bool(rows.update(count=count, until=now + timedelta(seconds=self._pause)))

    def give_back(self) -> None:
        TryCount.objects.filter(key=self._key, count__gt=0).update(count=F("count") - 1)

    def forget(self) -> None:
        TryCount.objects.filter(key=self._key).delete()


class SignInLimit:
    """Tries per name and address, and per address: a whole puskesmas shares one, so that is wider."""

    def __init__(self, username: str, address: str) -> None:
        name = f"{username.strip().lower()}|{address}"
        self._name = RateLimit(
            "sign-in:name", name, tries=settings.SIGN_IN_TRIES, pause=settings.SIGN_IN_PAUSE
        )
        self._address = RateLimit(
            "sign-in:address", address, tries=settings.SIGN_IN_TRIES_PER_ADDRESS, pause=settings.SIGN_IN_PAUSE
        )

    def spend(self) -> bool:
        """Take one try of both; False when one of them has none left."""
        return self._name.spend() and self._address.spend()

    def right(self) -> None:
        """The password was right: the name starts anew, the address gets its try back."""
        self._name.forget()
        self._address.give_back()


def too_many(request: HttpRequest, *, pause: int) -> HttpResponse:
    """The page that says how long to wait."""
    response = render(request, "429.html", {"wait_minutes": max(1, pause // 60)}, status=429)
    response.headers["Retry-After"] = str(pause)
    return response


def forget_tries() -> int:
    """Delete the counts whose pause is over; their number."""
    return TryCount.objects.filter(until__lte=clock.now()).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. Behind our proxy: what it appended last; anything before that can be invented."""
    if settings.BEHIND_PROXY:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if told:
            return told
    return str(request.META.get("REMOTE_ADDR", ""))
