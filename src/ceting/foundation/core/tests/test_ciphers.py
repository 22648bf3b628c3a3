"""Personal columns: nobody reads them without a key, nobody moves or changes them unnoticed, keys rotate."""

import base64
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ceting.foundation.core.ciphers import (
    UnreadableValueError,
    decrypt,
    encrypt,
    fingerprint,
    keyed_hash,
)
from tests.cast import Cast

NIK = "1371024506240001"
COLUMN = "families.child.nik"
OLD, NEW = ("k1", b"1" * 32), ("k2", b"2" * 32)


@given(st.text(min_size=1))
def test_any_text_comes_back(text: str) -> None:
    assert decrypt(encrypt(text, column=COLUMN), column=COLUMN) == text


def test_the_text_does_not_show_and_no_two_look_alike() -> None:
    first, second = encrypt(NIK, column=COLUMN), encrypt(NIK, column=COLUMN)
    assert NIK not in first
    assert first != second


def test_a_value_moved_to_another_column_does_not_open() -> None:
    stored = encrypt(NIK, column=COLUMN)
    with pytest.raises(UnreadableValueError):
        decrypt(stored, column="families.caregiver.nik")


def test_a_changed_byte_does_not_open() -> None:
    name, _, body = encrypt(NIK, column=COLUMN).partition(":")
    raw = bytearray(base64.b64decode(body))
    for position in (0, 12, len(raw) - 1):
        changed = bytearray(raw)
        changed[position] ^= 1
        with pytest.raises(UnreadableValueError):
            decrypt(f"{name}:{base64.b64encode(changed).decode()}", column=COLUMN)


def test_after_a_rotation_the_new_key_writes_and_the_old_one_still_reads(settings: Any) -> None:
    settings.DATA_KEYS = (OLD,)
    before = encrypt(NIK, column=COLUMN)
    settings.DATA_KEYS = (NEW, OLD)
    after = encrypt(NIK, column=COLUMN)
    assert after.startswith("k2:")
    assert decrypt(before, column=COLUMN) == decrypt(after, column=COLUMN) == NIK
    settings.DATA_KEYS = (NEW,)
    with pytest.raises(UnreadableValueError, match="k1"):
        decrypt(before, column=COLUMN)


def test_the_fingerprint_names_the_keys_in_any_order_and_tells_none(settings: Any) -> None:
    settings.DATA_KEYS = (NEW, OLD)
    one = fingerprint()
    settings.DATA_KEYS = (OLD, NEW)
    assert fingerprint() == one
    settings.DATA_KEYS = (OLD,)
    assert fingerprint() != one
    settings.DATA_KEYS = (OLD, NEW)
    settings.LOOKUP_KEY = b"3" * 32
    assert fingerprint() != one


def test_a_lookup_hash_needs_the_key(settings: Any) -> None:
    with_one_key = keyed_hash(NIK)
    assert with_one_key == keyed_hash(NIK)
    assert len(with_one_key) == 43
    settings.LOOKUP_KEY = b"3" * 32
    assert keyed_hash(NIK) != with_one_key


def test_the_database_never_sees_a_nik(cast: Cast) -> None:
    child = cast.aisyah
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik, nik_hash FROM families_child")
        stored = cursor.fetchall()
    assert child.nik
    assert all(child.nik not in str(row) for row in stored)
    assert type(child).objects.get(nik_hash=keyed_hash(child.nik)).nik == child.nik
