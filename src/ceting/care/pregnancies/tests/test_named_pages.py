"""Notes for named clinicians: who opens them, and that nothing of them stands anywhere else."""

import io
import logging
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from ceting.care.pregnancies import support_operations as support
from ceting.care.pregnancies.models import NamedClinician, NamedKind, NamedResult, Pregnancy
from ceting.care.pregnancies.tests.people import pregnant
from ceting.foundation.audit.models import AuditEntry
from ceting.foundation.core.errors import RefusedError
from ceting.registry.accounts.models import User
from tests.architecture.addresses import Melati, addresses, settle
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("frozen")
TOLD = "Reaktif, rujuk ke VCT Kamis depan"
SENT = {"kind": "hiv", "on": "26/11/2026", "result": TOLD}
ON_NO_OTHER_PAGE = (TOLD, "ke VCT", "Reaktif")


def address(name: str, pregnancy: Pregnancy, *more: object) -> str:
    return reverse(f"pregnancies:{name}", args=[pregnancy.pk, *more])


@pytest.fixture
def hers(cast: Cast) -> Pregnancy:
    """Yanti's pregnancy, with a note that Rina wrote."""
    pregnancy = pregnant(cast, weeks=30)
    support.record_named_result(pregnancy, NamedKind.HIV, on=cast.today, result=TOLD, by=cast.bidan_rina)
    return pregnancy


def test_the_first_begins_writes_and_reads(cast: Cast, client: Client) -> None:
    pregnancy, key = pregnant(cast, weeks=30), uuid4()
    url = address("notes", pregnancy)
    cast.sign_in(client, cast.bidan_rina)
    assert "Mulai" in client.get(url).content.decode()
    assert client.post(url, SENT | {"key": key}).status_code == 422
    client.post(address("notes-begin", pregnancy))
    for _ in range(2):
        assert client.post(url, SENT | {"key": key}).status_code == 302
    assert NamedResult.objects.get().result == TOLD
    assert TOLD in client.get(url).content.decode()
    assert AuditEntry.objects.latest("id").purpose == "named notes"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "flu"}, "kind"),
        ({"on": ""}, "on"),
        ({"on": "27/11/2026"}, "on"),
        ({"on": "1/1/2020"}, "on"),
        ({"result": "  "}, "result"),
        ({"result": "a" * 501}, "result"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    cast: Cast, client: Client, hers: Pregnancy, sent: dict[str, str], field: str
) -> None:
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(address("notes", hers), SENT | {"key": str(uuid4())} | sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert NamedResult.objects.count() == 1


def test_an_unnamed_colleague_sees_the_same_door_as_when_there_is_nothing(
    cast: Cast, client: Client, hers: Pregnancy
) -> None:
    other = pregnant(cast, weeks=12, woman=cast.aisyah.mother)
    cast.sign_in(client, cast.dr_hasan)

    def door(pregnancy: Pregnancy) -> str:
        page = client.get(address("notes", pregnancy)).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        return main.replace(str(pregnancy.pk), "").replace(pregnancy.woman.name, "").partition("csrf")[0]

    assert door(hers).replace("Ibu ", "") == door(other).replace("Ibu ", "")
    assert client.get(address("notes-clinicians", hers)).status_code == 302
    assert client.post(address("notes-begin", hers)).status_code == 422
    assert not NamedClinician.objects.filter(clinician=cast.dr_hasan).exists()


def test_a_colleague_is_named_reads_and_is_named_no_longer(
    cast: Cast, client: Client, hers: Pregnancy
) -> None:
    url = address("notes-clinicians", hers)
    cast.sign_in(client, cast.bidan_rina)
    for _ in range(2):
        assert client.post(url, {"clinician": cast.dr_hasan.pk}).status_code == 302
    doctor = cast.sign_in(Client(), cast.dr_hasan)
    assert TOLD in doctor.get(address("notes", hers)).content.decode()
    naming = NamedClinician.objects.get(clinician=cast.dr_hasan)
    for _ in range(2):
        client.post(address("notes-end-naming", hers, naming.pk))
    assert TOLD not in doctor.get(address("notes", hers)).content.decode()
    assert not NamedResult.objects.visible_to(cast.dr_hasan).exists()


def test_the_last_naming_is_not_ended(cast: Cast, client: Client, hers: Pregnancy) -> None:
    naming = NamedClinician.objects.get()
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(address("notes-end-naming", hers, naming.pk))
    assert answer.status_code == 422
    assert "Tunjuk petugas lain dulu" in answer.content.decode()
    with pytest.raises(RefusedError, match="not_named"):
        support.end_naming(naming, by=cast.dr_hasan)


def test_while_she_works_here_the_next_one_is_told_nothing_and_names_nobody(
    cast: Cast, client: Client, hers: Pregnancy
) -> None:
    cast.sign_in(client, cast.dr_hasan)
    assert "tidak bertugas lagi" not in client.get(address("notes", hers)).content.decode()
    with pytest.raises(RefusedError, match="not_named"):
        support.name_clinician(hers, cast.dr_hasan, by=cast.dr_hasan)


def test_when_the_only_one_left_the_next_names_herself_and_the_audit_says_why(
    cast: Cast, client: Client, hers: Pregnancy
) -> None:
    """Nobody else: a colleague is named by somebody who reads the notes herself."""
    leave(cast)
    door = cast.sign_in(client, cast.dr_hasan).get(address("notes", hers)).content.decode()
    assert "Petugas yang ditunjuk sebelumnya tidak bertugas lagi di sini" in door
    assert TOLD not in door
    with pytest.raises(RefusedError, match="not_herself"):
        support.name_clinician(hers, cast.petugas_gizi_dewi, by=cast.dr_hasan)
    assert client.post(address("notes-begin", hers)).status_code == 302
    assert TOLD in client.get(address("notes", hers)).content.decode()
    entry = AuditEntry.objects.get(action="pregnancy.name_successor")
    assert entry.actor_id == cast.dr_hasan.pk
    assert "Supaya Ibu tetap didampingi" in entry.detail


def leave(cast: Cast) -> None:
    """Bidan Rina works here no longer."""
    User.objects.filter(pk=cast.bidan_rina.pk).update(is_active=False)


@pytest.mark.parametrize("who", ["kader_wati", "kepala", "bidan_yuni", "dr_mira"])
def test_only_clinicians_of_this_puskesmas_are_offered(
    cast: Cast, client: Client, hers: Pregnancy, who: str
) -> None:
    cast.sign_in(client, cast.bidan_rina)
    url = address("notes-clinicians", hers)
    offered = set(client.get(url).context["form"].fields["clinician"].queryset)
    assert offered == {cast.dr_hasan, cast.petugas_gizi_dewi}
    answer = client.post(url, {"clinician": cast.everybody[who].pk})
    assert list(answer.context["form"].errors) == ["clinician"]
    with pytest.raises(RefusedError, match="clinician"):
        support.name_clinician(hers, cast.everybody[who], by=cast.bidan_rina)


@pytest.fixture
def noted(cast: Cast) -> Melati:
    """Melati with a note about Ibu Sari."""
    melati = settle(cast)
    pregnancy = Pregnancy.objects.open().get()
    support.record_named_result(pregnancy, NamedKind.HIV, on=cast.today, result=TOLD, by=cast.bidan_rina)
    return melati


@pytest.mark.parametrize("who", ["kader_wati", "kader_tuti", "kepala", "dinas", "dr_hasan", "bidan_yuni"])
def test_nobody_else_reads_a_word_of_it_anywhere(
    cast: Cast, client: Client, noted: Melati, who: str, caplog: Any
) -> None:
    """Every address of the house, as a kader, the head, Dinas and a doctor who isn't named."""
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    cast.sign_in(client, cast.everybody[who])
    assert _leaks(client, noted) == []
    assert not [line for line in caplog.messages if any(word in line for word in ON_NO_OTHER_PAGE)]


def test_rina_who_is_named_reads_it_on_one_page(cast: Cast, client: Client, noted: Melati) -> None:
    client.raise_request_exception = False
    cast.sign_in(client, cast.bidan_rina)
    assert _leaks(client, noted) == ["pregnancies:notes"]


def _leaks(client: Client, noted: Melati) -> list[str]:
    found = []
    for address in addresses():
        answer = client.get(noted.url(address))
        if any(word in _text(answer) for word in ON_NO_OTHER_PAGE):
            found.append(address.name)
    return found


def _text(answer: Any) -> str:
    body: bytes = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Type", "").startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


def test_titles_addresses_messages_and_the_trail_say_nothing_of_it(
    cast: Cast, client: Client, hers: Pregnancy
) -> None:
    """Neither of what was found nor of what it was about: a tab, a history or a trail is read by others."""
    cast.sign_in(client, cast.bidan_rina)
    answer = client.post(address("notes", hers), SENT | {"key": str(uuid4())}, follow=True)
    title = answer.content.decode().partition("<title>")[2].partition("</title>")[0]
    said = [str(each) for each in get_messages(answer.wsgi_request)]
    said += [title, *(url for url, _ in answer.redirect_chain)]
    trail = [f"{row.action} {row.purpose} {row.detail}" for row in AuditEntry.objects.all()]
    words = [word.lower() for word in (*ON_NO_OTHER_PAGE, *NamedKind.labels)]
    assert not [text for text in said + trail if any(word in text.lower() for word in words)]
    assert "no-store" in answer.headers["Cache-Control"]


def test_no_draft_of_it_is_kept_in_the_browser(cast: Cast, client: Client, hers: Pregnancy) -> None:
    page = cast.sign_in(client, cast.bidan_rina).get(address("notes", hers)).content.decode()
    assert "data-guard" not in page
