"""Names of a city: frequent ones stand first and are drawn more often, as in life."""

import random
from functools import cache

from ceting.standards.identity import normalise_name

SYLLABLES = [
    "ra", "fi", "ai", "syah", "na", "bil", "zah", "ya", "far", "han", "sal", "ma", "di", "an", "ni", "ka",
    "ri", "zky", "al", "da", "put", "wi", "ra", "ze", "in", "ha", "lif", "yu", "su", "ti",
]  # fmt: skip
FREQUENT = [
    "Muhammad", "Putri", "Aisyah", "Ahmad", "Siti", "Nur", "Zahra", "Rafi", "Abdul", "Dewi", "Sari",
    "Rahma", "Fitri", "Yulia", "Budi",
]  # fmt: skip
INVENTED = 12_000


@cache
def pool() -> tuple[str, ...]:
    chance = random.Random(INVENTED)
    return tuple(_invented(chance) for _ in range(INVENTED))


def _invented(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 3))).capitalize()


def name(chance: random.Random) -> str:
    names = pool()
    return " ".join(
        chance.choice(FREQUENT) if chance.random() < 0.4 else names[int(chance.random() ** 2 * INVENTED)]
        for _ in range(chance.choice((2, 2, 3)))
    )


@cache
def key(word: str) -> str:
    """Of one word; a name's key is those of its words."""
    return normalise_name(word)


def key_of(full_name: str) -> str:
    return " ".join(key(word) for word in full_name.split())


def every_word() -> set[str]:
    """As the index of names knows them."""
    return {each for word in {*pool(), *FREQUENT} for each in key(word).split()}
