"""Verbs of the second factor: set up, use, take away, and reset by whoever runs the account."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal import auth as webauthn
from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core import ciphers, clock
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts import staff_operations
from ceting.registry.accounts.factor_adapter import SEALED
from ceting.registry.accounts.factors import APP, NOT_A_PASSKEY, PASSKEY, RECOVERY, counter_of
from ceting.registry.accounts.models import FactorReset, User

COUNTER = "counter"
"""In the data of the app's row: the half minute of the newest code that was used; none before it opens again."""
MOST_PASSKEYS = 10
WRONG_CODE = Problem(
    "Kode belum cocok. Pastikan jam HP tepat, lalu ketik kode yang sedang tampil.", "wrong_code", "code"
)


@transaction.atomic
def add_app(user: User, *, secret: str, code: str, by: User) -> list[str]:
    """From now on the app's codes are asked for. Her recovery codes, when these are her first. Raises RefusedError."""
    _hold(user)
    if Authenticator.objects.filter(user_id=user.pk, type=APP).exists():
        raise RefusedError(Problem("Aplikasi kode sudah terpasang. Lepas dulu yang lama.", "app_stands"))
    counter = counter_of(secret, code)
    if counter is None:
        raise RefusedError(WRONG_CODE)
    row = TOTP.activate(user, secret).instance
    row.data[COUNTER] = counter
    row.save(update_fields=["data"])
    audit.record("factor.add", "user", [user.pk], by=by, detail={"kind": APP.value})
    return _first_codes(user)


@transaction.atomic
def add_passkey(user: User, *, credential: object, name: str, by: User) -> list[str]:
    """A passkey that answered this session's challenge. As above. Raises RefusedError."""
    _hold(user)
    if Authenticator.objects.filter(user_id=user.pk, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise RefusedError(Problem("Sudah ada sepuluh. Hapus dulu yang tidak dipakai.", "too_many_passkeys"))
    try:
        webauthn.complete_registration(webauthn.parse_registration_response(credential))
    except NOT_A_PASSKEY as error:
        raise RefusedError(
            Problem("Kunci sandi belum jadi. Tekan tombolnya sekali lagi.", "no_passkey")
        ) from error
    webauthn.WebAuthn.add(user, name, credential)
    audit.record("factor.add", "user", [user.pk], by=by, detail={"kind": PASSKEY.value})
    return _first_codes(user)


def _first_codes(user: User) -> list[str]:
    if Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).exists():
        return []
    return list(RecoveryCodes.activate(user).generate_codes())


@transaction.atomic
def renew_codes(user: User, *, by: User) -> list[str]:
    """Fresh recovery codes; the old ones open nothing any more. Raises RefusedError without a factor to recover."""
    _hold(user)
    if not Authenticator.objects.filter(user_id=user.pk, type__in=(APP, PASSKEY)).exists():
        raise RefusedError(Problem("Pasang dulu aplikasi kode atau kunci sandi.", "no_factor"))
    Authenticator.objects.filter(user_id=user.pk, type=RECOVERY).delete()
    audit.record("factor.codes", "user", [user.pk], by=by)
    return list(RecoveryCodes.activate(user).generate_codes())


@transaction.atomic
def use_code(user: User, code: str) -> str:
    """How a code opens: "app", "recovery", or "" when it doesn't. Each opens once."""
    rows = {
        row.type: row
        for row in Authenticator.objects.select_for_update().filter(user_id=user.pk, type__in=(APP, RECOVERY))
    }
    if APP in rows and _use_app_code(rows[APP], code):
        return "app"
    if RECOVERY in rows and rows[RECOVERY].wrap().validate_code(code):
        Authenticator.objects.filter(pk=rows[RECOVERY].pk).update(last_used_at=clock.now())
        return "recovery"
    return ""


def _use_app_code(row: Authenticator, code: str) -> bool:
    counter = counter_of(ciphers.decrypt(row.data["secret"], column=SEALED), code)
    if counter is None or counter <= row.data.get(COUNTER, -1):
        return False
    row.data[COUNTER], row.last_used_at = counter, clock.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def remove(factor: Authenticator, *, by: User) -> None:
    """It opens nothing any more; with the last of them the recovery codes go too. The trail keeps that it stood."""
    user = User.objects.select_for_update(no_key=True).get(pk=factor.user_id)
    Authenticator.objects.filter(pk=factor.pk).delete()
    if not Authenticator.objects.filter(user_id=user.pk, type__in=(APP, PASSKEY)).exists():
        Authenticator.objects.filter(user_id=user.pk).delete()
    audit.record("factor.remove", "user", [user.pk], by=by, detail={"kind": factor.type})


@transaction.atomic
def reset(user: User, *, by: User) -> None:
    """She lost all of it: her password alone brings her in again, and she is told so. Raises RefusedError.

    Whoever could also hand out a new password could come in with both: so only who runs the whole account, never
    one's own, and both stand in the trail.
    """
    if user.pk == by.pk:
        raise RefusedError(Problem("Kunci kedua sendiri dilepas di menu nama, Kunci kedua.", "own_factor"))
    if not staff_operations.runs_account_of(by, user):
        raise RefusedError(staff_operations.TOO_WIDE)
    _hold(user)
    removed, _ = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        return
    FactorReset.objects.create(user=user, reset_by=by)
    audit.record("factor.reset", "user", [user.pk], by=by, puskesmas_id=user.puskesmas_id)
    staff_operations.end_sessions(user, by=by)


@transaction.atomic
def tell_resets(user: User) -> list[FactorReset]:
    """The resets that she wasn't told of yet, told now."""
    untold = list(FactorReset.objects.filter(user=user, told_at=None).select_related("reset_by"))
    if untold:
        FactorReset.objects.filter(pk__in=[each.pk for each in untold]).update(told_at=clock.now())
    return untold


def _hold(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
