"""Words around names and times. Pure functions: no request, no database, no clock."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

# Titles that stand before a name and say nothing about which person it is.
HONORIFICS = {"ibu", "bapak", "bu", "pak", "uni", "uda", "kader", "bidan", "petugas", "gizi"}


def relative_time(moment: datetime, now: datetime) -> str:
    """How far `moment` lies from `now` in one rounded-down unit: "2 jam lagi", "3 hari lalu", "baru saja"."""
    distance = moment - now
    seconds = abs(distance.total_seconds())
    if seconds < 60:
        return "sebentar lagi" if distance > timedelta(seconds=30) else "baru saja"
    if seconds < 3600:
        amount = f"{int(seconds // 60)} menit"
    elif seconds < 86400:
        amount = f"{int(seconds // 3600)} jam"
    else:
        amount = _span_of_days(int(seconds // 86400))
    return f"{amount} {'lagi' if distance > timedelta(0) else 'lalu'}"


def relative_day(day: date, today: date) -> str:
    """How far a calendar day lies from today: "hari ini", "besok", "kemarin", "3 hari lalu", "2 bulan lagi"."""
    distance = (day - today).days
    near = {0: "hari ini", 1: "besok", -1: "kemarin"}.get(distance)
    if near:
        return near
    return f"{_span_of_days(abs(distance))} {'lagi' if distance > 0 else 'lalu'}"


def _span_of_days(days: int) -> str:
    if days < 30:
        return f"{days} hari"
    if days < 365:
        return f"{max(1, int(days / 30.4375))} bulan"
    return f"{int(days / 365.25) or 1} tahun"


def sentence_list(items: Iterable[object], conjunction: str = "dan") -> str:
    """Join as a sentence does: "", "a", "a dan b", "a, b, dan c"."""
    words = [str(item) for item in items]
    if len(words) < 3:
        return f" {conjunction} ".join(words)
    return f"{', '.join(words[:-1])}, {conjunction} {words[-1]}"


def initials(name: str) -> str:
    """One or two capitals for a person: "Sari Dewi" -> "SD", "dr. Hasan" -> "H", "" -> "?".

    Titles (Ibu, dr., Sp.OG) are left out, so that every doctor isn't "D".
    """
    words = [
        word
        for word in name.replace(",", " ").split()
        if word[0].isalpha() and "." not in word and word.lower() not in HONORIFICS
    ]
    if not words:
        words = [word for word in name.split() if word[0].isalpha()]
    if not words:
        return "?"
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0].upper() for word in chosen)


def place_words(village: str, rw: str, rt: str) -> str:
    """`Andalas · RT 02 · RW 03`; what isn't known is left out."""
    return " · ".join(part for part in (village, f"RT {rt}" if rt else "", f"RW {rw}" if rw else "") if part)
