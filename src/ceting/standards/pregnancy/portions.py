"""What a pregnant woman eats in a day, in the portions of the Buku KIA. Source: `tables/porsi_ibu_hamil.csv`."""

from dataclasses import dataclass

from ceting.standards import sources
from ceting.standards.pregnancy.dating import Trimester


@dataclass(frozen=True)
class Portion:
    """A food group, how many portions of it a day, and how much one portion is."""

    code: str
    group: str
    portions: int
    one_portion: str


def portions(trimester: Trimester) -> tuple[Portion, ...]:
    """The portions of a day, in the order of the book; the staple grows after the first trimester."""
    column = "portions_first" if trimester == 1 else "portions_later"
    return tuple(
        Portion(row["code"], row["group"], int(row[column]), row["one_portion"])
        for row in sources.rows("porsi_ibu_hamil")
    )
