"""What a person or a file says about a child, before it is a row. Checked without a database."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ceting.foundation.core.errors import Problem
from ceting.registry.families.models import ReportKind, Sex
from ceting.registry.places.models import Area

NAME_NEEDED = "Isi nama anak. Bayi baru lahir boleh ditulis “By. Ny.” dan nama ibunya."
SEX_NEEDED = "Pilih laki-laki atau perempuan."
OLDEST_YEARS = 20
"""A birth date further back is a typing error, not a child."""
NEWBORN_DAYS = 365
"""An older child comes to the posyandu: she is registered there, not reported."""
YOUNGEST_MOTHER_YEARS, OLDEST_MOTHER_YEARS = 9, 60
"""A birth date outside is a typing error, not a woman who is pregnant."""
SHORTEST_PREGNANCY, LONGEST_PREGNANCY = 22 * 7, 44 * 7 + 6
"""Completed days: before 22 weeks no child lives, after 44 a date is wrong."""
LATEST_DUE, EARLIEST_DUE = timedelta(days=294), timedelta(days=28)
"""A pregnancy lasts 40 weeks from the last period and is open until 44 (rules.md, section 4)."""


@dataclass(frozen=True)
class CaregiverDraft:
    """A caregiver as told; `nik` and `phone` are already normalised (standards.identity) or empty."""

    name: str
    relation: str = "mother"
    nik: str = ""
    phone: str = ""
    birth_date: date | None = None


@dataclass(frozen=True)
class ChildDraft:
    """A child as told; `nik` and `kk` are already valid (standards.identity) or empty. Weights in kg, lengths in cm."""

    name: str
    sex: int
    birth_date: date
    mother: CaregiverDraft | None = None
    nik: str = ""
    kk: str = ""
    rw: str = ""
    rt: str = ""
    address: str = ""
    birth_weight_kg: Decimal | None = None
    birth_length_cm: Decimal | None = None
    gestation_days: int | None = None
    """Completed days of pregnancy at birth."""
    has_kia_book: bool = True
    arrived_on: date | None = None
    """When the family moved here; None: she is here since she was born."""

    def problems(self, today: date) -> list[Problem]:
        """Everything that makes it impossible as a child who lives today."""
        found = []
        if not self.name.strip():
            found.append(Problem(NAME_NEEDED, "name", "name"))
        if self.sex not in Sex.values:
            found.append(Problem(SEX_NEEDED, "sex", "sex"))
        if self.birth_date > today:
            found.append(
                Problem(
                    "Tanggal lahir belum terjadi. Periksa hari, bulan dan tahunnya.", "future", "birth_date"
                )
            )
        elif today.year - self.birth_date.year > OLDEST_YEARS:
            found.append(
                Problem("Tanggal lahir terlalu jauh ke belakang. Periksa tahunnya.", "old", "birth_date")
            )
        if self.arrived_on is not None and not self.birth_date <= self.arrived_on <= today:
            found.append(
                Problem(
                    "Tanggal pindah ke sini antara tanggal lahir anak dan hari ini. Periksa lagi.",
                    "arrival",
                    "arrived_on",
                )
            )
        if self.birth_weight_kg is not None and not Decimal("0.3") <= self.birth_weight_kg <= Decimal("7"):
            found.append(
                Problem(
                    "Berat lahir dalam kg, misalnya 3,1. Periksa angkanya.", "birth_weight", "birth_weight_kg"
                )
            )
        if self.birth_length_cm is not None and not Decimal("20") <= self.birth_length_cm <= Decimal("65"):
            found.append(
                Problem(
                    "Panjang lahir dalam cm, misalnya 49. Periksa angkanya.",
                    "birth_length",
                    "birth_length_cm",
                )
            )
        if self.gestation_days is not None and not (
            SHORTEST_PREGNANCY <= self.gestation_days <= LONGEST_PREGNANCY
        ):
            sentence = "Umur kehamilan saat lahir antara 22 dan 44 minggu. Periksa lagi."
            found.append(Problem(sentence, "gestation", "gestation_weeks"))
        return found


@dataclass(frozen=True)
class WomanDraft:
    """A woman as told; `nik`, `kk` and `phone` are already valid (standards.identity) or empty."""

    name: str
    birth_date: date | None = None
    nik: str = ""
    kk: str = ""
    phone: str = ""
    village: Area | None = None
    rw: str = ""
    rt: str = ""
    address: str = ""

    def problems(self, today: date) -> list[Problem]:
        found = []
        if not self.name.strip():
            found.append(Problem("Isi nama ibu.", "name", "name"))
        if self.birth_date is not None:
            years = (today - self.birth_date) / timedelta(days=365.25)
            if not YOUNGEST_MOTHER_YEARS <= years <= OLDEST_MOTHER_YEARS:
                sentence = "Tanggal lahir ibu tidak mungkin. Periksa tahunnya."
                found.append(Problem(sentence, "birth_date", "birth_date"))
        return found


@dataclass(frozen=True)
class ReportDraft:
    """What somebody tells of a pregnant woman or a newborn; `phone` is already normalised or empty.

    `name` is the woman's, for a newborn the mother's; `day` the due date or the birth date, where it is known.
    """

    kind: str
    name: str
    village: Area
    rw: str = ""
    phone: str = ""
    day: date | None = None
    note: str = ""

    def problems(self, today: date) -> list[Problem]:
        """Everything that makes it impossible as news of today."""
        found = []
        if self.kind not in ReportKind.values:
            found.append(Problem("Pilih ibu hamil atau bayi baru lahir.", "kind", "kind"))
        if not self.name.strip():
            found.append(Problem("Isi nama ibu.", "name", "name"))
        if self.day is not None:
            found += self._impossible_day(self.day, today)
        return found

    def _impossible_day(self, day: date, today: date) -> list[Problem]:
        if self.kind == ReportKind.BIRTH and day > today:
            sentence, code = "Tanggal lahir belum terjadi. Periksa hari, bulan dan tahunnya.", "future"
        elif self.kind == ReportKind.BIRTH and (today - day).days > NEWBORN_DAYS:
            sentence, code = "Anak ini sudah lebih dari setahun. Daftarkan langsung di posyandunya.", "old"
        elif self.kind == ReportKind.PREGNANCY and not today - EARLIEST_DUE <= day <= today + LATEST_DUE:
            sentence = "Perkiraan lahir antara sebulan yang lalu dan sembilan bulan lagi. Periksa lagi."
            code = "due"
        else:
            return []
        return [Problem(sentence, code, "day")]
