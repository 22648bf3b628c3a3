"""Names of posyandu, kelurahan and puskesmas: when two are one, and how we write them."""

import re
from functools import lru_cache

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ROMAN |= {"x": "10", "xi": "11", "xii": "12"}
_PLACE_WORDS = frozenset(
    {
        *("posyandu", "pos", "puskesmas", "pukesmas", "pkm", "uptd", "upt"),
        *("kelurahan", "kel", "desa", "nagari", "nag", "kecamatan", "kec"),
    }
)
_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 12)
def place_key(name: str) -> str:
    """The form in which names of posyandu, kelurahan and puskesmas are compared: "POSYANDU MELATI II" -> "melati 2"."""
    words = [_ROMAN.get(word, word.lstrip("0") or word) for word in _WORDS.findall(name.casefold())]
    kept = [word for word in words if word not in _PLACE_WORDS]
    return " ".join(kept or words)


def joined_place_key(name: str) -> str:
    """The same where spaces say nothing: "PARAK GADANG TIMUR" and "Parakgadang Timur" are one."""
    return place_key(name).replace(" ", "")


def place_name(name: str) -> str:
    """A new posyandu's name as we write it: "POSYANDU MELATI II" -> "Melati II"."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().strip(".") in _PLACE_WORDS:
        words.pop(0)
    return " ".join(
        word.upper() if word.casefold() in _ROMAN else (word.capitalize() if word.isupper() else word)
        for word in words
    )
