"""Files that come again: the same one, one that overlaps, one with more columns, one that knows more."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.foundation.audit.models import AuditEntry
from ceting.gateways.interop.eppgbm import operations
from ceting.gateways.interop.eppgbm.tests import exports
from ceting.gateways.interop.eppgbm.tests.exports import row
from ceting.gateways.interop.eppgbm.tests.importing import (
    check,
    preview,
    receive,
    remarks,
    run,
    take_in,
    told,
)
from ceting.gateways.interop.eppgbm.tests.test_import import months, registry
from ceting.registry.families.models import Child
from tests.cast import Cast, nik_of

pytestmark = pytest.mark.usefixtures("frozen")


def alyas_nik(cast: Cast) -> str:
    return nik_of(cast.today.replace(year=2025, month=3, day=10), 2, 77)


def test_a_nik_that_is_known_by_now_is_added_to_the_child_and_told_before(cast: Cast) -> None:
    take_in(cast, months(7, 8, NIK="-"))
    nik = alyas_nik(cast)
    file = preview(cast, months(7, 8, 9, NIK=nik))
    assert file.totals["learned_niks"] == 1
    assert remarks(file)[3] == f"NIK …{nik[-4:]} ditambahkan ke ALYA DELIMA, yang belum punya NIK."
    assert Child.objects.get(name="ALYA DELIMA").nik == "", "the preview writes nothing"
    assert operations.counts(run(cast, file)) == {"new_children": 0, "known": 2, "recorded": 1}
    child = Child.objects.get(name="ALYA DELIMA")
    assert child.nik == nik
    assert file.learned_niks.get().child == child
    assert AuditEntry.objects.filter(action="child.change", subject_ids=[str(child.pk)]).exists()


def test_a_nik_is_never_changed_by_an_import(cast: Cast) -> None:
    nik = alyas_nik(cast)
    take_in(cast, months(7, NIK=nik))
    other = nik[:-1] + "8"
    file = take_in(cast, months(8, NIK=other))
    assert "NIK berbeda" in told(file)[3]
    assert Child.objects.get(name="ALYA DELIMA").nik == nik


def test_a_nik_of_a_row_that_is_not_taken_is_not_added(cast: Cast) -> None:
    take_in(cast, months(7, NIK="-"))
    take_in(cast, months(7, NIK=alyas_nik(cast), Berat="8.8"))
    assert Child.objects.get(name="ALYA DELIMA").nik == ""


def test_a_nik_that_somebody_gave_meanwhile_stays_and_the_weighing_goes_in(cast: Cast) -> None:
    take_in(cast, months(7, NIK="-"))
    nik = alyas_nik(cast)
    file = preview(cast, months(8, NIK=nik))
    cast.child("Bayi Lain", sex=2, birth_date="2025-03-10", nik=nik)
    file = run(cast, file)
    assert Child.objects.get(name="ALYA DELIMA").nik == ""
    assert not file.learned_niks.exists()


def test_more_columns_and_another_order_of_columns_change_nothing(cast: Cast) -> None:
    rows = list(exports.district(5, 3, today=cast.today))
    take_in(cast, rows)
    before = registry()
    header = ["Catatan Kader", *reversed(exports.HEADER), "Imunisasi", "Nomor HP"]
    more = [
        each | {"Catatan Kader": "rajin", "Imunisasi": "lengkap", "Nomor HP": "0812-6700-1001"}
        for each in rows
    ]
    file = run(cast, check(receive(cast, exports.as_csv(more, header))))
    assert operations.counts(file) == {"new_children": 0, "known": 15}
    assert registry() == before


def _mixed(cast: Cast) -> list[dict[str, str]]:
    """Children with a full, a masked and no NIK; one whose NIK only some rows know; a row twice.

    No names almost alike: told apart where they stand in one file, and a question where they come one after the other.
    """
    nik = alyas_nik(cast)
    return [
        *exports.district(4, 3, today=cast.today, seed=5),
        *months(6, 7, NIK="-"),
        *months(8, NIK=nik),
        *months(9, NIK=f"{nik[:4]}{'*' * 10}{nik[-2:]}"),
        row(Nama="HASAN BASRI", JK="L", NIK="-"),
        row(Nama="CITRA"),
        row(Nama="CITRA"),
    ]


def _ends_in(cast: Cast, *files: list[dict[str, str]]) -> tuple[object, ...]:
    with transaction.atomic():
        for rows in files:
            take_in(cast, rows)
        found = (registry(), Child.objects.count())
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_any_two_overlapping_files_in_any_order_twice_end_as_their_union(
    cast: Cast, frozen, seed: int
) -> None:
    rows, chance = _mixed(cast), Random(seed)
    sides = [chance.choice(("one", "other", "both")) for _ in rows]
    one = [each for each, side in zip(rows, sides, strict=True) if side != "other"]
    other = [each for each, side in zip(rows, sides, strict=True) if side != "one"]
    union = _ends_in(cast, rows)
    assert _ends_in(cast, one, other) == union
    assert _ends_in(cast, other, one, one, other) == union
