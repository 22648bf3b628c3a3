"""One form, one deed: done and said, or shown again with the reason."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from ceting.foundation.core.errors import refused
from ceting.foundation.ui.form_fields import RefusalMixin
from ceting.foundation.ui.one_form import done


class NameForm(RefusalMixin, forms.Form):
    name = forms.CharField()


def sent(name: str) -> HttpRequest:
    return heard(RequestFactory().post("/", {"name": name}))


def heard(request: HttpRequest) -> HttpRequest:
    """With somewhere to put messages, as the middleware does."""
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said(request: HttpRequest) -> list[str]:
    return [message.message for message in get_messages(request)]


def never() -> str:
    raise AssertionError("nobody asked for it")


def test_a_deed_that_is_done_is_said() -> None:
    request = sent("Sari")
    form = NameForm(request.POST)
    assert done(request, form, lambda: f"{form.cleaned_data['name']} sudah dicatat.")
    assert said(request) == ["Sari sudah dicatat."]


@pytest.mark.parametrize(("field", "where"), [("name", "name"), ("", "__all__"), ("gone", "__all__")])
def test_a_refusal_stands_at_its_field_and_nothing_is_said(field: str, where: str) -> None:
    def deed() -> str:
        raise refused("Nama ini sudah dipakai.", "taken", field)

    request = sent("Sari")
    form = NameForm(request.POST)
    assert not done(request, form, deed)
    assert form.errors == {where: ["Nama ini sudah dipakai."]}
    assert said(request) == []


def test_nothing_is_done_before_the_form_is_sent_or_while_it_isnt_valid() -> None:
    asked = heard(RequestFactory().get("/"))
    assert not done(asked, NameForm(None), never)
    wrong = sent("")
    form = NameForm(wrong.POST)
    assert not done(wrong, form, never)
    assert "name" in form.errors
    # A link that carries the answer does nothing.
    linked = heard(RequestFactory().get("/", {"name": "Sari"}))
    assert not done(linked, NameForm(linked.GET), never)
    assert said(asked) == said(wrong) == said(linked) == []
