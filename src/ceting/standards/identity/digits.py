"""Identity numbers as people type and paste them: spaces, dots, an apostrophe, a number mangled by a
spreadsheet.
"""

import re

from ceting.standards.typed_values import TypedValueError

# NBSP and the zero-width marks come along when a number is copied from a chat or a PDF.
_SEPARATORS = re.compile(r"[\s.\-_/'’`\u00a0\u200b\u200e\u200f\u202a-\u202e\ufeff]")
_EXCEL_NUMBER = re.compile(r"\s*\d([.,]\d+)?[eE]\+?\d+\s*|\s*\d{10,}[.,]0\s*", re.ASCII)


class IdentityError(TypedValueError):
    """An identity number or phone number that can't be right."""


def compact(text: str) -> str:
    """The text without what people put between digits."""
    return _SEPARATORS.sub("", text)


def is_excel_number(text: str) -> bool:
    """Whether a spreadsheet has turned the digits into a number: 1,37102E+15 or 1371021505220001.0."""
    return _EXCEL_NUMBER.fullmatch(text) is not None


def only_digits(text: str) -> bool:
    """Whether the text is digits 0-9 and nothing else (other scripts' digits don't count)."""
    return text.isascii() and text.isdigit()


def parse_digits(text: str, *, code: str, name: str, length: int, where: str) -> str:
    """Return exactly `length` digits.

    `name` is what the person calls the number and `where` the paper it stands on. Raises IdentityError with
    the code `<code>.empty`, `.excel_number`, `.not_digits` or `.length`, and a sentence that says how many
    digits are missing.
    """
    digits = compact(text)
    if not digits:
        raise IdentityError(f"{code}.empty", f"{name} masih kosong. Isi {length} angka seperti di {where}.")
    if is_excel_number(text):
        raise IdentityError(
            f"{code}.excel_number",
            f"{name} sudah diubah Excel menjadi bilangan sehingga angka terakhirnya bisa hilang. "
            f"Jadikan kolomnya teks, lalu ketik lagi {length} angka dari {where}.",
        )
    if not only_digits(digits):
        raise IdentityError(
            f"{code}.not_digits",
            f"{name} hanya berisi angka 0 sampai 9. Hapus huruf atau tanda lain, lalu cocokkan dengan {where}.",
        )
    if len(digits) != length:
        raise IdentityError(f"{code}.length", _length_sentence(name, len(digits), length, where))
    return digits


def _length_sentence(name: str, given: int, length: int, where: str) -> str:
    difference = f"kurang {length - given}" if given < length else f"kelebihan {given - length}"
    return f"{name} harus {length} angka. Yang diketik {given} angka: {difference}. Cocokkan lagi dengan {where}."
