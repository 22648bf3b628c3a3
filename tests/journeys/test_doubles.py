"""Journey: a child who was registered twice is found at night, merged in the morning, and parted again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from ceting.care.measurements.models import Measurement
from ceting.registry.accounts.models import User
from ceting.registry.families.doubles import look_for_doubles
from ceting.registry.families.drafts import CaregiverDraft, ChildDraft
from ceting.registry.families.models import Child, LikelyPair
from ceting.registry.families.operations import register_child
from ceting.registry.places.models import Posyandu

pytestmark = pytest.mark.browser


def registered_twice() -> tuple[Child, Child]:
    """A well-weighed child of Melati, and what kader Tuti wrote of her at Kenanga."""
    child = (
        Child.objects.filter(posyandu__name="Melati", birth_date__year=2025)
        .exclude(mother=None)
        .exclude(nik_hash="")
        .select_related("mother")
        .order_by("name_key")
        .first()
    )
    assert child is not None
    assert child.mother is not None
    draft = ChildDraft(
        name=f"{child.name} Ramadhani",
        sex=child.sex,
        birth_date=child.birth_date,
        mother=CaregiverDraft(child.mother.name),
        has_kia_book=not child.has_kia_book,
    )
    kenanga = Posyandu.objects.get(name="Kenanga")
    tuti = User.objects.get(username="tuti")
    again = register_child(draft, posyandu=kenanga, by=tuti, despite_likeness=True)
    return child, again


def test_rina_merges_a_child_who_was_registered_twice_and_undoes_it(visit: Any) -> None:
    rina = visit()
    rina.sign_in("rina")
    rina.go("/staf/anak/ganda/")
    expect(rina.page.get_by_text("Tidak ada yang perlu diperiksa")).to_be_visible()
    rina.look("data-ganda-kosong")
    child, again = registered_twice()
    weighed = Measurement.objects.filter(child=child).count()
    look_for_doubles()
    pair = LikelyPair.objects.get(first=child, second=again)

    rina.go(f"/staf/anak/{child.pk}/")
    rina.page.get_by_role("link", name="Sepertinya sama dengan…").click()
    expect(rina.page.get_by_text(again.name)).to_be_visible()
    rina.look("anak-sepertinya-sama")
    rina.go("/staf/anak/ganda/")
    rina.look("data-ganda")
    rina.page.locator(f"a[href*='{pair.second_id}']").click()
    expect(rina.page.get_by_role("heading", name="Apakah ini satu anak?")).to_be_visible()
    rina.look("anak-banding")
    rina.page.get_by_label(f"Nama: {child.name}", exact=True).check()
    rina.page.get_by_role("button", name="Gabungkan").click()

    expect(rina.page.get_by_role("heading", name="Sudah digabungkan")).to_be_visible()
    rina.look("anak-digabung")
    assert not Child.objects.here().filter(pk=again.pk).exists()
    rina.page.get_by_role("link", name="Buka halaman anak").click()
    expect(rina.page.get_by_text(f"Digabung dari {again.name}")).to_be_visible()
    rina.look("anak-digabung-dari")
    rina.page.get_by_role("link", name="Lihat atau batalkan penggabungan").click()
    rina.page.get_by_role("button", name="Batalkan penggabungan").click()
    expect(rina.page.get_by_text("Keduanya kembali menjadi dua anak")).to_be_visible()
    rina.look("anak-gabung-dibatalkan")
    assert Child.objects.here().filter(pk=again.pk).exists()
    assert Measurement.objects.filter(child=child).count() == weighed
