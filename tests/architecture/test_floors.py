"""Imports and foreign keys go down; apps meet at their doors only."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from tests.architecture import house

DOORS = (
    "operations",
    "roster_operations",
    "link_operations",
    "invitations",
    "mistake_operations",
    "woman_operations",
    "contact_operations",
    "outcome_operations",
    "support_operations",
    "merging",
    "models",
    "events",
    "drafts",
    "outcome_drafts",
    "contributing",
    "chat_links",
    "steps",
    "child_page",
    "due_list",
    "home_figures",
    "timeline",
)
"""What another app may import; `drafts` are the arguments of operations, `invitations` what comes of a link on paper,
`contributing` takes what upper apps add to a copy of somebody's data or tell messaging of a puskesmas, `steps` to the
start of a puskesmas, `child_page` to a child's pages, `due_list` to the list of who is due at a posyandu,
`home_figures` to the numbers of home,
`timeline` to a family's;
`chat_links` makes addresses that open a chat."""
LIBRARIES = ("ceting.foundation.core", "ceting.foundation.ui", "ceting.gateways.interop")
"""Not apps with a door but the tools of everybody: types, keys, ciphers; form fields, words, components; of imports."""
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "managers", "manager", "services", "service", "misc"}


def test_imports_go_down() -> None:
    """The contract of .importlinter, exhaustive: a room that isn't in it breaks it too."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=house.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_contract_is_exhaustive_everywhere() -> None:
    text = (house.ROOT / ".importlinter").read_text(encoding="utf-8")
    assert text.count("type = layers") == text.count("exhaustive = true")


def test_foreign_keys_go_down() -> None:
    floors = house.floors()
    wrong = []
    for model in apps.get_models():
        source = house.app_of(model.__module__)
        if source is None:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField) and field.related_model is not model:
                target = house.app_of(field.related_model.__module__)
                if target is None or not floors.may_point(source, target):
                    wrong.append(f"{model.__name__}.{field.name} -> {field.related_model.__name__}")
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("ceting.registry.families", "ceting.registry.places", True),
        ("ceting.care.measurements", "ceting.registry.families", True),
        ("ceting.gateways.interop.eppgbm", "ceting.care.measurements", True),
        ("ceting.registry.places", "ceting.registry.families", False),
        ("ceting.registry.families", "ceting.care.measurements", False),
        ("ceting.care.measurements", "ceting.care.pregnancies", False),
        ("ceting.foundation.audit", "ceting.foundation.ui", False),
    ],
)
def test_the_floors_are_read_rightly(source: str, target: str, allowed: bool) -> None:
    assert house.floors().may_point(source, target) is allowed


def test_the_documents_name_every_door() -> None:
    lines = (house.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines()
    table = lines[lines.index("| door | is |") + 2 :]
    rows = table[: table.index("")]
    named = {door for row in rows for door in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named - {"access", "roles", "accounts"} == set(DOORS)


def test_apps_meet_at_their_doors_only() -> None:
    wrong = []
    for module in house.modules():
        here = house.app_of(module.name)
        # config is the only place that knows every app.
        if module.is_test or module.name.startswith(("ceting.config", "ceting.cli")):
            continue
        for imported in house.imports(module):
            there = house.app_of(imported)
            if there is None or there == here or there in LIBRARIES:
                continue
            door = imported.removeprefix(f"{there}.").split(".")[0]
            if door not in DOORS and imported.removeprefix("ceting.registry.accounts.").split(".")[0] not in {
                "access",
                "roles",
            }:
                wrong.append(f"{module.name} imports {imported}")
    assert wrong == []


def test_names_come_from_the_field() -> None:
    wrong = [
        str(module.path)
        for module in house.modules()
        if FORBIDDEN_NAMES & {*module.name.split(".")[-1].split("_"), *module.name.split(".")}
    ]
    assert wrong == []


def test_no_import_hides_in_a_function() -> None:
    wrong = []
    for module in house.modules():
        if module.is_test:
            continue
        for node in house.ast.walk(module.tree):
            if isinstance(node, house.ast.FunctionDef | house.ast.AsyncFunctionDef):
                inside = [
                    each
                    for each in house.ast.walk(node)
                    if isinstance(each, house.ast.Import | house.ast.ImportFrom)
                ]
                wrong += [f"{module.path}:{each.lineno}" for each in inside]
    assert wrong == []
