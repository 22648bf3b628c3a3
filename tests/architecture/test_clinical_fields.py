"""What a clinical or a named field says reaches no page, PDF or list of whoever may not read it.

The same life is told twice, with other values in those fields; whoever may not read them gets the same bytes both
times, from every address and every link on it. And a change of each single field shows to somebody who may: otherwise
the walk would prove nothing.
"""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from time_machine import Traveller

from ceting.care.pregnancies.models import NamedClinician
from ceting.foundation.core.classification import FieldClass
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import ROLES
from tests.architecture.addresses import Melati, addresses, settle
from tests.architecture.clinical_life import Secret, live, pages_of, secrets_of
from tests.architecture.test_matrix import somebody
from tests.cast import Cast

pytestmark = pytest.mark.once

BLIND = {code for code, role in ROLES.items() if FieldClass.CLINICAL not in role.fields}
OK = 200
NOT_WALKED = {"accounts:sign-out", "accounts:lock", "accounts:factor-app", "server"}
"""They end or cover the session, or show another secret or another number of free gigabytes each time."""
CHANGING = re.compile(
    rb'name="csrf(?:middlewaretoken|-token)" (?:value|content)="[^"]*"|"challenge": "[^"]*"'
    rb'|value="[0-9a-f]{8}-[0-9a-f-]{27}"'
)
"""What differs between two answers that say the same: keys against forgery, and keys of forms not yet sent."""
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')

TAKEN_HOME = ("pregnancies:pdf", "child_health:child-pdf", "measurements:child-pdf")
"""Sheets that lie on a family's table, whoever printed them."""
SHOWN_TO_NOBODY: dict[str, str] = {}
"""Clinical fields that no page shows, each with its reason."""


@pytest.fixture
def melati(frozen: Traveller, cast: Cast) -> Melati:
    """At one moment: a page may say how long something waits."""
    return live(settle(cast))


def test_every_clinical_and_named_field_says_something_in_this_life(melati: Melati) -> None:
    silent = [
        str(each)
        for each in secrets_of(FieldClass.CLINICAL, FieldClass.NAMED_CLINICIAN)
        if not each.tell_otherwise()
    ]
    assert silent == [], "give tests/architecture/clinical_life.py a row with these"


def test_a_kader_sees_the_same_whatever_a_clinical_field_says(melati: Melati) -> None:
    _same_whatever_is_said(
        melati, [melati.cast.kader_wati], secrets_of(FieldClass.CLINICAL, FieldClass.NAMED_CLINICIAN)
    )


def test_dinas_and_whoever_reads_only_figures_see_the_same_whatever_it_says(melati: Melati) -> None:
    readers = [
        somebody(melati.cast, role, "here") for role in ROLES.values() if role.code in BLIND - {"kader"}
    ]
    _same_whatever_is_said(melati, readers, secrets_of(FieldClass.CLINICAL, FieldClass.NAMED_CLINICIAN))


def test_whoever_is_not_named_sees_the_same_whatever_a_named_field_says(melati: Melati) -> None:
    readers = [melati.cast.bidan_rina, melati.cast.kepala]
    # `settle` named the midwife: from here on she is one of those who aren't.
    NamedClinician.objects.filter(clinician__in=readers).update(ended_on=melati.cast.today)
    _same_whatever_is_said(melati, readers, secrets_of(FieldClass.NAMED_CLINICIAN))


@pytest.mark.parametrize("name", TAKEN_HOME)
def test_what_a_family_takes_home_says_the_same_even_when_dr_hasan_prints_it(
    melati: Melati, name: str
) -> None:
    client = melati.cast.sign_in(Client(), melati.cast.dr_hasan)
    (address,) = (each for each in addresses() if each.name == name)
    urls = {
        reverse(name, kwargs={each: values[each] for each in address.parameters})
        for values in pages_of(melati)
    }
    before = {url: told for url in urls if (told := _told(client, url)) is not None}
    assert before
    for secret in secrets_of(FieldClass.CLINICAL, FieldClass.NAMED_CLINICIAN):
        assert secret.tell_otherwise(), secret
    assert [url for url, told in before.items() if _told(client, url) != told] == []


def test_each_field_shows_to_somebody_who_may_read_it(melati: Melati) -> None:
    """The walk can fail: dr. Hasan, who is named, sees a difference whichever field is told otherwise."""
    client = melati.cast.sign_in(Client(), melati.cast.dr_hasan)
    before = {url: told for url in _starts(melati) if (told := _told(client, url)) is not None}
    urls, hidden = list(before), []
    for secret in secrets_of(FieldClass.CLINICAL, FieldClass.NAMED_CLINICIAN):
        with transaction.atomic():
            secret.tell_otherwise()
            shows = next((url for url in urls if _told(client, url) != before[url]), None)
            transaction.set_rollback(True)
        if shows is None:
            hidden.append(str(secret))
        else:
            # Fields of one model tend to stand on the same page: it is asked first for the next one.
            urls.insert(0, urls.pop(urls.index(shows)))
    assert sorted(hidden) == sorted(SHOWN_TO_NOBODY)


def _same_whatever_is_said(melati: Melati, readers: list[User], secrets: list[Secret]) -> None:
    clients = {reader.username: melati.cast.sign_in(Client(), reader) for reader in readers}
    before = {
        (name, url): told for name, client in clients.items() for url, told in _walk(client, melati).items()
    }
    assert {name for name, _ in before} == set(clients), "somebody who reads no page can't be tried"
    for secret in secrets:
        assert secret.tell_otherwise(), secret
    assert [(name, url) for (name, url), told in before.items() if _told(clients[name], url) != told] == []


def _walk(client: Client, melati: Melati) -> dict[str, object]:
    """What every address tells, and every link of ours that stands on one: filters, pages, sheets."""
    found = {url: told for url in _starts(melati) if (told := _told(client, url)) is not None}
    left = {reverse(name) for name in NOT_WALKED}
    linked = {
        urljoin(url, unescape(href))
        for url, told in found.items()
        if isinstance(told, bytes)
        for href in LINK.findall(told.decode(errors="ignore"))
    }
    for url in sorted(linked - set(found)):
        parts = urlsplit(url)
        ours = not parts.scheme and not parts.netloc and not parts.path.startswith("/static/")
        if ours and parts.path not in left and (told := _told(client, url)) is not None:
            found[url] = told
    return found


def _starts(melati: Melati) -> list[str]:
    asked = [address for address in addresses() if address.name not in NOT_WALKED]
    filled = (
        reverse(address.name, kwargs={name: values[name] for name in address.parameters})
        for values in pages_of(melati)
        for address in asked
    )
    return list(dict.fromkeys(filled))


def _told(client: Client, url: str) -> object | None:
    """What an address tells, without what changes from answer to answer; None where there is no such page.

    That it was read is taken back, so that pages which tell who read are the same afterwards.
    """
    with transaction.atomic():
        answer = client.get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    if answer.status_code != OK:
        return None
    if answer["Content-Type"] == "application/pdf":
        return [page.extract_text() for page in PdfReader(BytesIO(body)).pages]
    return CHANGING.sub(b"", body)
