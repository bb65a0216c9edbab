"""Where a part of a set goes: its own place and dock, else those of the whole set."""

from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.lines import OpenLine

ONE_LIN = "Ask the customer for one LIN for each place (N1, ST)."


class Places:
    def __init__(self) -> None:
        self.place = self.dock = ""  # of the whole set, where no part has its own
        self.is_placed = False  # the part says itself where to

    def begin_part(self) -> None:
        self.is_placed = False

    def goes_to(self, code: str, line: OpenLine | None) -> None:
        """N1, ST."""
        if line is None:
            self.place, self.dock = code, ""
        elif self.is_placed and line.line.ship_to != code:
            raise Wrong(f"the part goes to {line.line.ship_to} and to {code}", ONE_LIN)
        else:
            self.is_placed = True
            line.put(ship_to=code)

    def shared_out(self, places: set[str], line: OpenLine) -> None:
        """SDQ: which place gets what of a quantity is for its own part to say."""
        if len(places) > 1 or (line.line.ship_to and places - {line.line.ship_to}):
            raise Wrong(
                f"the quantity is shared out between places (SDQ): {', '.join(sorted(places))}",
                ONE_LIN,
            )
        for place in places:
            line.put(ship_to=place)
            self.is_placed = True

    def unloaded_at(self, number: str, line: OpenLine | None) -> None:
        """REF, DK."""
        if line is None:
            self.dock = number
        elif line.line.dock not in ("", number):
            raise Wrong(
                f"the part goes to the docks {line.line.dock} and {number}",
                "Ask the customer for one LIN for each dock (REF, DK).",
            )
        else:
            line.put(dock=number)

    def dock_of(self, line: OpenLine) -> str:
        return line.line.dock or (self.dock if line.line.ship_to == self.place else "")
