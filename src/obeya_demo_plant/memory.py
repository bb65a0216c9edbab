"""The plant of truth on disk: written whole before its reports are sent, so a crash loses nothing.

What a report says is decided once and kept with its key. Whoever starts again sends what was not
acknowledged, under the same key; a report that had arrived is answered and changes nothing.
"""

import json
import os
from pathlib import Path

from obeya_demo_plant.state import State


class Memory:
    """One file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> State | None:
        if not self.path.exists():
            return None
        return State.of(json.loads(self.path.read_text("utf-8")))

    def write(self, state: State) -> None:
        beside = self.path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.write(json.dumps(state.as_dict()))  # at once: json.dump takes ten times as long
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
