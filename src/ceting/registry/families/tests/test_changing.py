"""Changing a child: who comes second is told so, and what grew from a birth date grows again."""

from datetime import timedelta

import pytest

from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import EditConflictError, RefusedError
from ceting.registry.families import operations
from ceting.registry.families.models import Child
from ceting.registry.families.search import find
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_second_of_two_people_sees_both_values_and_overwrites_nothing(cast: Cast) -> None:
    seen = cast.aisyah.version
    operations.change_child(cast.aisyah, {"name": "Aisyah Zahra"}, base_version=seen, by=cast.bidan_rina)
    with pytest.raises(EditConflictError) as conflict:
        operations.change_child(
            cast.aisyah, {"name": "Aisyah Putri R."}, base_version=seen, by=cast.kader_wati
        )
    assert conflict.value.theirs == {"name": "Aisyah Zahra"}
    assert Child.objects.get(pk=cast.aisyah.pk).name == "Aisyah Zahra"


def test_saving_what_stands_already_is_no_conflict_and_no_change(cast: Cast) -> None:
    seen = cast.aisyah.version
    operations.change_child(cast.aisyah, {"name": "Aisyah Zahra"}, base_version=seen, by=cast.bidan_rina)
    same = operations.change_child(
        cast.aisyah, {"name": "Aisyah Zahra"}, base_version=seen, by=cast.kader_wati
    )
    assert same.version == seen + 1


def test_a_new_birth_date_derives_every_measurement_again_and_keeps_the_old_values_in_the_audit(
    cast: Cast,
) -> None:
    row = cast.weigh(cast.aisyah, cast.today, "8.9", cm="74.0")
    before = (row.age_days, row.zwei, row.zlen)
    earlier = cast.aisyah.birth_date - timedelta(days=60)
    operations.change_child(
        cast.aisyah, {"birth_date": earlier}, base_version=cast.aisyah.version, by=cast.bidan_rina
    )
    row.refresh_from_db()
    assert row.age_days == before[0] + 60
    assert row.zwei < before[1]
    assert row.zlen < before[2]
    assert str(before[1]) in AuditEntry.objects.get(action="measurement.reassess").detail


def test_a_nik_of_another_child_is_refused(cast: Cast) -> None:
    with pytest.raises(RefusedError) as refusal:
        operations.change_child(
            cast.rafi, {"nik": cast.aisyah.nik}, base_version=cast.rafi.version, by=cast.bidan_rina
        )
    assert refusal.value.problems[0].field == "nik"


def test_a_name_change_is_found_by_the_new_name(cast: Cast) -> None:
    operations.change_child(
        cast.aisyah, {"name": "Djoewita"}, base_version=cast.aisyah.version, by=cast.bidan_rina
    )
    assert find("juwita", user=cast.bidan_rina, limit=5) == [cast.aisyah]


def test_only_what_may_be_changed_can_be_changed(cast: Cast) -> None:
    with pytest.raises(ValueError, match="posyandu"):
        operations.change_child(cast.aisyah, {"posyandu": cast.kenanga}, base_version=1, by=cast.bidan_rina)
