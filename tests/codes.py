"""The app on somebody's phone: shows the code of this half minute (RFC 6238)."""

from allauth.mfa.totp.internal import auth as app_codes

from ceting.foundation.core import clock

PERIOD = 30


def code_now(secret: str, *, steps: int = 0) -> str:
    """The code that is shown now, or `steps` half minutes later."""
    counter = int(clock.now().timestamp()) // PERIOD + steps
    return str(app_codes.format_hotp_value(app_codes.hotp_value(secret.replace(" ", ""), counter)))
