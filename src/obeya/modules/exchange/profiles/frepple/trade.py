"""frePPLe's customers, suppliers, stock, demand and confirmed orders."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.frepple.making import Making
from obeya.modules.exchange.profiles.frepple.places import Places
from obeya.modules.exchange.profiles.frepple.records import Record, Records
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.inventory.public import StockRow
from obeya.modules.orders.public import DemandRow
from obeya.modules.organisation.public import PartyRow
from obeya.modules.purchasing.public import PurchaseRow

STATUS = {"open": "open", "closed": "closed", "canceled": "cancelled"}
ORDERED = ("confirmed", "approved")
Row = tuple[int, dict[str, Any]]


class Trade:
    """What comes in, what goes out, and what lies between."""

    def __init__(self, records: Records, places: Places, making: Making) -> None:
        self._records = records
        self._places = places
        self._making = making
        self._routes: dict[str, list[Record]] = defaultdict(list)  # destination → distributions
        for lane in records.of("itemdistribution"):
            self._routes[lane.text("location")].append(lane)
            if lane.number_of("sizeminimum", 1) > 1 or lane.number_of("sizemultiple") > 1:
                records.note(
                    "Lot sizes of distributions were not carried over: transport between the "
                    "storages of a site is not planned."
                )

    def parties_sheet(self) -> TypedSheet:
        rows: list[Row] = []
        for model, role in (("customer", "is_customer"), ("supplier", "is_supplier")):
            parties = list(self._records.of(model))
            groups = {party.text("owner") for party in parties} - {""}
            if groups:
                self._records.note(f"{', '.join(sorted(groups))}: groups of {model}s stay behind.")
            for party in parties:
                name = party.text("name")
                if name not in groups:
                    rows.append((party.number, {"code": name, "name": name, role: True}))
        return sheet_of(PartyRow, rows)

    def stock_sheet(self) -> TypedSheet:
        rows: list[Row] = [
            (
                buffer.number,
                {
                    "material": buffer.text("item"),
                    "location": self._places.storage(buffer.text("location")),
                    "quantity": buffer.number_of("onhand"),
                },
            )
            for buffer in self._records.of("buffer")
            if buffer.number_of("onhand")
        ]
        return sheet_of(StockRow, rows)

    def demand_sheet(self) -> TypedSheet:
        demands = list(self._records.of("demand"))
        priorities = sorted({d.whole("priority", 10) for d in demands}, reverse=True)
        rows: list[Row] = []
        earlier: set[str] = set()
        for demand in demands:
            status = demand.text("status").lower() or "open"
            due = demand.moment("due")
            if status not in STATUS:
                self._records.note(
                    f"Demand of status {status} was not carried over: it is no order yet."
                )
                continue
            transport = self._transport_s(demand.text("item"), demand.text("location"))
            if transport:
                earlier.add(demand.text("location"))
            rows.append(
                (
                    demand.number,
                    {
                        "code": demand.text("name"),
                        "order_code": demand.text("name"),
                        "material": demand.text("item"),
                        "quantity": demand.number_of("quantity"),
                        "due_at": due - timedelta(seconds=transport) if due else None,
                        "customer": demand.text("customer"),
                        "weight": 1 + priorities.index(demand.whole("priority", 10)),
                        "status": STATUS[status],
                    },
                )
            )
        if earlier:
            self._records.note(
                f"Demand at {', '.join(sorted(earlier))} is due earlier by the transport time of "
                "its distribution, because the date here is when goods must be ready in the site."
            )
        return sheet_of(DemandRow, rows)

    def purchases_sheet(self) -> TypedSheet:
        rows: list[Row] = []
        left: dict[str, int] = defaultdict(int)
        for order in self._records.of("operationplan"):
            kind, status = order.text("type").upper(), order.text("status").lower()
            if kind != "PO" or status not in ORDERED:
                left[f"{status} {kind}"] += 1
                continue
            rows.append(
                (
                    order.number,
                    {
                        "number": order.text("reference"),
                        "material": order.text("item"),
                        "quantity": order.number_of("quantity"),
                        "due_at": order.moment("enddate"),
                        "supplier": order.text("supplier"),
                    },
                )
            )
        for what, count in sorted(left.items()):
            self._records.note(
                f"{count} {what} order(s) were not carried over: only confirmed purchases are; "
                "production and transport are planned anew."
            )
        return sheet_of(PurchaseRow, rows)

    def _transport_s(self, item: str, location: str) -> int:
        """Seconds from where the item is made or bought to ``location``, by the first lane."""
        names = self._making.item_and_groups(item)
        seconds, seen = 0, set()
        while location not in seen:
            seen.add(location)
            lanes = [lane for lane in self._routes[location] if lane.text("item") in names]
            if not lanes:
                break
            lane = min(
                lanes, key=lambda r: (names.index(r.text("item")), r.whole("priority", 1), r.number)
            )
            seconds += int(lane.seconds("leadtime"))
            location = lane.text("origin")
        return seconds
