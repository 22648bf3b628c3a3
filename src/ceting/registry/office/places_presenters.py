"""Words for the pages of places; no database."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ceting.registry.places.models import WEEKDAYS, PlaceChange, Puskesmas, Service
from ceting.standards.identity import format_phone

DEEDS = {
    "puskesmas.open": "Puskesmas dibuka",
    "puskesmas.describe": "Data puskesmas diubah",
    "area.confirm": "Wilayah dipastikan",
    "area.add": "Wilayah ditambah",
    "area.doubt": "Wilayah belum pasti lagi",
    "pustu.open": "Pustu ditambahkan",
    "pustu.change": "Pustu diubah",
    "posyandu.open": "Posyandu dibuka",
    "posyandu.change": "Posyandu diubah",
    "posyandu.close": "Posyandu ditutup",
    "service.offer": "Layanan ditambahkan",
    "service.end": "Layanan diakhiri",
}

EMPTY = "kosong"
"""How `places.operations` writes a field that held nothing."""


def office_facts(puskesmas: Puskesmas) -> list[tuple[str, str]]:
    return [
        ("Kecamatan", puskesmas.district.name),
        ("Kode", puskesmas.code),
        ("Waktu setempat", puskesmas.get_zone_display()),
        ("Alamat", puskesmas.office_address),
        ("Telepon", format_phone(puskesmas.office_phone)),
        ("Di luar jam jaga", puskesmas.after_hours_facility),
        ("Telepon di luar jam jaga", format_phone(puskesmas.after_hours_phone)),
        ("Nomor darurat", puskesmas.emergency_phone),
    ]


@dataclass(frozen=True)
class ServiceLine:
    service: Service
    days: str
    hours: str
    quota: str


def service_line(service: Service) -> ServiceLine:
    return ServiceLine(
        service=service,
        days=", ".join(WEEKDAYS[int(digit)] for digit in service.weekdays),
        hours=f"{service.starts:%H.%M} sampai {service.ends:%H.%M}",
        quota=f"{service.quota} orang sehari" if service.quota else "tanpa batas",
    )


@dataclass(frozen=True)
class HistoryLine:
    """One line of a puskesmas' history."""

    title: str
    when: datetime
    sentence: str
    reason: str


def history_line(change: PlaceChange, names: dict[object, str], zone: ZoneInfo) -> HistoryLine:
    who = names.get(change.by_id, "Sistem")
    if change.after and set(change.before.split(", ")) == {EMPTY}:
        what = f"diisi {change.after}"
    elif change.before and change.after:
        what = f"dari {change.before} menjadi {change.after}"
    else:
        what = change.before or change.after
    return HistoryLine(
        title=f"{DEEDS.get(change.action, 'Perubahan')}: {change.name}",
        when=change.created_at.astimezone(zone),
        sentence=f"{who}: {what}" if what else who,
        reason=change.reason,
    )
