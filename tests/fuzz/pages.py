"""Every form of the house, as the pages show it to those who may open them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from django.urls import resolve
from lxml import html

from tests.architecture.addresses import Melati, addresses

NOT_SENT = {"submit", "button", "image", "reset"}
LEFT_ALONE = {
    "accounts:sign-out": "would end the session of the one who tries",
    "accounts:factor-codes": "renews what it shows; it takes no field",
    "accounts:lock": "would lock the screen of the one who tries",
}
"""Forms that aren't filled with garbage, each with its reason."""


@dataclass(frozen=True)
class Input:
    """One field of a form: what it holds, and what it offers."""

    name: str
    value: str
    offered: tuple[str, ...]
    is_file: bool


@dataclass(frozen=True)
class FoundForm:
    """A form on a page, and who was shown it."""

    who: str
    name: str
    """The URL name that it posts to."""
    action: str
    inputs: tuple[Input, ...]

    @property
    def fields(self) -> tuple[str, tuple[str, ...]]:
        """What makes it the same form on another page or before somebody else."""
        return self.name, tuple(each.name for each in self.inputs)

    def __str__(self) -> str:
        return f"{self.who} {self.name} ({', '.join(each.name for each in self.inputs)})"


def forms_of(who: str, client: Client, melati: Melati) -> list[FoundForm]:
    """The forms that post, once per address and set of fields."""
    found: dict[tuple[str, tuple[str, ...]], FoundForm] = {}
    for address in addresses():
        url = melati.url(address)
        answer = client.get(url)
        is_page = answer.status_code == 200 and "html" in answer.headers.get("Content-Type", "")
        if not is_page or not answer.content.strip():
            continue
        for form in html.fromstring(answer.content).iter("form"):
            if (form.get("method") or "get").lower() != "post":
                continue
            action = urljoin(url, form.get("action") or url)
            match = resolve(action.partition("?")[0])
            inputs = _inputs(form)
            if match.view_name not in LEFT_ALONE:
                made = FoundForm(who, match.view_name, action, inputs)
                found.setdefault(made.fields, made)
    return list(found.values())


def _inputs(form: Any) -> tuple[Input, ...]:
    found: dict[str, Input] = {}
    for field in form.iter("input", "select", "textarea"):
        name = field.get("name")
        if not name or name == "csrfmiddlewaretoken" or field.get("type") in NOT_SENT:
            continue
        offered = tuple(option.get("value", "") for option in field.iter("option"))
        value = str(field.value or "") if field.tag == "select" else field.get("value", field.text or "")
        earlier = found.get(name)
        if earlier:
            found[name] = Input(name, earlier.value, (*earlier.offered, value), earlier.is_file)
        else:
            found[name] = Input(name, value, (*offered, value), field.get("type") == "file")
    return tuple(found.values())
