"""People at the session's grid, over HTTP, as static/measurements/grid.js does it: no answer, send again."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.cast import PASSWORD
from tests.faults.installation import HOST

BASE = re.compile(r'name="base" value="([0-9a-f-]*)"')
PATIENCE = 60.0
"""Seconds without one answer before a typist gives up: then the server didn't come back."""


class UnansweredError(Exception):
    """Nothing, half an answer, or an answer that is an error of the server."""


@dataclass
class Answer:
    status: int
    row: str
    """The state that X-Row names."""
    body: str
    location: str = ""


@dataclass
class Browser:
    """One signed-in browser behind the HTTPS proxy."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
        headers = {
            "Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.7", "Origin": f"https://{HOST}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies.get("__Host-ceting-csrf", ""), "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body=urlencode(data) if data is not None else None, headers=headers)
            answer = line.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise UnansweredError(type(error).__name__) from error
        finally:
            line.close()
        if answer.status >= 500:
            raise UnansweredError(str(answer.status))
        for given in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: found.value for name, found in SimpleCookie(given).items()})
        return Answer(
            answer.status, answer.headers.get("X-Row", ""), body, answer.headers.get("Location", "")
        )

    def insist(self, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
        """Ask until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask(method, path, data)
            except UnansweredError as error:
                self.unanswered += 1
                if time.monotonic() > deadline:
                    raise AssertionError(f"no answer for {PATIENCE:.0f} s: {error}") from error
                time.sleep(0.1)

    def sign_in(self, username: str) -> None:
        self.insist("GET", "/masuk/")
        answer = self.insist("POST", "/masuk/", {"username": username, "password": PASSWORD})
        assert answer.status == 302, answer.body[:500]


class Typist(threading.Thread):
    """Types her children of the session round after round: each round is another weight for each child."""

    def __init__(self, port: int, username: str, session: str, children: list[str], until: float) -> None:
        super().__init__()
        self.browser = Browser(port)
        self.username, self.session, self.children, self.until = username, session, children, until
        self.typed: dict[str, list[str]] = {child: [] for child in children}
        """Child -> every weight that the server answered as saved, in order."""
        self.trouble = ""

    def run(self) -> None:
        try:
            self.browser.sign_in(self.username)
            bases = dict.fromkeys(self.children, "")
            number = 0
            while time.monotonic() < self.until or number < 2:
                number += 1
                for place, child in enumerate(self.children):
                    if time.monotonic() > self.until and number > 2:
                        return
                    weight = f"{8 + place % 5 + number % 90 / 100:.2f}"
                    bases[child] = self._save(child, weight, bases[child])
        except AssertionError as error:
            self.trouble = f"{self.username}: {error}"

    def _save(self, child: str, weight: str, base: str) -> str:
        """The key of the saved row, which the next correction names."""
        path = f"/staf/sesi/{self.session}/anak/{child}/"
        data = {"number": "1", "base": base, "weight_kg": weight, "sure": ""}
        answer = self.browser.insist("POST", path, data)
        if answer.row == "asked":
            # "Yakin?": she looked at the scale again.
            sure = re.findall(r'name="sure" value="([^"]*)"', answer.body)
            answer = self.browser.insist("POST", path, {**data, "sure": ",".join(sure)})
        assert answer.status == 200, f"{answer.status} {answer.row}: {_words(answer.body)}"
        self.typed[child].append(weight)
        found = BASE.search(answer.body)
        assert found, answer.body[:300]
        return found[1]


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))[:400]
