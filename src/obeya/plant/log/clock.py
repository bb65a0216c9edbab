"""Effective time, which a demo plant may shift or speed up, and recorded time, which is real.

Only doors, drivers, tailer and worker ask; everything else is told.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.conf import settings

_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)
_REREAD_S = 1.0
_read_at = float("-inf")
_demo: tuple[datetime, datetime, Decimal] | None = None


def now() -> datetime:
    """The effective time of what happens now."""
    if (held := _held.get()) is not None:
        return held
    real = real_now()
    if not settings.DEMO or (state := _demo_clock()) is None:
        return real
    real_anchor, shown_anchor, rate = state
    passed_us = (real - real_anchor) // timedelta(microseconds=1)
    return shown_anchor + timedelta(microseconds=int(passed_us * rate))


def real_now() -> datetime:
    """Recorded times, leases, sessions, rate limits."""
    return datetime.now(UTC)


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Stand still: an import or a demo says when its deeds happened; tests say what time it is."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def forget() -> None:
    """The demo's clock was set: read it anew."""
    global _read_at  # noqa: PLW0603 - one clock per process
    _read_at = float("-inf")


def _demo_clock() -> tuple[datetime, datetime, Decimal] | None:
    global _read_at, _demo  # noqa: PLW0603 - one clock per process
    if time.monotonic() - _read_at > _REREAD_S:
        from obeya.plant.log.models import DemoClock  # noqa: PLC0415 - models need a ready registry

        row = DemoClock.objects.first()
        _demo = (row.real_anchor, row.shown_anchor, row.rate) if row else None
        _read_at = time.monotonic()
    return _demo
