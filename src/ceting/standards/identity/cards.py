"""Numbers of the family card (KK) and of the health insurance (BPJS). Lengths: `tables/identity_numbers.csv`."""

from ceting.standards import sources
from ceting.standards.identity.digits import IdentityError, parse_digits


def parse_kk(text: str) -> str:
    """The 16 digits of a Kartu Keluarga. Raises IdentityError (kk.*)."""
    length = int(sources.number("identity_numbers", "kk.length"))
    digits = parse_digits(text, code="kk", name="Nomor KK", length=length, where="Kartu Keluarga")
    if digits == "0" * length:
        raise IdentityError("kk.zeros", "Nomor KK tidak mungkin nol semua. Kosongkan bila belum ada.")
    return digits


def parse_bpjs(text: str) -> str:
    """The 13 digits of a BPJS Kesehatan card, with its leading zeros. Raises IdentityError (bpjs.*)."""
    length = int(sources.number("identity_numbers", "bpjs.length"))
    digits = parse_digits(text, code="bpjs", name="Nomor BPJS", length=length, where="kartu BPJS")
    if digits == "0" * length:
        raise IdentityError("bpjs.zeros", "Nomor BPJS tidak mungkin nol semua. Kosongkan bila belum ada.")
    return digits
