"""Words about the second factor; no database."""

from datetime import datetime
from zoneinfo import ZoneInfo

from ceting.foundation.core import clock
from ceting.registry.accounts.models import FactorReset, User
from ceting.standards.numbers import format_date


def due_words(due: datetime, user: User) -> str:
    return (
        f"Mulai {_day(due, user)} akun ini perlu kunci kedua. Pasang sekarang: tekan nama di pojok kanan atas, "
        "lalu Kunci kedua."
    )


def reset_words(reset: FactorReset, user: User) -> str:
    """Told at the next sign-in: if it wasn't at her wish, somebody may be trying to come in as her."""
    return (
        f"Kunci kedua akun ini dihapus oleh {reset.reset_by.name} pada {_day(reset.created_at, user)}. "
        "Bukan permintaan Ibu/Bapak? Ganti kata sandi sekarang dan beri tahu kepala puskesmas. "
        "Bila benar, pasang lagi di menu nama, Kunci kedua."
    )


def _day(moment: datetime, user: User) -> str:
    zone = user.puskesmas.zone if user.puskesmas else clock.DEFAULT_ZONE
    return format_date(moment.astimezone(ZoneInfo(zone)).date())
