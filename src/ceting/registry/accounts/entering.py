"""Coming in: what begins when somebody has shown who she is, by whichever way."""

from django.contrib.auth import login
from django.http import HttpRequest

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import clock
from ceting.registry.accounts import locking
from ceting.registry.accounts.device_presenters import browser_words
from ceting.registry.accounts.models import User
from ceting.registry.accounts.sessions import BROWSER, SINCE

BACKEND = "django.contrib.auth.backends.ModelBackend"


def come_in(request: HttpRequest, user: User, *, how: str) -> None:
    """A session of hers begins. `how`: password, code, passkey."""
    login(request, user, backend=BACKEND)
    request.session[BROWSER] = browser_words(request.headers.get("User-Agent", ""))
    request.session[SINCE] = clock.now().isoformat()
    locking.begin(request, user)
    audit.record("sign-in", "user", [user.pk], by=user, detail={"how": how})
