"""How a word of a name may be typed: the keys by which it is found again. Pure; no database.

A key says its kind in front: `<` the beginning of a word (typing isn't finished), `-` the word with one letter
left out (two words that differ by one letter, or by two swapped ones, share such a key), `~` its consonants alone
(vowels are what people hear differently).
"""

from rapidfuzz import fuzz

LONGEST_WORD = 60
LONGEST_PREFIX = 10
SHORTEST_PREFIX = 2
SHORTEST_MISSPELT = 4
"""Of shorter words every other one would be a misspelling."""
SHORTEST_SKELETON = 3
CLOSE_ENOUGH = 70.0
BEGINS = 96.0


def words_of(name_key: str) -> list[str]:
    """The words of a normalised name."""
    return [word[:LONGEST_WORD] for word in name_key.split()]


def keys_to_find(word: str) -> set[str]:
    """Every key under which the word is stored."""
    begins = range(SHORTEST_PREFIX, min(len(word), LONGEST_PREFIX) + 1)
    return {f"<{word[:length]}" for length in begins} | _misspellings(word) | {f"<{word[:LONGEST_PREFIX]}"}


def keys_to_ask(typed: str) -> set[str]:
    """The keys by which a typed word may find the stored ones."""
    return {f"<{typed[:LONGEST_PREFIX]}"} | _misspellings(typed)


def _misspellings(word: str) -> set[str]:
    if len(word) < SHORTEST_MISSPELT:
        return {f"-{word}"}
    keys = {f"-{word}"} | {f"-{word[:place]}{word[place + 1 :]}" for place in range(len(word))}
    skeleton = "".join(letter for letter in word if letter not in "aeiou")
    return keys | {f"~{skeleton}"} if len(skeleton) >= SHORTEST_SKELETON else keys


def closeness(typed: str, word: str) -> float:
    """0..100; what begins with the typed letters is nearly as good as the word itself. 0 when too far away."""
    if typed == word:
        return 100.0
    if word.startswith(typed):
        return BEGINS
    ratio = fuzz.ratio(typed, word)
    return ratio if ratio >= CLOSE_ENOUGH else 0.0
