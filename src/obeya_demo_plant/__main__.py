"""`python -m obeya_demo_plant`: let an invented plant live beside its Obeya."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from obeya_demo_plant.doors import Doors, Refused, Silent, over_http
from obeya_demo_plant.living import Living, keep_pace, step_through
from obeya_demo_plant.memory import Memory

DAY_S = 86_400


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    stopped = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopped.set())
    if options.child:
        _end_with_parent(stopped)
    token = options.token_file.read_text("utf-8").strip()
    doors = Doors(options.site, over_http(options.url, token))
    try:
        plant = Living(doors, Memory(options.memory), seed=options.seed, say=_say)
        if options.days is None:
            keep_pace(plant, rate=options.rate, stop=stopped.wait)
        else:
            until = plant.state.began + int(options.days * DAY_S)
            step_through(plant, until=until, step_s=options.step, plans_anew=options.plan)
    except (Refused, Silent) as error:
        _say(str(error))
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="obeya_demo_plant", description=__doc__)
    parser.add_argument("--url", required=True, help="where Obeya answers")
    parser.add_argument("--site", default="KES")
    parser.add_argument("--token-file", type=Path, required=True, help="what lets it in")
    parser.add_argument("--memory", type=Path, required=True, help="file that it remembers by")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=int, default=60, help="times as fast as real time")
    parser.add_argument("--days", type=float, help="in steps, as fast as it goes; then end")
    parser.add_argument("--step", type=int, default=3600, help="seconds of a step (with --days)")
    parser.add_argument(
        "--plan", action="store_true", help="have the plan made anew, too (with --days)"
    )
    parser.add_argument("--child", action="store_true", help="end with the parent process")
    return parser


def _end_with_parent(stopped: threading.Event) -> None:
    def watch() -> None:
        while os.read(0, 1):
            pass
        stopped.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()


def _say(text: str) -> None:
    print(f"plant of truth: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
