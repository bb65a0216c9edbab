"""What a worker does with the parts of a large file, one after the other, while others write on."""

from collections.abc import Callable, Sequence
from typing import Any

from obeya.modules.exchange.models import ImportPart
from obeya.plant.log.breathing import part_of_long_work
from obeya.plant.log.runs import RunHandle


def part_by_part(
    handle: RunHandle,
    parts: Sequence[ImportPart],
    *,
    is_done: Callable[[ImportPart], bool],
    work: Callable[[ImportPart], Any],
    when_all_are: Callable[[], Any] = lambda: None,
) -> dict[str, Any]:
    """Work on the parts that are not done yet, until told to stop; answers with the rows done."""
    total = sum(part.count for part in parts)
    done = sum(part.count for part in parts if is_done(part))
    for part in parts:
        if is_done(part):
            continue
        if handle.should_stop():
            break
        handle.progress(done, total, step=part.sheet)
        with part_of_long_work():
            work(part)
        done += part.count
    if done == total:
        when_all_are()
    handle.progress(done, total, step="" if done == total else "stopped")
    return {"rows": done}
