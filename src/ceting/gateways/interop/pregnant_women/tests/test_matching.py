"""Who of a list is registered already: what is sure, what a person must say, what is refused."""

import pytest

from ceting.care.pregnancies import outcome_operations
from ceting.care.pregnancies.models import EndKind, Pregnancy
from ceting.care.pregnancies.outcome_drafts import EndDraft
from ceting.care.pregnancies.tests.people import pregnant, yanti
from ceting.gateways.interop.pregnant_women import operations
from ceting.gateways.interop.pregnant_women.models import WomenFile
from ceting.gateways.interop.pregnant_women.tests import lists
from ceting.gateways.interop.pregnant_women.tests.importing import (
    again,
    check,
    decide,
    preview,
    receive,
    run,
    take_in,
    told,
)
from ceting.gateways.interop.pregnant_women.tests.lists import row, woman
from ceting.registry.families import life_operations as lives
from ceting.registry.families import woman_operations
from ceting.registry.families.drafts import WomanDraft
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
NIK, MASKED = "1371024103950001", "13710241********"
LITTLE = {"Tgl_Lahir": "", "No_HP": ""}


def test_a_whole_nik_says_who_she_is_however_her_name_is_spelt(cast: Cast) -> None:
    mother = yanti(cast, nik=NIK)
    take_in(cast, [row(NIK=NIK, Nama_Ibu="JANTI MARLINA", **LITTLE)])
    assert Pregnancy.objects.get().woman == mother


def test_a_nik_of_somebody_else_is_refused_with_her_name(cast: Cast) -> None:
    yanti(cast, nik=NIK)
    file = take_in(cast, [row(NIK=NIK, Nama_Ibu="ROSDIANA", Tgl_Lahir="")])
    assert told(file) == {3: "NIK ini tercatat atas nama Yanti Marlina. Periksa NIK atau namanya."}
    assert not Pregnancy.objects.exists()


@pytest.mark.parametrize("mask", [MASKED, "13710241xxxxxxxx", "************0001"])
def test_a_masked_nik_that_agrees_with_name_and_birth_date_is_she(cast: Cast, mask: str) -> None:
    mother = yanti(cast, nik=NIK)
    take_in(cast, [row(NIK=mask, No_HP="")])
    assert Pregnancy.objects.get().woman == mother


def test_a_masked_nik_that_differs_is_another_woman(cast: Cast) -> None:
    mother = yanti(cast, nik=NIK)
    file = take_in(cast, [row(NIK="************0002")])
    assert operations.counts(file) == {"new_women": 1, "registered": 1}
    assert Pregnancy.objects.get().woman != mother


def test_name_and_phone_are_enough(cast: Cast) -> None:
    draft = WomanDraft("Yanti Marlina", phone="+6281234567890")
    mother = woman_operations.register_woman(draft, posyandu=cast.melati, by=cast.bidan_rina)
    take_in(cast, [row(Tgl_Lahir="")])
    assert Pregnancy.objects.get().woman == mother


def test_a_name_alone_waits_for_a_person_and_is_not_taken_without_an_answer(cast: Cast) -> None:
    yanti(cast)
    file = preview(cast, [row(**LITTLE)])
    assert told(file)[3].startswith("Mungkin sudah tercatat: Yanti Marlina, lahir Rab, 1 Mar 1995.")
    file = run(cast, file)
    assert operations.counts(file) == {"new_women": 0, "waiting": 1}
    assert not Pregnancy.objects.exists()


@pytest.mark.parametrize("same", [True, False])
def test_the_answer_decides(cast: Cast, same: bool) -> None:
    mother = yanti(cast)
    file = decide(cast, preview(cast, [row(**LITTLE)]), {3: mother if same else None})
    assert not told(file)
    file = run(cast, file)
    assert operations.counts(file) == {"new_women": 0 if same else 1, "registered": 1}
    assert (Pregnancy.objects.get().woman == mother) is same


def test_only_a_woman_who_was_shown_can_be_named(cast: Cast) -> None:
    yanti(cast)
    file = decide(cast, preview(cast, [row(**LITTLE)]), {3: cast.aisyah.mother})
    assert file.problems.filter(asks=True).count() == 1


def test_another_woman_is_no_answer_about_whoever_comes_later(cast: Cast) -> None:
    yanti(cast)
    file = decide(cast, preview(cast, [row(**LITTLE)]), {3: None})
    later = WomanDraft("Yanti Marlina", rw="05")
    woman_operations.register_woman(later, posyandu=cast.melati, by=cast.bidan_rina, despite_likeness=True)
    file = run(cast, file)
    assert operations.counts(file) == {"new_women": 0, "waiting": 1}


def test_two_rows_of_one_name_ask_about_both_and_two_answers_take_both(cast: Cast) -> None:
    rows = [row(**LITTLE), row(HPHT="20/09/2026", **LITTLE)]
    file = preview(cast, rows)
    assert "Namanya sama dengan baris 4" in told(file)[3]
    assert "Namanya sama dengan baris 3" in told(file)[4]
    one = decide(cast, file, {3: None})
    assert list(told(one)) == [4]
    both = run(cast, decide(cast, again(file), {4: None}))
    assert operations.counts(both) == {"new_women": 2, "registered": 2}


def test_the_same_woman_twice_is_taken_once(cast: Cast) -> None:
    file = take_in(cast, [row(), row(Nama_Ibu="Yanti Marlina"), row(Tgl_Lahir="")])
    assert operations.counts(file) == {"new_women": 1, "registered": 1, "repeated": 2}
    assert Pregnancy.objects.count() == 1


def test_a_row_that_stands_there_many_hundred_times_is_one_woman(cast: Cast) -> None:
    file = preview(cast, [row(**LITTLE)] * 600)
    assert (file.totals["registered"], file.totals["repeated"]) == (1, 599)


def test_the_same_woman_with_two_dates_is_nobodys_to_choose(cast: Cast) -> None:
    file = take_in(cast, [row(), woman(4), row(HPHT="10/10/2026")])
    assert operations.counts(file) == {"new_women": 1, "registered": 1, "refused": 2}
    assert all("HPHT berbeda (baris 3, 5)" in sentence for sentence in told(file).values())


def test_two_rows_who_are_one_registered_woman_are_found_out(cast: Cast) -> None:
    """By NIK the one, by her phone the other: only the register knows that they are one."""
    yanti(cast, nik=NIK, phone="+6281234567890")
    rows = [row(NIK=NIK, **LITTLE), row(Tgl_Lahir="", HPHT="10/10/2026")]
    file = take_in(cast, rows)
    assert operations.counts(file) == {"new_women": 0, "refused": 2}
    assert not Pregnancy.objects.exists()


def test_a_row_that_could_be_two_women_is_refused_with_both(cast: Cast) -> None:
    rows = [row(No_HP="08111111111"), row(Tgl_Lahir="02/02/1990", No_HP="08111111111")]
    file = preview(cast, [*rows, row(Tgl_Lahir="", No_HP="08111111111")])
    assert set(told(file)) == {3, 4, 5}
    assert "bisa milik dua ibu" in told(file)[5]


def test_one_nik_for_two_names_is_refused(cast: Cast) -> None:
    file = preview(cast, [row(NIK=NIK), woman(4, NIK=NIK)])
    assert set(told(file)) == {3, 4}
    assert "NIK ini dipakai untuk nama yang berbeda" in told(file)[3]


def test_an_age_that_cannot_be_hers_makes_another_woman(cast: Cast) -> None:
    yanti(cast)
    header = {"Umur": "19"}
    assert not told(_with_age(cast, row(**LITTLE) | header))
    assert told(_with_age(cast, row(**LITTLE) | {"Umur": "31 th"}))


def _with_age(cast: Cast, said: dict[str, str]) -> WomenFile:
    content = lists.as_xlsx([said], (*lists.HEADER, "Umur"))
    return check(receive(cast, content, name="daftar.xlsx"))


def test_a_pregnancy_before_her_last_one_ended_is_refused(cast: Cast) -> None:
    known = pregnant(cast, weeks=14)
    outcome_operations.end(known, EndDraft(EndKind.MISCARRIAGE, cast.today), by=cast.bidan_rina)
    file = take_in(cast, [row()])
    assert told(file) == {3: "HPHT ini sebelum kehamilan yang lalu berakhir. Periksa lagi tanggalnya."}


def test_a_woman_whose_family_lives_elsewhere_now_is_not_named(cast: Cast) -> None:
    """Her children and she moved to Air Dingin: who imports at Andalas learns nothing of her."""
    child = cast.child("Salsabila", mother="Ibu Nurbaya")
    handing_over = lives.hand_over(child, to=cast.air_dingin, on=cast.today, by=cast.bidan_rina)
    lives.accept(handing_over, to=cast.mawar, by=cast.bidan_yuni)
    file = preview(cast, [row(Nama_Ibu="Nurbaya", **LITTLE)])
    assert not file.problems.exists()
    assert file.totals["new_women"] == 1
