"""Where parts go: a place and a dock are said before the parts that they hold for, or in one."""

from obeya.engines.calloffs.edifact.codes import DOCK, PLACE, PLACES
from obeya.engines.calloffs.lines import OpenLine


class Places:
    """The place and the dock of the parts that follow."""

    def __init__(self) -> None:
        self.place = self.dock = ""
        self.dock_of_all = ""  # said before the first sequence (SEQ)
        self.role = len(PLACES)  # which of PLACES named the place that is being told
        self.follows_part = False  # nothing was said of the part since this place was

    def begin_sequence(self, *, is_first: bool) -> None:
        if is_first:
            self.dock_of_all = self.dock
        self.dock = self.dock_of_all

    def begin_part(self) -> None:
        self.role, self.follows_part = len(PLACES), False

    def follow(self, code: str, role: int) -> None:
        """It stands behind a part's quantities: for the same part, or the parts that follow."""
        self.place, self.dock, self.role, self.follows_part = code, "", role, True

    def put(self, code: str, role: int, line: OpenLine | None) -> None:
        """Before the first quantity of a part, or before the first part."""
        if role > self.role:
            return
        self.role = role
        if line is None:
            self.place, self.dock = code, ""
            return
        is_of_before = line.line.ship_to != code and line.line.dock == self.dock
        line.put(ship_to=code, dock="" if is_of_before else line.line.dock)
        if self.follows_part:
            self.place = code

    def locate(self, kind: str, code: str, line: OpenLine | None, *, is_before_part: bool) -> None:
        """LOC: the dock, or the place where no party (NAD) names it."""
        if kind == DOCK:
            if line is None or self.follows_part or is_before_part:
                self.dock = code
            if line is not None and not is_before_part:
                line.put(dock=code)
        elif kind == PLACE and line is None:
            self.place = self.place or code
        elif kind == PLACE and line is not None and not line.line.ship_to:
            line.put(ship_to=code)
