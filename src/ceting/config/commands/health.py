"""`ceting health`: how the server is doing, in words; for people, and by its exit code for a watchdog."""

import argparse
import http.client
import os
import ssl
import sys
import time

from django.conf import settings
from django.utils.module_loading import import_string

from ceting.config import readiness

TIMEOUT = 5
HEALTHY = b'"sehat"'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--answers", action="store_true", help="hanya periksa apakah server web menjawab")
    parser.add_argument(
        "--wait", type=float, default=0, metavar="DETIK", help="tunggu jawaban paling lama sekian (0)"
    )


def run(args: argparse.Namespace) -> int:
    """0 when nothing is in danger; 1 when something is; 2 when the settings are incomplete."""
    try:
        readiness.set_up()
    except readiness.NotReadyError as error:
        print(error, file=sys.stderr)
        return 2
    if args.answers:
        return _wait_for_answer(args.wait)
    # By name: it is made of models, which can't be imported before set_up().
    found = import_string("ceting.config.health.findings")()
    width = max(len(finding.name) for finding in found)
    for finding in found:
        print(
            f"{finding.name.ljust(width)}  {finding.word.upper().ljust(16)} {finding.says} {finding.remedy}".rstrip()
        )
    return 1 if import_string("ceting.config.health.worst")(found) == "danger" else 0


def _wait_for_answer(seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while not (answered := _answers()) and time.monotonic() < deadline:
        time.sleep(0.5)
    print(
        "Server menjawab." if answered else "Server tidak menjawab.",
        file=sys.stdout if answered else sys.stderr,
    )
    return 0 if answered else 1


def _answers() -> bool:
    host, port = os.environ.get("CETING_HOST", "127.0.0.1"), int(os.environ.get("CETING_PORT", "8000"))
    here = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  compared, not bound
    line: http.client.HTTPConnection
    if os.environ.get("CETING_TLS_CERTIFICATE"):
        # To ourselves: the question is whether it answers, not who it is.
        anybody = ssl._create_unverified_context()  # noqa: S323
        line = http.client.HTTPSConnection(here, port, timeout=TIMEOUT, context=anybody)
    else:
        line = http.client.HTTPConnection(here, port, timeout=TIMEOUT)
    try:
        # As the proxy in front would ask.
        line.request(
            "GET", "/sehat/", headers={"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"}
        )
        answer = line.getresponse()
        return answer.status == http.client.OK and HEALTHY in answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
