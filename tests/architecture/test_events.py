"""News that travels up the house stands in docs/architecture.md, with everybody who hears it."""

from importlib import import_module
from importlib.util import find_spec

from django.dispatch import Signal

from tests.architecture import house


def signals() -> dict[str, Signal]:
    """`app.signal` -> signal, for every events.py."""
    found = {}
    for name in house.app_names():
        if find_spec(f"{name}.events"):
            events = import_module(f"{name}.events")
            for attribute, value in vars(events).items():
                if isinstance(value, Signal):
                    found[f"{name.rpartition('.')[2]}.{attribute}"] = value
    return found


def documented() -> dict[str, set[str]]:
    """`app.signal` -> receivers, from the table of docs/architecture.md."""
    rows = {}
    for line in (house.ROOT / "docs/architecture.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            rows[cells[0].strip("`")] = {name.strip(" `") for name in cells[3].split(",") if "`" in name}
    return rows


def heard_by(signal: Signal) -> set[str]:
    listeners, _ = signal._live_receivers(None)
    return {
        f"{each.__module__.split('.')[-2]}.{each.__module__.split('.')[-1]}.{each.__name__}"
        for each in listeners
    }


def test_there_are_events() -> None:
    assert "measurements.measurements_recorded" in signals()


def test_every_event_stands_in_the_architecture_with_its_listeners() -> None:
    assert {name: heard_by(signal) for name, signal in signals().items()} == documented()
