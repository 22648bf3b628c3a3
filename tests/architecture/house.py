"""Reads the house from its source: apps, floors, modules and their imports. Nothing here is a test."""

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"


@dataclass(frozen=True)
class Module:
    """A module of ours, by its dotted name."""

    name: str
    path: Path

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), str(self.path))

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts


def modules() -> Iterator[Module]:
    """Every Python module under src/ but migrations, which Django writes."""
    for path in sorted((SOURCE / "ceting").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path)


def imports(module: Module) -> Iterator[str]:
    """Dotted names that a module imports, of ours; `from a import b` gives `a.b`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                f"{node.module}.{alias.name}" for alias in node.names if node.module.startswith("ceting")
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("ceting"))


def app_names() -> list[str]:
    """Dotted names of our apps."""
    return [config.name for config in apps.get_app_configs() if config.name.startswith("ceting.")]


def app_of(dotted: str) -> str | None:
    """The app that a dotted name is in; None on the ground, in config and in the demo."""
    inside = [name for name in app_names() if dotted == name or dotted.startswith(f"{name}.")]
    return max(inside, key=len, default=None)


@dataclass(frozen=True)
class Floors:
    """The layers of .importlinter: container -> its layers from the top, each a set of siblings."""

    layers: dict[str, list[frozenset[str]]]

    def height(self, dotted: str) -> tuple[int, ...]:
        """How high a module stands, floor by floor; siblings stand equally high."""
        heights, container = [], "ceting"
        while container in self.layers:
            rest = dotted.removeprefix(container + ".").split(".")
            order = list(reversed(self.layers[container]))
            heights.append(next(at for at, names in enumerate(order) if rest[0] in names))
            container = f"{container}.{rest[0]}"
        return tuple(heights)

    def may_point(self, source: str, target: str) -> bool:
        """Whether a foreign key of app `source` may point at app `target`: to itself or down, never beside or up."""
        return source == target or self.height(target) < self.height(source)


def floors() -> Floors:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    found = {}
    for section in parser.sections():
        contract = parser[section]
        if contract.get("type") != "layers":
            continue
        rows = [row.strip() for row in contract["layers"].splitlines() if row.strip()]
        layers = [frozenset(name.strip(" ()") for name in row.split("|")) for row in rows]
        found[contract["containers"].strip()] = layers
    return Floors(found)
