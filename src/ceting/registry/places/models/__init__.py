"""Where people work: the tree of places, what became of it, its services, and the settings of each puskesmas."""

from ceting.registry.places.models.changes import PlaceChange, PosyanduClosure
from ceting.registry.places.models.offerings import WEEKDAYS, Service
from ceting.registry.places.models.settings import SettingChange, Settings, forget_settings, settings_of
from ceting.registry.places.models.tree import (
    ZONES,
    Area,
    AreaLevel,
    Posyandu,
    PosyanduKind,
    Puskesmas,
    Pustu,
    WorkArea,
)
from ceting.registry.places.settings_catalogue import CATALOGUE, GROUPS, Definition, Kind

__all__ = [
    "CATALOGUE",
    "GROUPS",
    "WEEKDAYS",
    "ZONES",
    "Area",
    "AreaLevel",
    "Definition",
    "Kind",
    "PlaceChange",
    "Posyandu",
    "PosyanduClosure",
    "PosyanduKind",
    "Puskesmas",
    "Pustu",
    "Service",
    "SettingChange",
    "Settings",
    "WorkArea",
    "forget_settings",
    "settings_of",
]
