"""What the columns of a list mean: shown and changed on a page of its own, by whoever may take such lists in."""

import pytest
from django.test import Client

from ceting.foundation.audit.models import AuditEntry
from ceting.gateways.interop import memory
from ceting.gateways.interop.pregnant_women.kind import KIND
from ceting.gateways.interop.pregnant_women.models import WomenColumns
from ceting.gateways.interop.pregnant_women.tests.importing import preview
from ceting.gateways.interop.pregnant_women.tests.lists import row
from ceting.gateways.interop.vocabulary import signature
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
PAGE = "/staf/impor/ibu-hamil/kolom/"
OWN = ("Nama", "NIK", "Mulai haid", "Posyandu", "Catatan")
MEANT = {"name": 0, "nik": 1, "lmp": 2, "posyandu": 3}


@pytest.fixture
def rina(cast: Cast, client: Client) -> Client:
    return cast.sign_in(client, cast.bidan_rina)


def remembered(cast: Cast, header: tuple[str, ...] = OWN) -> WomenColumns:
    return memory.remember(KIND, header, MEANT, puskesmas=cast.andalas, by=cast.bidan_rina)


def test_what_was_shown_once_is_told_and_changed(cast: Cast, rina: Client) -> None:
    said = remembered(cast)
    listed = rina.get(PAGE).content.decode()
    assert "HPHT: “Mulai haid”" in listed
    assert "Rina" in listed
    page = f"{PAGE}{said.pk}/"
    assert "Ubah arti kolom" in rina.get(page).content.decode()
    answers = {
        "column-0": "name",
        "column-1": "-",
        "column-2": "due_on",
        "column-3": "posyandu",
        "column-4": "-",
    }
    assert rina.post(page, answers).headers["Location"] == PAGE
    said.refresh_from_db()
    assert said.columns == {"name": 0, "due_on": 2, "posyandu": 3}
    assert said.version == 2
    assert AuditEntry.objects.filter(action="import.columns").count() == 2
    nameless = rina.post(page, {**answers, "column-0": "-"})
    assert nameless.status_code == 422
    assert "Tunjukkan kolom untuk “Nama ibu”" in nameless.content.decode()
    said.refresh_from_db()
    assert said.version == 2


def test_a_preview_leads_to_what_is_remembered(cast: Cast, rina: Client) -> None:
    file = preview(cast, [row()])
    page = f"/staf/impor/ibu-hamil/{file.pk}/"
    assert "Semua arti kolom yang diingat" not in rina.get(page).content.decode()
    memory.remember(KIND, file.header, file.columns, puskesmas=cast.andalas, by=cast.bidan_rina)
    assert f'href="{PAGE}"' in rina.get(page).content.decode()
    assert f'href="{PAGE}"' in rina.get("/staf/impor/ibu-hamil/").content.decode()


@pytest.mark.parametrize("person", ["kader_wati", "kader_tuti", "kepala", "dr_mira", "dinas"])
def test_who_may_not_import_opens_no_page(cast: Cast, client: Client, person: str) -> None:
    said = remembered(cast)
    cast.sign_in(client, cast.everybody[person])
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}{said.pk}/").status_code == 403


def test_another_puskesmas_sees_nothing_of_it_and_is_asked_itself(cast: Cast, client: Client) -> None:
    said = remembered(cast)
    cast.sign_in(client, cast.bidan_yuni)
    assert "Mulai haid" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{said.pk}/").status_code == 404
    assert client.post(f"{PAGE}{said.pk}/", {"column-0": "name"}).status_code == 404
    assert memory.remembered(KIND, OWN, cast.air_dingin) is None
    assert said.signature == signature(OWN)


def test_the_list_takes_few_queries(cast: Cast, rina: Client, django_assert_max_num_queries) -> None:
    for number in range(12):
        remembered(cast, (*OWN, str(number)))
    with django_assert_max_num_queries(9):
        rina.get(PAGE)
