"""Verbs that write places: how they come to be, how they change, what they offer and what they decided."""

from ceting.registry.places.operations.changing import (
    add_villages,
    change_posyandu,
    change_pustu,
    close_posyandu,
    confirm_areas,
    describe_puskesmas,
    open_pustu,
)
from ceting.registry.places.operations.founding import (
    PADANG_AREAS,
    AreaFileError,
    import_areas,
    open_missing_posyandu,
    open_posyandu,
    open_puskesmas,
    take_areas,
)
from ceting.registry.places.operations.offering import end_service, offer_services
from ceting.registry.places.operations.setting import change_settings

__all__ = [
    "PADANG_AREAS",
    "AreaFileError",
    "add_villages",
    "change_posyandu",
    "change_pustu",
    "change_settings",
    "close_posyandu",
    "confirm_areas",
    "describe_puskesmas",
    "end_service",
    "import_areas",
    "offer_services",
    "open_missing_posyandu",
    "open_posyandu",
    "open_puskesmas",
    "open_pustu",
    "take_areas",
]
