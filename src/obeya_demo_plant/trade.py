"""What comes into the plant and leaves it: suppliers, customers, and the looks that they need."""

from collections.abc import Callable, Sequence

from obeya_demo_plant import market
from obeya_demo_plant.announcing import Notices
from obeya_demo_plant.buying import Buyer
from obeya_demo_plant.calling_off import CallingOff
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.desk import Desk
from obeya_demo_plant.doors import Doors, Row
from obeya_demo_plant.market import Goods, Line
from obeya_demo_plant.partners import CALL_OFF_BY_EDI, DAY_S
from obeya_demo_plant.selling import FIRM, Customers, book_of
from obeya_demo_plant.state import State
from obeya_demo_plant.supplying import Suppliers
from obeya_demo_plant.telling import Telling


class Trade:
    """Of one plant."""

    def __init__(
        self, doors: Doors, state: State, telling: Telling, say: Callable[[str], None] = print
    ) -> None:
        self.doors, self.state = doors, state
        chance = Chance(state.seed)
        self.suppliers = Suppliers(state, chance, telling)
        self.buyer = Buyer(doors, state, chance, telling)
        self.customers = Customers(state, chance, telling)
        self.callers = {
            code: CallingOff(code, doors.site, state, chance, telling) for code in CALL_OFF_BY_EDI
        }
        self.desk = Desk(doors, state, chance, telling, say)
        self.notices = Notices(doors, state, say)
        self._goods: Goods | None = None

    def look(self) -> None:
        """At what is ordered from suppliers, and at what customers have called off."""
        if self._goods is None:
            self._goods = market.goods(self.doors.list("materials", of_site=False))
        owed = market.purchases(self.doors.list("purchases"))
        self.suppliers.adopt(owed, self._goods)
        self.buyer.look(owed)
        if self.desk.look():
            agreed = self.desk.agreed()
            self.desk.close_others(market.lines(self.doors.list("demands")), agreed)
            self.desk.book(agreed)
        self.notices.fetch()

    def advance(self, until: int) -> None:
        """Whoever calls or comes after the moment of the plant and by ``until``.

        Trucks load what lay in the store at the last look, so that nothing is promised twice.
        """
        since = self.state.now
        self.suppliers.deliver(until)
        calls = list(self.customers.calls(since, until))
        trucks = list(self.customers.trucks(since, until))
        if not calls and not trucks:
            return
        rows = self.doors.list("demands")
        lines = market.lines(rows)
        for at in calls:
            self._call(lines, rows, at)
        if trucks:
            self._load(lines, trucks[0])

    def _call(self, lines: Sequence[Line], rows: Sequence[Row], at: int) -> None:
        """Those who use EDI write of their own; the others order line by line."""
        agreed = self.desk.agreed()
        called: list[tuple[str, float]] = []
        orders, others = set(agreed.values()), list(lines)
        for code, caller in self.callers.items():
            own = [
                line
                for line in lines
                if line.customer == code and (line.kind in FIRM or line.order in orders)
            ]
            if code not in self.state.callers and own:
                caller.begin(own, market.shipped(rows, code), book_of(own, at))
            if code in self.state.callers:
                others = [line for line in others if line not in own]
                caller.receive(at)
                self.desk.book(agreed)  # what came back, before they write of it
                called += caller.call(at)
        self.customers.call(others, at, called=called)

    def _load(self, lines: Sequence[Line], at: int) -> None:
        agreed = self.desk.agreed()
        loaded = self.customers.load(
            lines, dict(self.state.stock), at, in_parts=frozenset(agreed.values())
        )
        note = f"DN-{at // DAY_S}"
        for code, caller in self.state.callers.items():
            taken: dict[str, float] = {}
            for line in loaded:
                if line.customer == code:
                    taken[line.material] = taken.get(line.material, 0.0) + line.quantity
            for part, pieces in taken.items():
                self.callers[code].leaves(part, pieces, note, at)
                caller.to_book.append([part, note, pieces, at, "shipped"])
        self.desk.close_others([line for line in lines if line not in loaded], agreed)
        self.desk.book(agreed)
