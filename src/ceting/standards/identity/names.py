"""A search key for names that are spelt in several ways: Soedarmadji and Sudarmaji, Hj. Rosma and Rosma.

The key is for finding and comparing, never for showing. Rules of Indonesian spelling (EYD 1972 against the
older Van Ophuijsen and Soewandi spellings) and of how names are written in posyandu registers.
"""

import re
import unicodedata

SAME_NAME = 87.0
"""Similarity of two normalised names (0..100, rapidfuzz ratio) from which they count as one name."""
LONGEST_KEY = 240

# Before a name: title, "child of", "baby of", "the late". With or without a full stop.
# fmt: off
_TITLES = frozenset({
    "alm", "almh", "almarhum", "almarhumah", "by", "bayi", "ny", "nyonya", "nn", "nona", "tn", "tuan",
    "bpk", "bapak", "ibu", "sdr", "sdri", "sdra", "h", "hj", "haji", "hajjah", "dr", "drg", "drh",
    "dra", "drs", "ir", "prof", "kh", "ust", "ustad", "ustadz", "ustadzah", "tgk", "r", "rr",
})
# fmt: on
# Only with a full stop: without one it is a real name (An Nisa).
_DOTTED_TITLES = re.compile(r"\b(?:an|ank)\.")
_DECEASED = re.compile(r"[(\[]\s*(?:alm|almh|almarhum|almarhumah)\.?\s*[)\]]|\b(?:alm|almh)\b\.?")
_DEGREES = re.compile(
    r"(?<=\S)[,\s]\s*[sma]\.\s?(?:pd|gz|kep|keb|sos|kom|ag|ak|farm|psi|hum|si|ip|kes|km|h|e|t|md)\b.*$"
    r"|,\s*(?:a\.?md|amd|skm|mkm|mph|ners|se|sh|st|ss|sp|mm|dipl)\b.*$"
)
# fmt: off
_MUHAMMAD = frozenset({
    "m", "md", "moh", "mohd", "mhd", "muh", "muhd", "muhamad", "mohamad", "muhamed", "mohamed",
    "muhammad", "mohammad",
})
# fmt: on
_SHORT_FOR = {"abd": "abdul", "abdl": "abdul"}

# Older and careless spellings, in this order; the results are sounds, not correct spelling.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"tj", "c"),
        (r"dj", "j"),
        (r"nj", "ny"),
        (r"sj", "sy"),
        (r"oe", "u"),
        (r"ch?(?=r)", "k"),
        (r"ch|kh", "h"),
        (r"sy(?=[aeiou])|sh", "s"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph|v", "f"),
        (r"q", "k"),
        (r"x", "ks"),
        (r"^z", "j"),
        (r"z", "s"),
        (r"(?<=[^aeiouy])y", "i"),
        (r"ie", "i"),
        (r"([a-z])\1+", r"\1"),
    )
)


def normalise_name(text: str) -> str:
    """The key of a name: lower-case sounds separated by single spaces; "" when the text has no letters.

    Titles, degrees, "(alm.)", punctuation and accents go;
    oe = u, dj = j (and then j = y), tj = c, nj = ny, sj = sy = s,
    ch = kh = h, v = f, z = j at the start and s elsewhere, a y after a consonant = i, double letters are
    single; Muhammad has one form however it is shortened. A name that consists of titles alone keeps them.
    Never longer than LONGEST_KEY: "Moh" written out thirty times would be more than a name's column holds.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"['’`‘ʼ]", "", plain)
    bare = _DOTTED_TITLES.sub(" ", _DEGREES.sub("", _DECEASED.sub(" ", plain)))
    names = _without_titles(_words(bare)) or _words(plain)
    sounds = (_sound(_long_form(word, first=place == 0)) for place, word in enumerate(names))
    return " ".join(sounds)[:LONGEST_KEY].rstrip()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _without_titles(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) and words[start] in _TITLES:
        start += 1
    return words[start:]


def _long_form(word: str, *, first: bool) -> str:
    # A single M is Muhammad only in front; at the end it is an initial.
    if word in _MUHAMMAD and (first or len(word) > 1):
        return "muhammad"
    return _SHORT_FOR.get(word, word)


def _sound(word: str) -> str:
    # Who writes dj or tj writes j for today's y: Widjojo is Wijoyo.
    if "dj" in word or "tj" in word:
        word = re.sub(r"(?<![dtns])j", "y", word)
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
