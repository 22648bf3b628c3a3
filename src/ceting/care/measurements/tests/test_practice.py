"""Bidan Rina lets Wati and Tuti practise: ten children, each measured twice. It stays practice."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ceting.care.measurements import practice
from ceting.care.measurements.models import LatestGrowth, Measurement, Practice, PracticeValue
from ceting.care.measurements.practice_presenters import results
from ceting.foundation.core.errors import RefusedError
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TEN = range(1, 11)
Read = Callable[[int, int], float]


@pytest.fixture
def rina(client: Client, cast: Cast) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


@pytest.fixture
def held(cast: Cast) -> Practice:
    return practice.hold_practice(
        cast.melati,
        cast.today,
        expert="Rina Marlina",
        others=["Wati", "Bu Nur"],
        children=10,
        measures=["lenhei_cm", "muac_cm"],
        by=cast.bidan_rina,
    )


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def reads(
    cast: Cast, held: Practice, number: int, *, length: Read, arm: Read = lambda child, turn: 14
) -> None:
    """Somebody measures everybody twice; the functions say what she reads off for a child the first or second time."""
    person = held.people.get(number=number)
    values = {
        (measure, child, turn): Decimal(str(round(read(child, turn), 2)))
        for measure, read in (("lenhei_cm", length), ("muac_cm", arm))
        for child in TEN
        for turn in (1, 2)
    }
    practice.write_down(person, values, by=cast.bidan_rina)


def exactly(child: int, turn: int) -> float:
    return 65 + 2 * child


def verdicts(held: Practice) -> dict[str, str]:
    people = list(held.people.all())
    found = results(held, people, practice.measures_of(held), practice.pairs_of(held))
    return {result.person.name: result.verdict for result in found}


def test_who_measures_like_the_expert_is_precise_and_who_does_not_hears_why(
    cast: Cast, held: Practice
) -> None:
    reads(cast, held, 1, length=exactly)
    reads(cast, held, 2, length=lambda child, turn: exactly(child, turn) + 0.1 * (turn - 1))
    reads(cast, held, 3, length=lambda child, turn: exactly(child, turn) + 0.9 * (turn - 1))
    assert verdicts(held) == {
        "Rina Marlina": "Sudah teliti.",
        "Wati": "Sudah teliti.",
        "Bu Nur": "Perlu latihan lagi: panjang badan berbeda rata-rata 0,9 cm antara dua ukuran.",
    }


def test_who_always_measures_too_much_is_told_so_though_she_repeats_herself(
    cast: Cast, held: Practice
) -> None:
    reads(cast, held, 1, length=exactly)
    reads(cast, held, 2, length=exactly, arm=lambda child, turn: 14.4)
    reads(cast, held, 3, length=lambda child, turn: exactly(child, turn) - 1)
    found = verdicts(held)
    assert found["Wati"] == "Perlu latihan lagi: LiLA rata-rata 0,40 cm lebih besar daripada pelatih."
    assert (
        found["Bu Nur"] == "Perlu latihan lagi: panjang badan rata-rata 1,0 cm lebih kecil daripada pelatih."
    )


def test_half_an_exercise_judges_nobody(cast: Cast, held: Practice) -> None:
    person = held.people.get(number=2)
    practice.write_down(
        person, {("lenhei_cm", 1, 1): Decimal(70), ("lenhei_cm", 1, 2): Decimal(75)}, by=cast.bidan_rina
    )
    assert verdicts(held)["Wati"].startswith("Belum bisa dinilai: panjang badan baru 0 dari 10 anak")


def test_rina_holds_a_practice_and_types_what_was_read_off(rina: Client, cast: Cast) -> None:
    answer = rina.post(
        reverse("measurements:practice-new"),
        {
            "posyandu": cast.melati.pk,
            "held_on": "26/11/2026",
            "expert": "Rina Marlina",
            "others": "Wati\r\n\r\n  Bu   Nur \r\n",
            "children": "10",
            "measures": ["weight_kg", "lenhei_cm"],
        },
    )
    held = Practice.objects.get()
    assert answer["Location"] == reverse("measurements:practice", args=[held.pk])
    assert list(held.people.values_list("name", "expert")) == [
        ("Rina Marlina", True),
        ("Wati", False),
        ("Bu Nur", False),
    ]
    address = reverse("measurements:practice-type", args=[held.pk, 2])
    rina.post(address, {"weight_kg-1-1": "9,5", "weight_kg-1-2": "9.55", "lenhei_cm-3-1": "72"})
    assert set(PracticeValue.objects.values_list("measure", "child_number", "turn", "value")) == {
        ("weight_kg", 1, 1, Decimal("9.5")),
        ("weight_kg", 1, 2, Decimal("9.55")),
        ("lenhei_cm", 3, 1, Decimal(72)),
    }
    page = rina.get(address).content.decode()
    assert 'name="weight_kg-1-1" value="9,5"' in page
    rina.post(address, {"weight_kg-1-1": "9,6", "weight_kg-1-2": ""})
    assert PracticeValue.objects.get(child_number=1, turn=1).value == Decimal("9.6")
    assert PracticeValue.objects.get(child_number=1, turn=2).value is None


def test_a_number_that_cannot_be_keeps_everything_typed_and_saves_nothing(
    rina: Client, held: Practice
) -> None:
    address = reverse("measurements:practice-type", args=[held.pk, 2])
    answer = rina.post(address, {"lenhei_cm-1-1": "720", "lenhei_cm-2-1": "71,5", "muac_cm-4-2": "x"})
    assert answer.status_code == 422
    body = answer.content.decode()
    for typed in ('value="720"', 'value="71,5"', 'value="x"'):
        assert typed in body
    assert "Angka ini tidak mungkin" in words(answer)
    assert not PracticeValue.objects.exists()


def test_practice_never_reaches_a_childs_record(cast: Cast, held: Practice) -> None:
    before = (Measurement.objects.count(), LatestGrowth.objects.count())
    for number in (1, 2, 3):
        reads(cast, held, number, length=exactly)
    assert (Measurement.objects.count(), LatestGrowth.objects.count()) == before
    for model in (Practice, PracticeValue):
        related = {field.related_model.__name__ for field in model._meta.fields if field.related_model}
        assert not related & {"Child", "Measurement", "Session"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"expert": " "}, "no_expert"),
        ({"others": []}, "nobody"),
        ({"others": ["Wati", "wati"]}, "twice"),
        ({"others": ["x" * 61]}, "long_name"),
        ({"others": [f"Kader {n}" for n in range(21)]}, "crowd"),
        ({"children": 4}, "size"),
        ({"measures": []}, "no_measure"),
    ],
)
def test_what_is_no_practice_is_refused(cast: Cast, change: dict[str, object], code: str) -> None:
    given = {"expert": "Rina", "others": ["Wati"], "children": 10, "measures": ["weight_kg"]} | change
    with pytest.raises(RefusedError) as caught:
        practice.hold_practice(cast.melati, cast.today, by=cast.bidan_rina, **given)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not Practice.objects.exists()


def test_a_practice_is_not_held_tomorrow(cast: Cast) -> None:
    with pytest.raises(RefusedError):
        practice.hold_practice(
            cast.melati,
            cast.today + timedelta(days=1),
            expert="Rina",
            others=["Wati"],
            children=10,
            measures=["weight_kg"],
            by=cast.bidan_rina,
        )


def test_kader_tuti_sees_no_practice_of_melati(cast: Cast, held: Practice) -> None:
    tuti = cast.sign_in(Client(), cast.kader_tuti)
    assert "Belum ada latihan" in words(tuti.get(reverse("measurements:practices")))
    for address in (
        reverse("measurements:practice", args=[held.pk]),
        reverse("measurements:practice-type", args=[held.pk, 1]),
    ):
        assert tuti.get(address).status_code == 404
        assert tuti.post(address, {"lenhei_cm-1-1": "70"}).status_code in {404, 405}
    assert not PracticeValue.objects.exists()


def test_many_people_cost_as_many_queries_as_two(rina: Client, cast: Cast) -> None:
    held = practice.hold_practice(
        cast.melati,
        cast.today,
        expert="Rina",
        others=[f"Kader {number}" for number in range(20)],
        children=10,
        measures=["lenhei_cm", "muac_cm"],
        by=cast.bidan_rina,
    )
    for number in range(1, 22):
        reads(cast, held, number, length=exactly)
    for address in (
        reverse("measurements:practice", args=[held.pk]),
        reverse("measurements:practice-type", args=[held.pk, 3]),
        reverse("measurements:practices"),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert rina.get(address).status_code == 200
        assert len(asked) <= 15, address
