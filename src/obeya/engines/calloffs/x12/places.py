"""Where a part of a set goes: its own place and dock, else those of the whole set."""

from dataclasses import dataclass

from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.lines import OpenLine

ONE_LIN = "Ask the customer for one LIN for each place (N1, ST)."
ONE_NAME = "Ask the customer to say the place in one list of codes (66), as N1 does."


@dataclass(frozen=True)
class Place:
    code: str
    code_list: str = ""  # 66: 1 D-U-N-S, 91 the seller's, 92 the buyer's; none: a name, or unsaid

    def may_be(self, shared: "Place") -> bool:
        """Of two lists, one place has two codes; a quantity (SDQ) that says none means ours."""
        if self.code == shared.code:
            return True
        return bool(shared.code_list) and self.code_list != shared.code_list


class Places:
    def __init__(self) -> None:
        self.of_set = self.of_part = Place("")
        self.dock = ""  # of the whole set, where no part has its own
        self.is_placed = False  # the part says itself where to
        self.shared: set[str] = set()  # codes of the places of the part's quantities (SDQ)
        self.here: dict[Place, Place] = {}  # a place of a quantity (SDQ) → that of its part
        self.in_list: dict[tuple[Place, str], Place] = {}  # and back, in each list

    def begin_part(self) -> None:
        self.of_part, self.is_placed, self.shared = self.of_set, False, set()

    def goes_to(self, place: Place, line: OpenLine | None) -> None:
        """N1, ST."""
        if line is None:
            self.of_set, self.dock = place, ""
        elif self.is_placed and self.of_part.code != place.code:
            raise Wrong(f"the part goes to {self.of_part.code} and to {place.code}", ONE_LIN)
        else:
            self._put(place, line)

    def _put(self, place: Place, line: OpenLine) -> None:
        self.of_part, self.is_placed = place, True
        line.put(ship_to=place.code)

    def shared_out(self, places: set[Place], line: OpenLine) -> None:
        """SDQ: which place gets what of a quantity is for its own part to say."""
        self.shared |= {each.code for each in places}
        if len(self.shared) > 1 or any(not self._may_be(each) for each in places):
            codes = ", ".join(sorted(self.shared))
            raise Wrong(f"the quantity is shared out between places (SDQ): {codes}", ONE_LIN)
        for place in places:
            if not self.of_part.code:
                self._put(place, line)
            self._refuse_two(place)
            self.is_placed = True

    def _may_be(self, place: Place) -> bool:
        return not self.of_part.code or self.of_part.may_be(place)

    def _refuse_two(self, place: Place) -> None:
        """A code of another list means the same place throughout the set, and it alone."""
        there = self.here.setdefault(place, self.of_part)
        other = self.in_list.setdefault((self.of_part, place.code_list), place)
        if there.code != self.of_part.code:
            rule = f"the place {place.code} (SDQ) is {self.of_part.code} here, {there.code} before"
            raise Wrong(rule, ONE_NAME)
        if other != place:
            rule = f"the place {self.of_part.code} is {place.code} (SDQ) here, {other.code} before"
            raise Wrong(rule, ONE_NAME)

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
        return line.line.dock or (self.dock if line.line.ship_to == self.of_set.code else "")
