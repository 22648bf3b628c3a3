"""What a real server does with too much, before it has read it."""

import contextlib
import time
from collections.abc import Iterator

import pytest

from tests.houses import House
from tests.servers import Server, serving

TWO_HUNDRED_MB = 200 * 1024 * 1024
PROMPTLY = 5.0
LITTLE = 24 * 1024 * 1024


@pytest.fixture(scope="module")
def server(furnished: House) -> Iterator[Server]:
    with serving(furnished) as running:
        yield running


def announce(path: str, *headers: str) -> bytes:
    """The head of an upload, without a byte of its body."""
    lines = (
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: multipart/form-data; boundary=x",
        *headers,
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@pytest.mark.parametrize("path", ["/staf/impor/", "/masuk/", "/staf/anak/baru/"])
def test_200_mb_are_refused_before_they_are_read(server: Server, path: str) -> None:
    before, began = server.memory(), time.monotonic()
    answer = server.say(announce(path, f"Content-Length: {TWO_HUNDRED_MB}"))
    assert answer.split(b"\r\n", 1)[0] == b"HTTP/1.1 413 Payload Too Large"
    assert time.monotonic() - began < PROMPTLY
    assert server.memory() - before < LITTLE
    assert b"MB" in answer, "the page says how much is allowed"


def test_a_body_that_does_not_say_its_length_is_refused(server: Server) -> None:
    answer = server.say(announce("/masuk/", "Transfer-Encoding: chunked"))
    assert answer.split(b"\r\n", 1)[0].startswith(b"HTTP/1.1 411 ")


def test_sending_it_all_the_same_does_not_fill_the_memory(server: Server) -> None:
    """A client that doesn't listen: the connection ends, the server doesn't keep what was sent."""
    before = server.memory()
    head = announce("/staf/impor/", f"Content-Length: {TWO_HUNDRED_MB}")
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        server.say(head + b"x" * (32 * 1024 * 1024))
    assert server.memory() - before < LITTLE
    assert b" 200 " in server.get("/sehat/").split(b"\r\n", 1)[0]


def test_an_ordinary_form_still_comes_through(server: Server) -> None:
    body = b"x" * 1000
    answer = server.say(announce("/masuk/", f"Content-Length: {len(body)}", "Connection: close") + body)
    assert answer.split(b"\r\n", 1)[0] == b"HTTP/1.1 403 Forbidden", "no CSRF cookie, but it was read"


def test_the_limit_of_uploads_is_wider_than_that_of_forms(server: Server) -> None:
    five_mb = f"Content-Length: {5 * 1024 * 1024}"
    assert b" 413 " in server.say(announce("/masuk/", five_mb)).split(b"\r\n", 1)[0]
    # Past the limit; then a form without its token is refused, unread.
    assert b" 403 " in server.say(announce("/staf/impor/", five_mb)).split(b"\r\n", 1)[0]


def test_private_pages_stay_out_of_caches_and_strangers_out_of_frames(server: Server) -> None:
    answer = server.get("/staf/").lower()
    assert b"cache-control: no-store" in answer
    assert b"x-frame-options: deny" in answer
    assert b"default-src 'none'" in answer
