"""The secrets of second factors stand under our data keys, and are rotated with everything else."""

from typing import Any

import time_machine
from allauth.mfa.models import Authenticator

from ceting.config import rotation
from ceting.registry.accounts import factor_operations, factors
from tests.cast import Cast
from tests.codes import code_now

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_secrets_are_stored_under_our_keys_and_rotate(
    cast: Cast, frozen: time_machine.Traveller, settings: Any
) -> None:
    rina = cast.bidan_rina
    codes = factor_operations.add_app(rina, secret=SECRET, code=code_now(SECRET), by=rina)
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert SECRET not in kept
    assert not any(code in kept for code in codes)
    settings.DATA_KEYS = (("baru", b"1" * 32), *settings.DATA_KEYS)
    assert rotation.rotate_data() >= 2
    assert set(factors.secret_counts()) == {"baru"}
    assert rotation.counts()["baru"] >= 2
    assert factors.rotate_secrets() == 0
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    frozen.shift(60)
    assert factor_operations.use_code(rina, code_now(SECRET)) == "app"
    assert factor_operations.use_code(rina, codes[1]) == "recovery"
