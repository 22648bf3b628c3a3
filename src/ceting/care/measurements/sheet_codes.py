"""The code of a paper sheet: eight signs that a kader reads off and types, with a check sign at the end.

Crockford's idea (no letter that looks like another sign), with one letter less: 31 signs are a prime number, so that
a weighted sum finds every single wrong sign and every swap of two. It opens nothing by itself: who may see the
posyandu may open its sheet.
"""

import secrets

from ceting.standards.typed_values import TypedValueError

SIGNS = "0123456789ABCDEFGHJKMNPRSTVWXYZ"
LENGTH = 8
GROUP = 4
# What is left out is read as what it looks like.
_LOOKS_LIKE = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "U": "V"})
_BETWEEN = str.maketrans("", "", " -–—.\t\n\r")


class SheetCodeError(TypedValueError):
    """A typed code that can't be one."""


def new_code() -> str:
    """A code that nobody can guess from another one: 31 ** 7, 27 thousand million."""
    body = "".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """The sign that belongs behind the others. Its weight is 1, the others weigh 2, 3, 4 ... from the first on."""
    return SIGNS[-sum(SIGNS.index(sign) * weight for weight, sign in enumerate(body, start=2)) % len(SIGNS)]


def spoken(code: str) -> str:
    """`K7M4-2XRT`, as it is printed."""
    return f"{code[:GROUP]}-{code[GROUP:]}"


def parse_code(typed: str) -> str:
    """The code that somebody typed, however she spaces it. Raises SheetCodeError."""
    code = typed.upper().translate(_BETWEEN).translate(_LOOKS_LIKE)
    if not code:
        raise SheetCodeError(
            "sheet_code.empty", "Ketik kode lembar. Kodenya ada di kanan atas setiap halaman."
        )
    if len(code) != LENGTH or any(sign not in SIGNS for sign in code):
        raise SheetCodeError(
            "sheet_code.length",
            "Kode lembar terdiri dari 8 huruf dan angka, misalnya K7M4-2XRT. Periksa lagi.",
        )
    if check_sign(code[:-1]) != code[-1]:
        raise SheetCodeError(
            "sheet_code.check",
            "Ada huruf atau angka yang keliru, atau dua yang tertukar. Cocokkan lagi dengan lembar, satu per satu.",
        )
    return code
