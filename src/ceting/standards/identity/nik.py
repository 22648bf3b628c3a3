"""NIK: 16 digits PPKKCC DDMMYY NNNN, where a woman's day of birth has 40 added.

Source: `tables/identity_numbers.csv`. What no NIK can have is refused; what differs from the record is only a
doubt, because wrong NIKs are issued and people move.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from ceting.standards import sources
from ceting.standards.identity.digits import IdentityError, compact, only_digits, parse_digits
from ceting.standards.sex import Sex

WHERE = "KTP atau Kartu Keluarga"
CENTURIES = (1900, 2000)
_MASK = re.compile(r"[*xX•#]")
SHOWN_AT_START, SHOWN_AT_END = 4, 2


@dataclass(frozen=True)
class Nik:
    """A NIK that may exist. `digits` is personal data: everything that prints the object shows the masked
    form.
    """

    digits: str = field(repr=False)

    @property
    def province(self) -> str:
        """PP, the province that issued it."""
        return self.digits[:2]

    @property
    def regency(self) -> str:
        """PPKK, the city or regency that issued it."""
        return self.digits[:4]

    @property
    def district(self) -> str:
        """PPKKCC, the kecamatan that issued it."""
        return self.digits[:6]

    @property
    def sex(self) -> Sex:
        """The sex that the day of birth encodes."""
        return Sex.GIRL if int(self.digits[6:8]) > _female_offset() else Sex.BOY

    @property
    def birth_day(self) -> int:
        """Day of birth, without the 40 of a woman's NIK."""
        day = int(self.digits[6:8])
        return day - _female_offset() if self.sex is Sex.GIRL else day

    @property
    def birth_month(self) -> int:
        """Month of birth."""
        return int(self.digits[8:10])

    @property
    def birth_year_of_century(self) -> int:
        """The two digits of the year: the NIK doesn't say which century."""
        return int(self.digits[10:12])

    @property
    def serial(self) -> str:
        """The last four digits."""
        return self.digits[12:]

    @property
    def masked(self) -> str:
        """The form for screens and lists: 1371**********12."""
        hidden = len(self.digits) - SHOWN_AT_START - SHOWN_AT_END
        return self.digits[:SHOWN_AT_START] + "*" * hidden + self.digits[-SHOWN_AT_END:]

    def birth_dates(self) -> tuple[date, ...]:
        """The dates of birth that the NIK can mean: one in each century where the day exists."""
        found = (
            _date(century + self.birth_year_of_century, self.birth_month, self.birth_day)
            for century in CENTURIES
        )
        return tuple(day for day in found if day is not None)

    def __repr__(self) -> str:
        return f"Nik({self.masked})"

    __str__ = __repr__


@dataclass(frozen=True)
class MaskedNik:
    """A NIK as exports show it: 16 places, each a digit or "*" for a hidden one."""

    pattern: str

    @property
    def known(self) -> int:
        """How many digits are visible: with few of them a match proves little."""
        return sum(character != "*" for character in self.pattern)

    def matches(self, nik: Nik) -> bool:
        """Whether every visible digit is the NIK's."""
        return all(shown in ("*", digit) for shown, digit in zip(self.pattern, nik.digits, strict=True))


@dataclass(frozen=True)
class NikDoubt:
    """A difference between a NIK and the record: shown, never refused."""

    code: str
    sentence: str


def parse_nik(text: str) -> Nik:
    """Return the NIK in a typed text; spaces, dots and dashes between the digits are ignored.

    Raises IdentityError: nik.empty, nik.masked, nik.excel_number, nik.not_digits, nik.length, nik.region,
    nik.birth_date, nik.serial.
    """
    if _mask(text) is not None:
        raise IdentityError(
            "nik.masked",
            f"NIK ini disamarkan dengan tanda bintang. Isi NIK lengkap dari {WHERE}, atau kosongkan.",
        )
    nik = Nik(parse_digits(text, code="nik", name="NIK", length=_length(), where=WHERE))
    if "00" in (nik.province, nik.digits[2:4], nik.digits[4:6]):
        raise IdentityError(
            "nik.region", f"Enam angka pertama NIK bukan kode wilayah. Cocokkan dengan {WHERE}."
        )
    if not nik.birth_dates():
        raise IdentityError(
            "nik.birth_date",
            f"Angka ke-7 sampai ke-12 NIK bukan tanggal lahir yang ada. Cocokkan dengan {WHERE}.",
        )
    if nik.serial == sources.text("identity_numbers", "nik.serial_not"):
        raise IdentityError(
            "nik.serial", f"Empat angka terakhir NIK tidak mungkin 0000. Cocokkan dengan {WHERE}."
        )
    return nik


def parse_nik_or_masked(text: str) -> Nik | MaskedNik:
    """Return a NIK, or a masked one from an export (1371**********12, also with x, # or bullets).

    Raises IdentityError as `parse_nik`; a mask that hasn't 16 places is nik.length.
    """
    pattern = _mask(text)
    if pattern is None:
        return parse_nik(text)
    parse_digits(pattern.replace("*", "0"), code="nik", name="NIK", length=_length(), where=WHERE)
    return MaskedNik(pattern)


def doubts_about(
    nik: Nik, *, birth_date: date | None = None, sex: int | None = None, region: str | None = None
) -> tuple[NikDoubt, ...]:
    """Return what a person should look at again: differences in birth date, sex and region, an unknown
    province.

    `region` is the code of the household's area as far as the caller wants to compare: "13", "1371" or
    "137102".
    """
    doubts = []
    if birth_date is not None and birth_date not in nik.birth_dates():
        doubts.append(
            NikDoubt(
                "nik.birth_date_differs",
                f"Tanggal lahir di NIK ({nik.birth_day:02}-{nik.birth_month:02}-{nik.birth_year_of_century:02}) "
                f"berbeda dengan tanggal lahir yang dicatat ({birth_date:%d-%m-%y}). Periksa salah satunya.",
            )
        )
    if sex is not None and sex != nik.sex:
        spoken = "perempuan" if nik.sex is Sex.GIRL else "laki-laki"
        doubts.append(
            NikDoubt(
                "nik.sex_differs", f"Menurut NIK jenis kelaminnya {spoken}. Periksa NIK atau jenis kelamin."
            )
        )
    if region is not None and not nik.digits.startswith(region):
        doubts.append(
            NikDoubt(
                "nik.region_differs", "NIK ini terbit di wilayah lain. Tidak apa-apa bila keluarga pindahan."
            )
        )
    if nik.province not in sources.text("identity_numbers", "nik.provinces").split():
        doubts.append(
            NikDoubt(
                "nik.province_unknown",
                f"Kode provinsi {nik.province} tidak dikenal. Cocokkan dengan {WHERE}.",
            )
        )
    return tuple(doubts)


def _mask(text: str) -> str | None:
    # None for a text without hidden digits, and for one that isn't a number at all.
    pattern = _MASK.sub("*", compact(text))
    return pattern if "*" in pattern and only_digits(pattern.replace("*", "0")) else None


def _length() -> int:
    return int(sources.number("identity_numbers", "nik.length"))


def _female_offset() -> int:
    return int(sources.number("identity_numbers", "nik.female_day_offset"))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
