"""Who somebody is on paper: NIK, family card, BPJS, phone, and names spelt in two ways.

A number is never required (a newborn has none), and a difference between NIK and record only warns.
"""

from ceting.standards.identity.cards import parse_bpjs, parse_kk
from ceting.standards.identity.digits import IdentityError
from ceting.standards.identity.names import SAME_NAME, normalise_name
from ceting.standards.identity.nik import (
    MaskedNik,
    Nik,
    NikDoubt,
    doubts_about,
    parse_nik,
    parse_nik_or_masked,
)
from ceting.standards.identity.phones import format_phone, parse_phone

__all__ = [
    "SAME_NAME",
    "IdentityError",
    "MaskedNik",
    "Nik",
    "NikDoubt",
    "doubts_about",
    "format_phone",
    "normalise_name",
    "parse_bpjs",
    "parse_kk",
    "parse_nik",
    "parse_nik_or_masked",
    "parse_phone",
]
