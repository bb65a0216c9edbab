"""The way to a date as people tell it: an operation is one stretch, however often it pauses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from obeya.engines.scheduling import Cause, Segment

_PAUSES = (Cause.OFF_SHIFT, Cause.MAINTENANCE)


@dataclass(frozen=True)
class Stretch:
    """Clock time ``[start, end)`` [s], and for how long of it the work pauses."""

    cause: Cause
    start: int
    end: int
    operation: int
    blocker: int = -1
    paused: int = 0

    @property
    def seconds(self) -> int:
        return self.end - self.start


def stretches(segments: Iterable[Segment]) -> list[Stretch]:
    """Join what goes on: the same cause at the same operation, and work with its pauses."""
    joined: list[Stretch] = []
    for each in segments:
        last = joined[-1] if joined else None
        if last is None or last.operation != each.operation or not _goes_on(last, each):
            joined.append(Stretch(each.cause, each.start, each.end, each.operation, each.blocker))
            continue
        pause = each.seconds if last.cause is Cause.WORK and each.cause in _PAUSES else 0
        blocker = last.blocker if last.cause is Cause.WORK else each.blocker
        joined[-1] = replace(last, end=each.end, blocker=blocker, paused=last.paused + pause)
    return joined


def _goes_on(last: Stretch, each: Segment) -> bool:
    return last.cause is each.cause or (last.cause is Cause.WORK and each.cause in _PAUSES)
