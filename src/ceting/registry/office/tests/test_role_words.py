"""The role matrix: complete, in words, and the committed sheet is today's."""

import subprocess
import sys
from pathlib import Path

from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.roles import PERMISSIONS, ROLES, Reach
from ceting.registry.office.role_words import FIELD_WORDS, REACH_WORDS, deeds, fields, render, role_lines

ROOT = Path(__file__).parents[5]


def test_every_role_reach_and_class_of_fields_has_words() -> None:
    assert set(REACH_WORDS) == set(Reach)
    assert set(FIELD_WORDS) == set(FieldClass) - {FieldClass.INTERNAL}
    assert [line.role for line in role_lines()] == list(ROLES.values())


def test_the_matrix_says_what_the_roles_say() -> None:
    assert len(deeds()) == len(PERMISSIONS)
    for line, code in zip(deeds(), PERMISSIONS, strict=True):
        assert [holds for _, holds in line.cells] == [code in role.permissions for role in ROLES.values()]
    for line, each in zip(fields(), FIELD_WORDS, strict=True):
        assert [holds for _, holds in line.cells] == [each in role.fields for role in ROLES.values()]


def test_a_kader_reads_no_nik() -> None:
    (kader,) = [line for line in role_lines() if line.role.code == "kader"]
    assert FIELD_WORDS[FieldClass.FAMILY] not in kader.reads


def test_the_committed_sheet_is_current() -> None:
    script = ROOT / "scripts" / "build_roles.py"
    done = subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert render().count("\n| ") >= len(PERMISSIONS)
