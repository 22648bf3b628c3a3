"""What somebody who has no business at Melati tries at an address, and how one sees that she got through."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from tests.architecture.addresses import Address, Melati
from tests.cast import Cast

CLOSED = {403, 404, 405}
GUESSES = ("aisyah", "sari")


def strangers(cast: Cast) -> dict[str, User]:
    """The kader of the posyandu beside, and everybody who runs or treats at the puskesmas beyond the hill."""
    found = {"kader_tuti": cast.kader_tuti, "bidan_yuni": cast.bidan_yuni}
    for code in ("kepala", "admin"):
        user = accounts.create_user(
            username=f"{code}.jauh",
            name="Orang Jauh",
            password=cast.password,
            puskesmas=cast.air_dingin,
            by=None,
        )
        accounts.give_role(user, code, puskesmas=cast.air_dingin, by=None)
        found[f"{code}_jauh"] = user
    return found


@dataclass(frozen=True)
class Request:
    """One try: a method, an address, what is sent along."""

    method: str
    url: str
    data: dict[str, str] = field(default_factory=dict)
    partial: bool = False

    def send(self, client: Client) -> HttpResponse:
        headers = {"HX-Request": "true"} if self.partial else None
        answer: Any = getattr(client, self.method)(self.url, self.data, headers=headers)
        return answer  # type: ignore[no-any-return]


def requests_of(address: Address, melati: Melati) -> list[Request]:
    """Reading, reading with keys smuggled in, writing nothing and writing with smuggled keys."""
    if address.name == "accounts:sign-out":
        return []
    url = melati.url(address)
    smuggled = {"posyandu": str(melati.cast.melati.pk), "sesi": melati.values["session_id"], "page": "1"}
    smuggled["puskesmas"] = melati.values["puskesmas_id"]
    tries = [Request("get", url), Request("get", url, partial=True), Request("post", url)]
    if not address.parameters:
        tries.append(Request("get", url, smuggled))
        # What she types comes back to her, so she types only what she could guess.
        tries += [Request("post", url, {**smuggled, "held_on": "2026-01-05", "q": word}) for word in GUESSES]
        tries.append(Request("post", url, {"q": GUESSES[0]}, partial=True))
    return tries


def breach(client: Client, request: Request, melati: Melati, address: Address) -> str:
    """How she got through, in words; "" when she didn't."""
    before = rows()
    answer = request.send(client)
    text = read(answer)
    if any(secret in text for secret in melati.secrets):
        return "read a secret"
    # Her own puskesmas, and what she brought along herself, may stand on her page.
    known = {*request.data.values(), str(getattr(answer.wsgi_request.user, "puskesmas_id", ""))}  # type: ignore[attr-defined]
    if any(key in text.replace(request.url, "") for key in melati.keys if key not in known):
        return "read a key"
    if rows() != before:
        return "wrote"
    if answer.status_code >= 500:
        return "broke it"
    if address.parameters and address.permission and answer.status_code not in CLOSED:
        return f"came in: {answer.status_code}"
    return ""


def read(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body.decode("utf-8", errors="replace") + json.dumps(dict(response.headers), ensure_ascii=False)


def rows() -> dict[str, int]:
    """Rows per table of care, families, rights, messages and imports: what a stranger could have changed. One query."""
    tables = [
        model._meta.db_table
        for label in ("families", "rights", "messaging", "measurements", "eppgbm", "pregnant_women")
        for model in apps.get_app_config(label).get_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))
