"""Logs as key=value lines on stderr. No personal data: messages are fixed phrases, values are ids and counts.

An exception is logged as its type and the places it went through; its message may quote a NIK, so it isn't.
"""

import traceback
from types import TracebackType
from typing import Any

import structlog

FRAMES = 12


def failure_without_values(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace `exc_info` by `failure`: the exception's type and its last frames as file:line, without messages."""
    info = event.pop("exc_info", None)
    if not info:
        return event
    kind, trace = _parts(info)
    if kind is not None:
        frames = traceback.extract_tb(trace)[-FRAMES:]
        places = " < ".join(
            f"{frame.filename.rpartition('/src/')[2]}:{frame.lineno}" for frame in reversed(frames)
        )
        event["failure"] = f"{kind.__name__} at {places}"
    return event


def _parts(info: Any) -> tuple[type[BaseException] | None, TracebackType | None]:
    if isinstance(info, BaseException):
        return type(info), info.__traceback__
    if isinstance(info, tuple):
        return info[0], info[2]
    return None, None


_processors: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                failure_without_values,
                structlog.processors.LogfmtRenderer(),
            ],
            "foreign_pre_chain": [*_processors, structlog.stdlib.ExtraAdder(allow=())],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "ceting": {"level": "INFO"},
        # A 404's or 403's URL holds ids only, and the audit has them already.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django_q": {"level": "WARNING"},
        "django-q": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

structlog.configure(
    processors=[
        *_processors,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
