"""The cast of every test: two posyandu of Puskesmas Andalas and, behind the hill, another puskesmas.

Ibu Sari and her daughter Aisyah come to Posyandu Melati, where Wati is kader. Tuti is kader of Posyandu Kenanga: she
must see nothing of Melati. Everything is written by the real operations.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.test import Client

from ceting.care.measurements import operations as measurements
from ceting.care.measurements.drafts import MeasurementDraft
from ceting.care.measurements.models import Measurement, Session
from ceting.foundation.core import clock
from ceting.registry.accounts import locking
from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.families import operations as families
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child, Sex
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area, AreaLevel, Posyandu, Puskesmas

PASSWORD = "rendang-dari-andalas"
PADANG_TIMUR = "13.71.02"
KOTO_TANGAH = "13.71.11"
BOY, GIRL = Sex.BOY.value, Sex.GIRL.value


@dataclass(frozen=True)
class Cast:
    """Who plays. `melati` and `kenanga` are posyandu of `andalas`, `mawar` is one of `air_dingin`."""

    andalas: Puskesmas
    air_dingin: Puskesmas
    villages: dict[str, Area]
    """Padang Timur's villages by name."""
    melati: Posyandu
    kenanga: Posyandu
    mawar: Posyandu
    kader_wati: User
    kader_tuti: User
    bidan_rina: User
    petugas_gizi_dewi: User
    dr_hasan: User
    dr_mira: User
    kepala: User
    dinas: User
    bidan_yuni: User
    """Midwife of Air Dingin: she must see nothing of Andalas."""
    aisyah: Child
    """Ibu Sari's daughter, 14 months, at Melati; with a NIK."""
    rafi: Child
    """A boy of Kenanga, 20 months."""
    zahra: Child
    """A girl of Mawar, at the other puskesmas."""
    password: str = PASSWORD
    _serial: "count[int]" = field(default_factory=lambda: count(100))

    @property
    def today(self) -> date:
        return self.andalas.today()

    @property
    def everybody(self) -> dict[str, User]:
        """Name of the attribute -> user."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}

    def child(
        self,
        name: str = "Budi",
        *,
        posyandu: Posyandu | None = None,
        months: int = 14,
        birth_date: date | str | None = None,
        sex: int = BOY,
        mother: str | None = "Ibu Yanti",
        nik: str = "",
        by: User | None = None,
        **more: object,
    ) -> Child:
        """One more child, at Melati unless said otherwise; `more` are other fields of ChildDraft."""
        draft = ChildDraft(
            name=name,
            sex=sex,
            birth_date=_day(birth_date) if birth_date else born(self.today, months=months),
            mother=CaregiverDraft(mother) if mother else None,
            nik=nik,
            **more,  # type: ignore[arg-type]
        )
        return families.register_child(
            draft, posyandu=posyandu or self.melati, by=by or self.bidan_rina, despite_likeness=True
        )

    def children(self, number: int, *, posyandu: Posyandu | None = None) -> list[Child]:
        """Many children at once: "Anak 100", "Anak 101", ..., aged 1 to 58 months, boys and girls in turn."""
        registrations = [
            families.Registration(
                ChildDraft(
                    name=f"Anak {serial}",
                    sex=GIRL if serial % 2 else BOY,
                    birth_date=born(self.today, months=1 + serial % 58),
                    mother=CaregiverDraft(f"Ibu {serial}"),
                ),
                posyandu or self.melati,
            )
            for serial in (next(self._serial) for _ in range(number))
        ]
        return families.register_many(registrations, by=self.bidan_rina)

    def session(self, on: date | str | None = None, *, posyandu: Posyandu | None = None) -> Session:
        """The session of a posyandu (Melati) on a day (today)."""
        return measurements.open_session(
            posyandu or self.melati, _day(on) if on else self.today, by=self.bidan_rina
        )

    def weigh(
        self,
        child: Child,
        on: date | str | None,
        kg: Decimal | str | float | None,
        *,
        cm: Decimal | str | float | None = None,
        by: User | None = None,
        **more: object,
    ) -> Measurement:
        """Weigh a child in the session of her posyandu on a day (today); `more` are other fields of the draft."""
        session = self.session(on, posyandu=child.posyandu)
        draft = MeasurementDraft(
            child=child,
            measured_on=session.held_on,
            weight_kg=_number(kg),
            lenhei_cm=_number(cm),
            session=session,
            **more,  # type: ignore[arg-type]
        )
        (row,) = measurements.record_many([draft], by=by or self.kader_wati)
        return row

    def sign_in(self, client: Client, user: User) -> Client:
        """The same client, signed in without the form, and as just come in: her keys' pages don't ask again."""
        client.force_login(user)
        session = client.session
        session[locking.PROVEN] = clock.now().isoformat()
        session.save()
        return client


def born(today: date, *, months: int) -> date:
    """A birth date that makes a child `months` old: the 10th of its month, so that month ends don't matter."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(10, today.day))


def nik_of(birth_date: date, sex: int, serial: int = 1, district: str = PADANG_TIMUR) -> str:
    """A NIK that agrees with birth date and sex: PPKKCC DDMMYY NNNN, women day + 40."""
    day = birth_date.day + (40 if sex == GIRL else 0)
    return f"{district.replace('.', '')}{day:02}{birth_date:%m%y}{serial:04}"


def _day(day: date | str) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)


def _number(value: Decimal | str | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _user(
    name: str, username: str, role: str, puskesmas: Puskesmas | None, posyandu: Posyandu | None = None
) -> User:
    user = accounts.create_user(
        username=username, name=name, password=PASSWORD, puskesmas=puskesmas, by=None, check=False
    )
    at_puskesmas = puskesmas if posyandu is None else None
    accounts.give_role(user, role, puskesmas=at_puskesmas, posyandu=posyandu, by=None)
    return user


def _first_child(
    name: str, mother: str, posyandu: Posyandu, *, months: int, sex: int, serial: int, by: User
) -> Child:
    birth_date = born(posyandu.puskesmas.today() - timedelta(days=1), months=months)
    draft = ChildDraft(
        name=name,
        sex=sex,
        birth_date=birth_date,
        mother=CaregiverDraft(mother, phone=f"+62812670010{serial:02}"),
        nik=nik_of(birth_date, sex, serial),
        rw=posyandu.rw,
        rt="02",
        address=f"Jalan {mother} nomor {serial}",
    )
    return families.register_child(draft, posyandu=posyandu, by=by)


def gather() -> Cast:
    """Write the cast into the database that is there (the journeys use it too)."""
    places.import_areas(by=None)
    villages = {area.name: area for area in Area.objects.filter(parent__code=PADANG_TIMUR)}
    beyond = Area.objects.filter(parent__code=KOTO_TANGAH, level=AreaLevel.VILLAGE).order_by("code")
    districts = {area.code: area for area in Area.objects.filter(code__in=[PADANG_TIMUR, KOTO_TANGAH])}
    andalas = places.open_puskesmas(
        "Andalas", district=districts[PADANG_TIMUR], villages=villages.values(), confirmed=True, by=None
    )
    air_dingin = places.open_puskesmas(
        "Air Dingin", district=districts[KOTO_TANGAH], villages=beyond, confirmed=True, by=None
    )
    melati, kenanga = places.open_posyandu(
        [("Melati", villages["Andalas"], "03"), ("Kenanga", villages["Jati"], "05")],
        puskesmas=andalas,
        by=None,
    )
    (mawar,) = places.open_posyandu([("Mawar", beyond[0], "01")], puskesmas=air_dingin, by=None)
    rina = _user("Rina Marlina", "bidan.rina", "bidan", andalas)
    yuni = _user("Yuni Astuti", "bidan.yuni", "bidan", air_dingin)
    return Cast(
        andalas=andalas,
        air_dingin=air_dingin,
        villages=villages,
        melati=melati,
        kenanga=kenanga,
        mawar=mawar,
        kader_wati=_user("Wati", "kader.wati", "kader", andalas, melati),
        kader_tuti=_user("Tuti", "kader.tuti", "kader", andalas, kenanga),
        bidan_rina=rina,
        petugas_gizi_dewi=_user("Dewi Anggraini", "gizi.dewi", "petugas_gizi", andalas),
        dr_hasan=_user("dr. Hasan", "dr.hasan", "dokter", andalas),
        dr_mira=_user("dr. Mira, Sp.OG", "dr.mira", "spesialis", None),
        kepala=_user("Yusnimar", "kepala", "kepala", andalas),
        dinas=_user("Dinas Kesehatan", "dinas", "dinas", None),
        bidan_yuni=yuni,
        aisyah=_first_child("Aisyah Putri", "Sari Wahyuni", melati, months=14, sex=GIRL, serial=1, by=rina),
        rafi=_first_child("Rafi Pratama", "Elvi Susanti", kenanga, months=20, sex=BOY, serial=2, by=rina),
        zahra=_first_child("Zahra Aulia", "Mega Lestari", mawar, months=8, sex=GIRL, serial=3, by=yuni),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in this test's database."""
    return gather()
