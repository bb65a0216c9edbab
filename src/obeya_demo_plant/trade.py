"""What comes into the plant and leaves it: suppliers, customers, and the looks that they need."""

from obeya_demo_plant import market
from obeya_demo_plant.chance import Chance
from obeya_demo_plant.doors import Doors
from obeya_demo_plant.market import Goods
from obeya_demo_plant.selling import Customers
from obeya_demo_plant.state import State
from obeya_demo_plant.supplying import Suppliers
from obeya_demo_plant.telling import Telling


class Trade:
    """Of one plant."""

    def __init__(self, doors: Doors, state: State, telling: Telling) -> None:
        self.doors, self.state = doors, state
        chance = Chance(state.seed)
        self.suppliers = Suppliers(state, chance, telling)
        self.customers = Customers(state, chance, telling)
        self._goods: Goods | None = None

    def look(self) -> None:
        """At what is ordered from suppliers."""
        if self._goods is None:
            self._goods = market.goods(self.doors.list("materials", of_site=False))
        self.suppliers.adopt(market.purchases(self.doors.list("purchases")), self._goods)

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
        lines = market.lines(self.doors.list("demands"))
        for at in calls:
            self.customers.call(lines, at)
        if trucks:
            self.customers.load(lines, dict(self.state.stock), trucks[0])
