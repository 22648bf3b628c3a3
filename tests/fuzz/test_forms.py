"""Garbage in every form: a sentence and nothing written, never a fault and never half a deed."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.addresses import Address, Melati, addresses, settle
from tests.architecture.counting import count_rows
from tests.cast import Cast
from tests.fuzz.garbage import TEXT
from tests.fuzz.pages import FoundForm, forms_of

PEOPLE = ("kader_wati", "petugas_gizi_dewi", "bidan_rina", "kepala", "dinas", "anonymous")
"""What several of them may open is tried as the first of them; the same code answers all."""
TRIES = 4 if connection.vendor == "postgresql" else 3
"""Per form; a form of eight fields is tried whole and with single fields broken. PostgreSQL refuses more (a NUL, a
number too large, a word too long), so most of the tries are spent there."""
TRAIL = {"audit.AuditEntry", "audit.AuditSeal"}
"""That somebody read a person, or was refused, is written down whatever came of it."""

fuzz = settings(
    max_examples=TRIES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def melati(cast: Cast) -> Melati:
    return settle(cast)


def as_person(melati: Melati, who: str) -> Client:
    client = Client()
    return client if who == "anonymous" else melati.cast.sign_in(client, getattr(melati.cast, who))


def rows() -> Counter[str]:
    """How many rows each of our tables holds; limits count refused tries on purpose."""
    left = {*TRAIL, "accounts.TryCount"}
    ours = (model for model in apps.get_models() if model.__module__.startswith("ceting."))
    return count_rows(model for model in ours if model._meta.label not in left)


def payload(draw: Any, form: FoundForm) -> dict[str, Any]:
    """Some fields as the page filled them, some missing, some from what is offered, some garbage."""
    sent: dict[str, Any] = {}
    for field in form.inputs:
        how = draw(st.sampled_from(("kept", "offered", "garbage", "garbage", "twice", "missing")))
        if how == "missing":
            continue
        if field.is_file:
            sent[field.name] = SimpleUploadedFile("x.xls", draw(st.binary(max_size=300)))
        elif how == "kept":
            sent[field.name] = field.value
        elif how == "offered":
            sent[field.name] = draw(st.sampled_from(field.offered))
        elif how == "twice":
            sent[field.name] = [draw(TEXT), field.value]
        else:
            sent[field.name] = draw(TEXT)
    return sent


def hers(melati: Melati, who: str) -> list[str]:
    """The addresses that she is the first to open; who has no account tries them all."""
    kept = [each for each in addresses() if each.name != "accounts:sign-out"]
    if who == "anonymous":
        return [melati.url(each) for each in kept]
    openers = [(each, [name for name in PEOPLE if _may(melati, name, each)]) for each in kept]
    return [melati.url(each) for each, names in openers if names and names[0] == who]


def _may(melati: Melati, who: str, address: Address) -> bool:
    if who == "anonymous":
        return False
    return address.permission is None or getattr(melati.cast, who).may(address.permission)


def test_garbage_in_a_form_is_answered_in_words_and_writes_nothing_or_all(melati: Melati) -> None:
    clients = {who: as_person(melati, who) for who in PEOPLE}
    found: dict[tuple[str, tuple[str, ...]], FoundForm] = {}
    for who, client in clients.items():
        forms = forms_of(who, client, melati)
        assert forms, "somebody who sees no form can't be tried"
        for form in forms:
            found.setdefault(form.fields, form)
    before = rows()

    @fuzz
    @given(st.data())
    def try_all(data: st.DataObject) -> None:
        for form in found.values():
            client = clients[form.who]
            sent = payload(data.draw, form)
            partial = {"HX-Request": "true"} if data.draw(st.booleans()) else None
            with transaction.atomic():
                answer = client.post(form.action, sent, headers=partial)
                after = rows() if answer.status_code >= 400 else before
                transaction.set_rollback(True)
            assert answer.status_code < 500, (form, sent)
            assert after == before, (form, sent)

    try_all()


FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\na\r\n--x--\r\n'
BODIES = st.one_of(
    st.tuples(st.binary(max_size=200), st.sampled_from((FORM, MULTIPART))),
    st.tuples(
        st.just(PART),
        st.sampled_from(
            (f"{MULTIPART}; charset=utf-7", f"{MULTIPART}; charset=bogus", "multipart/form-data")
        ),
    ),
    st.tuples(st.just(PART), st.just("multipart/form-data; boundary=" + "x" * 300)),
    st.tuples(
        st.just(b"q=a&posyandu=%ff%fe&q=%00"),
        st.sampled_from((f"{FORM}; charset=utf-16", f"{FORM}; charset=bogus")),
    ),
    st.tuples(st.just(b"&".join([b"a=1"] * 3000)), st.just(FORM)),
    st.tuples(st.just(b'{"q": 1}'), st.just("application/json")),
)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_body_that_is_no_form_is_no_fault(melati: Melati, who: str) -> None:
    client = as_person(melati, who)
    urls = hers(melati, who)

    @fuzz
    @given(st.data())
    def try_all(data: st.DataObject) -> None:
        for url in urls:
            body, kind = data.draw(BODIES)
            with transaction.atomic():
                answer = client.generic("POST", url, body, content_type=kind)
                transaction.set_rollback(True)
            assert answer.status_code < 500, (url, kind, body[:60])

    try_all()


@pytest.mark.parametrize("who", PEOPLE)
def test_garbage_behind_the_question_mark_is_no_fault(melati: Melati, who: str) -> None:
    client = as_person(melati, who)
    urls = hers(melati, who)
    names = ("page", "posyandu", "sesi", "lihat", "jenis", "next", "q", "bulan", "tahun", "puskesmas", "tab")

    @fuzz
    @given(st.data())
    def try_all(data: st.DataObject) -> None:
        # The same for every address: drawn for each, a hundred of them are more than Hypothesis can shrink.
        asked = {name: data.draw(TEXT)[:500] for name in names}
        for url in urls:
            with transaction.atomic():
                answer = client.get(url, asked)
                transaction.set_rollback(True)
            assert answer.status_code < 500, (url, asked)

    try_all()
