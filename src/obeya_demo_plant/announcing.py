"""The system of a customer that uses EDI fetches the notice of what is on the road to it."""

from base64 import b64decode
from collections.abc import Callable, Sequence

from obeya_demo_plant import edifact
from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.state import Caller, OnRoad, State

NOT_YET = 404  # the delivery is not recorded


class Notices:
    """Of all customers of one plant that call off by EDI."""

    def __init__(self, doors: Doors, state: State, say: Callable[[str], None]) -> None:
        self.doors, self.state, self.say = doors, state, say

    def fetch(self) -> None:
        """Of what is on the road and was not announced; what is not there yet is asked again."""
        for customer, caller in self.state.callers.items():
            waits = [load for load in caller.road if not load.is_announced]
            for note in sorted({load.note for load in waits}):
                found = self._notice(customer, note)
                of_note = [load for load in waits if load.note == note and load.part in found]
                self._compare(customer, caller, of_note, found)

    def _notice(self, customer: str, note: str) -> dict[str, tuple[float, float]]:
        try:
            told = self.doors.ask("shipping-notices", document=note)
        except Refused as refused:
            if refused.status in (401, 403):
                raise
            if refused.status != NOT_YET:
                self.say(f"{customer} asks for the notice of {note}: {refused}")
            return {}
        return edifact.read_desadv(b64decode(told["content_base64"]))

    def _compare(
        self,
        customer: str,
        caller: Caller,
        loads: Sequence[OnRoad],
        found: dict[str, tuple[float, float]],
    ) -> None:
        for load in loads:
            load.is_announced = True
            quantity, _ = found[load.part]
            if quantity == load.quantity:
                caller.announced += 1
            else:
                self.say(
                    f"{customer}: {load.note} announces {quantity:g} of {load.part},"
                    f" the truck brings {load.quantity:g}"
                )
