"""The values that official sources leave open: which they are, and whether a doctor has read those that stand."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from ceting.registry.places.models import CATALOGUE, Definition, Puskesmas, SettingChange, Settings
from ceting.standards.sources import Status

OPEN = (Status.CONFLICT, Status.BACKGROUND)
Values = Mapping[str, str]


def to_be_read() -> list[Definition]:
    """Two sources disagree, or nobody of the project has seen the text; in the order of the catalogue."""
    return [each for each in CATALOGUE.values() if each.status in OPEN]


def values_of(settings: Settings) -> Values:
    """Code -> stored value, as it stands."""
    return {each.code: each.stored(settings.get(each.code)) for each in to_be_read()}


def standing(puskesmas: Puskesmas, changes: Iterable[SettingChange]) -> Values:
    return values_of(Settings(changes, puskesmas.today()))


def changed_since(read: Values, now: Values) -> list[str]:
    """Codes whose value isn't the one that was read."""
    return [code for code, value in now.items() if read.get(code) != value]


def digest(values: Values) -> str:
    """Names what a page showed, so that nobody confirms what she hasn't seen."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]
