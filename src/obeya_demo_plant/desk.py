"""The planner's desk: call-offs are looked at, accepted, and what left on them is booked."""

import math
from collections.abc import Callable, Sequence, Set

from obeya_demo_plant import market
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.doors import Doors, Refused
from obeya_demo_plant.market import Line
from obeya_demo_plant.partners import DAY_S, LOOK_MIN, LOOK_SIGMA
from obeya_demo_plant.selling import FIRM
from obeya_demo_plant.state import State
from obeya_demo_plant.telling import Telling

GONE = 404
FOR_NOW = 409  # something else holds, or must come first: it may be otherwise at the next look
TRIED_FOR_S = DAY_S  # then it is left to somebody else


class Desk:
    """What somebody in the plant does with the messages of customers."""

    def __init__(
        self,
        doors: Doors,
        state: State,
        chance: Chance,
        telling: Telling,
        say: Callable[[str], None],
    ) -> None:
        self.doors, self.state, self.chance = doors, state, chance
        self.telling, self.say = telling, say

    def look(self) -> bool:
        """Whether a call-off holds since just now.

        What hurts nobody is accepted as it comes; of the rest he takes some minutes for each part
        that needs a person.
        """
        reviews = self.state.reviews
        if not reviews:
            return False
        accepted = False
        there = set()
        for row in self.doors.list("call-offs"):
            document = str(row["document"])
            there.add(document)
            if document not in reviews:
                continue
            if row["accepted"]:  # by somebody else
                del reviews[document]
                accepted = self.state.has_news = True
                continue
            if not reviews[document]:
                reviews[document] = self.state.now + math.ceil(self._takes_s(row["release"]))
            if reviews[document] <= self.state.now:
                accepted = self._accept(row["release"], document) or accepted
        self._forget_others(there)
        return accepted

    def agreed(self) -> dict[tuple[str, str], str]:
        """Customer and part → what it is called off under."""
        found = market.agreements(self.doors.list("schedule-agreements"))
        return {(each.customer, each.material): each.code for each in found}

    def book(self, agreed: dict[tuple[str, str], str]) -> None:
        """What left, and what came back, once it is known under which agreement."""
        told: list[tuple[str, str, float, int, str]] = []
        for customer, caller in self.state.callers.items():
            known = [row for row in caller.to_book if (customer, row[0]) in agreed]
            caller.to_book = [row for row in caller.to_book if row not in known]
            for part, document, pieces, at, kind in known:
                told.append((agreed[customer, part], document, pieces, at, kind))
        self.telling.delivered(told)

    def close_others(self, lines: Sequence[Line], agreed: dict[tuple[str, str], str]) -> None:
        """What is called off now needs no line of its own."""
        orders = set(agreed.values())
        others = [
            line
            for line in lines
            if line.kind in FIRM
            and (line.customer, line.material) in agreed
            and line.customer in self.state.callers
            and line.order not in orders
        ]
        self.telling.wanted(others, status="closed")

    def _forget_others(self, there: Set[str]) -> None:
        """What was refused at the door, or left by somebody, is not to be looked at any more."""
        on_its_way = {
            row["name"].removesuffix(".edi")
            for message in self.state.outbox
            if message["verb"] == "call-offs"
            for row in message["rows"]
        }
        for document in set(self.state.reviews) - there - on_its_way:
            del self.state.reviews[document]

    def _takes_s(self, release: int) -> float:
        try:
            asked = self.doors.ask("call-off-differences", release=str(release))
        except Refused as refused:
            if refused.status != GONE:
                raise
            return 0.0  # left by somebody just now, which the acceptance is told, too
        persons = sum(each["needs_a_person"] for each in asked["differences"])
        if not persons:
            return 0.0
        mean_s = 60.0 * LOOK_MIN * persons
        return self.chance.lognormal(mean_s, LOOK_SIGMA, asked["document"], "looked at")

    def _accept(self, release: int, document: str) -> bool:
        """What is refused for now is tried again at the next look, when all is read anew."""
        key = f"accepted-{self.state.seed}-{self.state.began}-{document}"
        since = self.state.reviews.pop(document)
        try:
            self.doors.post("call-off-acceptances", [{"release": release}], key=key)
        except Refused as refused:
            if refused.status in (401, 403):
                raise
            if refused.status == FOR_NOW and self.state.now - since < TRIED_FOR_S:
                self.state.reviews[document] = since
            self.state.refused += 1
            self.say(f"call-off {document}: {refused}")
            return False
        self.state.has_news = True
        return True
