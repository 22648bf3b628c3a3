"""Whether two names can be one child's. Pure; no database.

Twins are the hard part: one mother, one birth date, and names that rhyme (Hasan and Husein, Salma and Salwa). So
names are compared word by word, not as a whole: two long names that differ in their first word only are alike on
the whole, and twins all the same.
"""

from enum import IntEnum

from rapidfuzz import fuzz

SAME_WORD = 85.0
"""One letter too many or too few, or one wrong letter of seven: a slip. One wrong letter of five may be a twin."""
NEAR_WORD = 70.0
SHORTEST_MISSPELT = 4
_BABY = (("by",), ("bayi",), ("an", "ny"), ("anak", "ny"), ("anak", "ibu"), ("putra", "ny"), ("putri", "ny"))
_WHICH_TWIN = frozenset({"i", "ii", "iii", "1", "2", "3", "a", "b", "c"})


class Names(IntEnum):
    """How much two names say that they are one child's."""

    OTHER = 0
    NEAR = 1
    """One word differs by what may be a slip or a twin's rhyme."""
    CLOSE = 2
    """Spelt alike, or one is a part of the other."""
    EQUAL = 3


def is_unnamed(name: str) -> bool:
    """A newborn written as "By. Ny. Sari": any name may follow later."""
    words = _plain(name)
    return any(tuple(words[: len(begin)]) == begin for begin in _BABY)


def which_twin(name: str) -> str:
    """The `ii` of "By. Ny. Sari II"; "" when the name doesn't say."""
    words = _plain(name)
    return words[-1] if len(words) > 1 and words[-1] in _WHICH_TWIN else ""


def _plain(name: str) -> list[str]:
    return name.casefold().replace(".", " ").split()


def compare(one: str, other: str) -> Names:
    """Compare two normalised names."""
    if one == other:
        return Names.EQUAL
    if not one or not other:
        return Names.OTHER
    left, right = one.split(), other.split()
    for word in list(left):
        partner = _partner(word, right)
        if partner:
            left.remove(word)
            right.remove(partner)
    if not left or not right:
        return Names.CLOSE
    near = len(left) == len(right) == 1 and fuzz.ratio(left[0], right[0]) >= NEAR_WORD
    return Names.NEAR if near else Names.OTHER


def _partner(word: str, among: list[str]) -> str:
    """The word of the other name that this one is; the closest first."""
    alike = [other for other in among if _is_one_word(word, other)]
    return max(alike, key=lambda other: fuzz.ratio(word, other), default="")


def _is_one_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    return len(shorter) >= SHORTEST_MISSPELT and fuzz.ratio(one, other) >= SAME_WORD
