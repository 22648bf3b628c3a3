"""What is known of a woman and her pregnancy, as far as risk scores ask; None and False are "not known"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ceting.standards import sources
from ceting.standards.numbers import format_decimal
from ceting.standards.pregnancy.dating import GestationalAge
from ceting.standards.pregnancy.nutrition import Anaemia
from ceting.standards.pregnancy.pressure import Pressure

Presentation = Literal["head", "breech", "transverse"]
Datum = str | int | float
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Facts:
    """The facts of one pregnancy on one day.

    `age_years` completed years of the woman that day; `gravida` pregnancies with this one; `births` earlier births;
    `losses` earlier pregnancies that ended without a living child; `months_since_birth` completed months from the
    last birth to the start of this pregnancy; `hb` in g/dL with its judgement `anaemia`; `bmi` before pregnancy.
    """

    age_years: int | None = None
    gravida: int | None = None
    births: int | None = None
    losses: int | None = None
    months_since_birth: int | None = None
    years_married: int | None = None
    height_cm: float | None = None
    bmi: float | None = None
    hb: float | None = None
    anaemia: Anaemia | None = None
    pressure: Pressure | None = None
    swelling: bool = False
    urine_protein: bool = False
    convulsion: bool = False
    bleeding: bool = False
    fetuses: int | None = None
    presentation: Presentation | None = None
    age: GestationalAge | None = None

    @property
    def is_first(self) -> bool:
        """Whether this is her first pregnancy."""
        return self.gravida == 1


@dataclass(frozen=True)
class Known:
    """A factor that follows from facts: the code of its row, and the data of its reason."""

    code: str
    data: Mapping[str, Datum] = field(default_factory=dict)


def reason_sentence(table: str, known: Known) -> str:
    """The reason in Indonesian, from the template of the table; numbers with a decimal comma.

    Raises TableError for a code that the table doesn't have or data that lack what its template names.
    """
    template = sources.row(table, "code", known.code)["reason"]
    try:
        return template.format_map({name: _shown(value) for name, value in known.data.items()})
    except KeyError as error:
        raise sources.TableError(f"{table}.csv: the reason of {known.code} needs {error}") from error


def _shown(value: Datum) -> str:
    return value if isinstance(value, str) else format_decimal(value)
