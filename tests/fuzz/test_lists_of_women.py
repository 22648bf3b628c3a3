"""Garbage as a list of pregnant women: refused in words or previewed, nothing written before somebody says so."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceting.care.pregnancies.models import Pregnancy
from ceting.foundation.core.errors import RefusedError
from ceting.foundation.core.models import JobState
from ceting.gateways.interop.pregnant_women.models import ImportState, WomenFile
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.gateways.interop.pregnant_women.tests.importing import check, receive, run
from ceting.registry.families.models import Caregiver
from tests.cast import Cast
from tests.fuzz.garbage import TEXT

pytestmark = pytest.mark.django_db
NAMES = ("register.xls", "register.xlsx", "register.csv")
fuzz = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def judged(cast: Cast, content: bytes, name: str) -> WomenFile | None:
    """Uploaded and checked; None when it was refused at the door."""
    try:
        return check(receive(cast, content, name=name))
    except RefusedError:
        return None


def nothing_is_broken(cast: Cast, content: bytes, name: str) -> None:
    before = Caregiver.objects.count()
    with transaction.atomic():
        file = judged(cast, content, name)
        if file is not None:
            assert file.state in (ImportState.REFUSED, ImportState.READY), (file.state, content[:80])
            assert file.check_job is not None
            assert file.check_job.state == JobState.DONE, content[:80]
            assert (Caregiver.objects.count(), Pregnancy.objects.count()) == (before, 0)
        transaction.set_rollback(True)


@fuzz
@given(content=st.binary(max_size=400), name=st.sampled_from(NAMES))
def test_any_bytes_are_refused_or_previewed(cast: Cast, content: bytes, name: str) -> None:
    nothing_is_broken(cast, content, name)


@fuzz
@given(data=st.data())
def test_a_list_that_was_cut_or_broken_on_the_way_is_refused_or_previewed(
    cast: Cast, data: st.DataObject
) -> None:
    content = lists.as_csv([lists.row(), lists.woman(1), lists.woman(2)])
    begin = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(begin, len(content)))
    how = data.draw(st.sampled_from(("cut", "without", "noise", "twice")))
    broken = {
        "cut": content[:begin],
        "without": content[:begin] + content[end:],
        "noise": content[:begin] + data.draw(st.binary(max_size=30)) + content[begin:],
        "twice": content[:end] + content[begin:],
    }[how]
    nothing_is_broken(cast, broken, "register.csv")


@fuzz
@given(data=st.data())
def test_garbage_in_the_cells_names_its_rows_and_the_rest_can_be_taken_in(
    cast: Cast, data: st.DataObject
) -> None:
    """The good row goes in; the bad one does when what is broken isn't needed."""
    bad = {
        data.draw(st.sampled_from(lists.HEADER)): data.draw(TEXT) for _ in range(data.draw(st.integers(1, 5)))
    }
    with transaction.atomic():
        file = judged(cast, lists.as_csv([lists.woman(1), lists.woman(5) | bad]), "register.csv")
        if file is not None and all(place.is_settled for place in file.places.all()):
            done = run(cast, file)
            assert done.state is ImportState.DONE, bad
            assert 1 <= Pregnancy.objects.count() <= 2, bad
        transaction.set_rollback(True)
