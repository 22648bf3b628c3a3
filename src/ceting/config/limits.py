"""Limits that hold before a request is read, and headers that keep private pages out of caches."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_LENGTH = 20
"""Digits of the largest length that a server counts with."""


def _within(announced: str, limit: int) -> bool:
    """Whether it is a number of bytes, and not too large: "²" and five thousand nines are neither."""
    digits = announced.isascii() and announced.isdecimal() and len(announced) <= LONGEST_LENGTH
    return digits and int(announced) <= limit


class BodyLimitMiddleware:
    """Refuse a body by its announced length, before a byte of it is read (200 MB over a village's line is a day)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = self._limit(request.path)
        announced = request.META.get("CONTENT_LENGTH") or ""
        chunked = "HTTP_TRANSFER_ENCODING" in request.META and not announced
        if chunked or (announced and not _within(announced, limit)):
            response = render(
                request, "413.html", {"limit_mb": limit // (1024 * 1024)}, status=411 if chunked else 413
            )
            # The rest of the body is still on the wire: this connection can't carry another request.
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)

    @staticmethod
    def _limit(path: str) -> int:
        for prefix, limit in settings.UPLOAD_LIMITS.items():
            if path.startswith(prefix):
                return int(limit)
        return int(settings.BODY_LIMIT)


class PrivatePagesMiddleware:
    """Pages about people are never kept by a browser or a proxy: the posyandu's laptop has many users."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/staf/") and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response
