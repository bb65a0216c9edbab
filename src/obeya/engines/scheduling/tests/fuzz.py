"""Problems by chance for as long as one likes: what does not hold, crashes or hangs is named.

``python -m obeya.engines.scheduling.tests.fuzz --minutes 30 --from 0`` tries one kind of case after
the other, each with the next seed, in a process of its own; it ends with 1 if any failed. A seed
that failed becomes a test.
"""

import argparse
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

from obeya.engines.scheduling import Unschedulable
from obeya.engines.scheduling.tests import other_cases as other
from obeya.engines.scheduling.tests import plant_cases as plant

HANGS: Final = 300.0  # seconds; the longest case takes a few

CASES: Final[dict[str, Callable[[int], None]]] = {
    case.__name__: case
    for case in (
        plant.dispatch_holds,
        plant.drops_hold,
        plant.shifts_hold,
        plant.search_holds,
        plant.waits_hold,
        plant.reaction_holds,
        plant.options_hold,
        plant.promise_holds,
        other.plain_shop_holds,
        other.large_shop_holds,
        other.line_holds,
        other.hybrid_line_holds,
        other.lines_go_on,
        other.project_holds,
        other.print_shop_holds,
    )
}


def _serve(asked: Connection) -> None:
    """Try each case that is asked for and answer with what went wrong, if anything."""
    while True:
        name, seed = asked.recv()
        try:
            CASES[name](seed)
        except Unschedulable:
            asked.send("no plan exists")
        except Exception:  # whatever it is, it is the finding
            asked.send(traceback.format_exc())
        else:
            asked.send("")


def fuzz(minutes: float, first: int) -> tuple[Counter[str], list[str]]:
    """How often each case was tried, and what failed."""
    until, tried, failed = time.monotonic() + 60 * minutes, Counter[str](), []
    context = multiprocessing.get_context("spawn")
    seed, names, process = first, list(CASES), None
    while time.monotonic() < until:
        for name in names:
            if process is None:
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                theirs.close()
            try:
                ours.send((name, seed))
                said = ours.recv() if ours.poll(HANGS) else "it hangs"
            except (EOFError, BrokenPipeError):
                said = "the process died"
            tried[f"{name}, no plan" if said == "no plan exists" else name] += 1
            if said in ("", "no plan exists"):
                continue
            failed.append(f"{name}({seed}): {said}")
            print(failed[-1], flush=True)
            if not said.startswith("Traceback"):
                process.kill()
                process = None
        seed += 1
    return tried, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    asked = parser.parse_args()
    tried, failed = fuzz(asked.minutes, asked.first)
    for name, times in sorted(tried.items()):
        print(f"{times:8,}  {name}")
    print(f"{tried.total():8,} tried from seed {asked.first} on, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
