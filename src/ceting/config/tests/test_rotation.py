"""New keys for what is stored: every value opens afterwards, and what somebody writes meanwhile isn't lost."""

import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from ceting.config import keys, rotation
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.ciphers import UnreadableValueError, digest, keyed_hash
from ceting.foundation.core.fields import EncryptedTextField
from ceting.registry.accounts import link_operations
from ceting.registry.families import doubles
from ceting.registry.families.looking_again import look_again
from ceting.registry.families.models import Caregiver, Child, Household, LikelyPair
from tests.cast import Cast
from tests.houses import ROOT, House

pytestmark = pytest.mark.django_db
KEYS = ("CETING_SECRET_KEY", "CETING_DATA_KEYS", "CETING_LOOKUP_KEY")


@pytest.fixture
def newer(cast: Cast, settings: Any) -> str:
    """A key that writes from now on, before those that were there."""
    settings.DATA_KEYS = (("k2", secrets.token_bytes(32)), *settings.DATA_KEYS)
    return "k2"


def people() -> list[tuple[str, ...]]:
    """Every personal value, as the house reads it."""
    return [
        *((child.nik,) for child in Child.objects.order_by("pk")),
        *((adult.nik, adult.phone) for adult in Caregiver.objects.order_by("pk")),
        *((home.kk, home.address) for home in Household.objects.order_by("pk")),
    ]


def test_every_encrypted_column_of_the_house_is_found() -> None:
    wanted = {
        f"{model._meta.label_lower}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    assert {column.label for column in rotation.columns()} == wanted
    assert len(wanted) > 5


def test_after_a_rotation_only_the_new_key_is_needed(newer: str, settings: Any) -> None:
    before = people()
    assert any(nik for nik, *_ in before)
    changed = rotation.rotate_data()
    assert rotation.counts() == {newer: changed}
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    assert people() == before


def test_a_second_run_finds_nothing_left(newer: str) -> None:
    assert rotation.rotate_data() > 0
    assert rotation.rotate_data() == 0


def test_a_rotation_leaves_the_sealed_trail_true(newer: str) -> None:
    while audit.seal() is not None:
        pass
    entries = audit.verify()
    rotation.rotate_data()
    assert audit.verify() == entries > 0


def test_what_was_saved_after_it_was_read_stays(newer: str, cast: Cast) -> None:
    """The rotation read the old number; the midwife saved a new one before it wrote."""
    column = next(each for each in rotation.columns() if each.label == "families.caregiver.phone")
    (batch,) = rotation._old_values(column)
    mother = cast.aisyah.mother
    assert mother is not None
    mother.phone = "+628120000000"
    mother.save()
    rotation._rotate_batch(column, batch)
    mother.refresh_from_db()
    assert mother.phone == "+628120000000"


def test_a_value_that_no_key_opens_stops_it_with_nothing_changed(cast: Cast, settings: Any) -> None:
    before = settings.DATA_KEYS
    settings.DATA_KEYS = (("k9", secrets.token_bytes(32)),)
    with pytest.raises(UnreadableValueError):
        rotation.rotate_data()
    settings.DATA_KEYS = before
    assert set(rotation.counts()) == {"test"}


def test_with_a_new_lookup_key_a_child_is_still_found_by_her_nik(cast: Cast, settings: Any) -> None:
    old_hash, fresh = cast.aisyah.nik_hash, secrets.token_bytes(32)
    rotation.rotate_lookup(fresh)
    settings.LOOKUP_KEY = fresh
    assert Child.objects.get(nik_hash=keyed_hash(cast.aisyah.nik)) == cast.aisyah
    assert not Child.objects.filter(nik_hash=old_hash).exists()


def test_a_new_lookup_key_forgets_no_answer_and_closes_no_door(cast: Cast, settings: Any) -> None:
    """ "Memang dua anak" stays said, and an invitation that lies on somebody's desk still opens."""
    other = cast.child(
        "Aisyah Putry", birth_date=cast.aisyah.birth_date, sex=cast.aisyah.sex, mother="Sari Wahyuni"
    )
    doubles.look_for_doubles()
    assert LikelyPair.objects.exists()
    doubles.say_two_children(cast.aisyah, other, by=cast.bidan_rina)
    token = link_operations.make_link(cast.kader_wati, by=cast.kepala)
    fresh = secrets.token_bytes(32)
    rotation.rotate_lookup(fresh)
    settings.LOOKUP_KEY = fresh
    look_again([cast.aisyah, other])
    doubles.look_for_doubles()
    assert not LikelyPair.objects.exists()
    assert link_operations.find_link(digest(token)).user == cast.kader_wati


def test_prepare_rotate_finish(house: House, tmp_path: Path) -> None:
    """The three steps of the command; the key file says after each what the next one needs."""
    key_file = tmp_path / "ceting.env"
    environment = house.environment
    key_file.write_text("".join(f"{name}={environment.pop(name)}\n" for name in KEYS), encoding="utf-8")
    key_file.chmod(0o600)
    before = {table: len(rows) for table, rows in house.content().items()}

    def ceting(*words: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "ceting.cli", "keys", *words]
        # Only the file holds keys: what the environment says would win.
        told = {**environment, "CETING_ENV_FILE": str(key_file)}
        done = subprocess.run(command, cwd=ROOT, env=told, text=True, capture_output=True, check=False)  # noqa: S603
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    ceting("rotate", "--prepare")
    assert [part[:3] for part in keys.read(key_file)["CETING_DATA_KEYS"].split(",")] == ["k1:", "tes"]
    assert "nilai dengan kunci lama" in ceting("rotate", "--finish", code=1)
    assert "ditulis ulang" in ceting("rotate")
    ceting("rotate", "--finish")
    assert len(keys.read(key_file)["CETING_DATA_KEYS"].split(",")) == 1
    assert "menulis" in ceting("status")
    assert {table: len(rows) for table, rows in house.content().items()} == before
