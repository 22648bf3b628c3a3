"""Phone numbers however they are typed, to E.164 (+6281234567890)."""

import re

import phonenumbers

from ceting.standards.identity.digits import IdentityError, is_excel_number

HOME = "ID"
_EXAMPLE = "misalnya 0812 3456 7890"
_DOUBLE_PREFIX = re.compile(r"^(?:\+|00[\s.\-]*)?62[\s.\-]*\(?0\)?", re.ASCII)
_WITHOUT_PLUS = re.compile(r"^(?:00[\s.\-]*)?62(?=[\s.\-]*8)", re.ASCII)
# Digits of an Indonesian mobile number after the 0; phonenumbers itself only says "not valid".
_MOBILE_DIGITS = (9, 12)
_EXCEL_TAIL = re.compile(r"[.,]0$")
_TWO_NUMBERS = re.compile(r"\d{6,}\s*(?:/|,|;|\batau\b|&)\s*\+?\d{6,}", re.ASCII)


def parse_phone(text: str) -> str:
    """A phone number in E.164; 08.., 8.., 62.., +62.., +62 (0)8.. and 0062.. are the same Indonesian number.

    A number of another country needs its + and code. Landlines are taken. Raises IdentityError: phone.empty,
    phone.two_numbers, phone.excel_number, phone.unreadable, phone.too_short, phone.too_long,
    phone.not_a_number.
    """
    typed = text.strip().strip("'’`").strip()
    if not typed:
        raise IdentityError("phone.empty", f"Nomor telepon masih kosong. Isi nomor HP, {_EXAMPLE}.")
    if _TWO_NUMBERS.search(typed):
        raise IdentityError("phone.two_numbers", f"Tulis satu nomor telepon saja, {_EXAMPLE}.")
    if is_excel_number(typed) and "e" in typed.lower():
        raise IdentityError(
            "phone.excel_number",
            "Nomor telepon sudah diubah Excel menjadi bilangan. "
            "Jadikan kolomnya teks, lalu ketik lagi nomornya.",
        )
    # phonenumbers would read letters as the keys of an old telephone.
    if any(character.isalpha() for character in typed):
        raise _unreadable()
    try:
        number = phonenumbers.parse(_dialled(typed), HOME)
    except phonenumbers.NumberParseException as error:
        raise _unreadable() from error
    if not phonenumbers.is_valid_number(number):
        raise _not_valid(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone(e164: str) -> str:
    """A stored number as people here write it: 0812-3456-7890; of another country with its code."""
    try:
        number = phonenumbers.parse(e164, HOME)
    except phonenumbers.NumberParseException:
        return e164
    here = number.country_code == phonenumbers.country_code_for_region(HOME)
    written = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, written.NATIONAL if here else written.INTERNATIONAL)


def _dialled(typed: str) -> str:
    typed = _EXCEL_TAIL.sub("", typed)
    typed = _DOUBLE_PREFIX.sub("0", typed)
    return _WITHOUT_PLUS.sub("0", typed)


def _unreadable() -> IdentityError:
    return IdentityError("phone.unreadable", f"Nomor telepon hanya berisi angka. Ketik nomor HP, {_EXAMPLE}.")


def _not_valid(number: phonenumbers.PhoneNumber) -> IdentityError:
    reason = phonenumbers.is_possible_number_with_reason(number)
    digits = phonenumbers.national_significant_number(number)
    mobile = number.country_code == phonenumbers.country_code_for_region(HOME) and digits.startswith("8")
    fewest, most = _MOBILE_DIGITS
    if reason == phonenumbers.ValidationResult.TOO_SHORT or (mobile and len(digits) < fewest):
        return IdentityError("phone.too_short", f"Nomor telepon kurang angka. Periksa lagi, {_EXAMPLE}.")
    if reason == phonenumbers.ValidationResult.TOO_LONG or (mobile and len(digits) > most):
        return IdentityError("phone.too_long", f"Nomor telepon kelebihan angka. Periksa lagi, {_EXAMPLE}.")
    return IdentityError(
        "phone.not_a_number", f"Nomor telepon ini sepertinya tidak ada. Periksa angkanya, {_EXAMPLE}."
    )
