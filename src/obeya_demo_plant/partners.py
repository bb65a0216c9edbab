"""What is true of suppliers and customers and stands in no system."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import NormalDist

from obeya_demo_plant import shapes

DAY_S, HOUR_S = 86_400, 3600
EARLIEST_DAYS = 3.0  # nobody takes goods in that come earlier
CANDID = 0.7  # of suppliers who are late say truly when they will come; the others say tomorrow
HURRIED = (0.7, 1.0)  # of what was left of the wait, when somebody has called
SHORT, SHORT_BY = 0.04, (0.02, 0.2)  # of deliveries bring less, by so much
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Supplier:
    """How long it really takes; what he promises is the time within which he is mostly there."""

    lead_days: float
    sigma_days: float
    on_time: float  # of deliveries
    ppm: float  # of pieces are sorted out where they come in

    @property
    def spread(self) -> float:
        """Sigma of the logarithm of the lead time."""
        return math.sqrt(math.log1p((self.sigma_days / self.lead_days) ** 2))

    @property
    def promised_days(self) -> float:
        """After the order: the part ``on_time`` of all lead times is shorter."""
        return shapes.lognormal(self.lead_days, self.spread, self.on_time)

    def late_days(self, at: float, *, known_late_days: float = -math.inf) -> float:
        """After the promise, below 0 before it: of a delivery at this place among all.

        ``known_late_days``: so late it is already, and has not come.
        """
        passed = self._come_by(known_late_days)
        lead = shapes.lognormal(self.lead_days, self.spread, passed + (1 - passed) * at)
        return max(-EARLIEST_DAYS, lead - self.promised_days)

    def _come_by(self, late_days: float) -> float:
        """Part of the deliveries that has come so late after the promise."""
        if late_days < -EARLIEST_DAYS:
            return 0.0
        lead = self.promised_days + late_days
        place = (math.log(lead / self.lead_days) + self.spread**2 / 2) / self.spread
        return min(_NORMAL.cdf(place), 1 - 1e-9)


SUPPLIERS: Mapping[str, Supplier] = {
    "NORRLAND": Supplier(42, 7, 0.86, 150),
    "KETTERING": Supplier(21, 4, 0.91, 80),
    "BRENTA": Supplier(35, 8, 0.82, 0),  # 2,400 ppm are seen after milling, among its scrap
    "TATRA": Supplier(56, 12, 0.88, 20),
    "OKABE": Supplier(70, 10, 0.93, 15),
    "LINDQVIST": Supplier(28, 5, 0.90, 300),
    "ROTORWERK": Supplier(49, 9, 0.87, 120),
    "SEALTECH": Supplier(28, 4, 0.92, 190),
    "HALDEN": Supplier(10, 2, 0.97, 150),
    "PACKWELL": Supplier(5, 1, 0.95, 180),
}
ANY_SUPPLIER = Supplier(28, 5, 0.90, 150)

RUSH = 3.5 / 67  # of new lines
RUSH_WORKING_DAYS = (3, 5)
CHANGED, CANCELLED = 0.09, 0.02  # of lines, on one of the days that they are open
CHANGED_BY = 0.3  # more or less, at most
SETTLED_S = 2 * DAY_S  # what is due sooner is changed no more
ANNOUNCED_SWING = 0.15  # a week, more or less at most
FIRM_S = 14 * DAY_S  # of a call-off
ORDER_SIGMA = 0.22  # of a line against another of its part
LEAST = 10.0  # pieces of a line

CALL_OFF_BY_EDI = ("AUREL",)
RELEASE_S = 28 * DAY_S  # of a call-off: may be made; beyond, it is a forecast
TRANSIT_H, TRANSIT_SIGMA = 16.0, 0.15  # of their truck
RETURNED_PPM = 85  # that they find
LOOK_MIN, LOOK_SIGMA = 5.0, 0.4  # of a planner, for each part of a call-off that needs a person
MONDAY = 4  # 1970 began on a Thursday, and day 4 was the first Monday


def rounded(quantity: float) -> float:
    return max(LEAST, round(quantity / LEAST) * LEAST)


def is_working_day(day: int) -> bool:
    """Days since 1970."""
    return datetime.fromtimestamp(day * DAY_S, UTC).weekday() < 5


def working_day_after(day: int, count: int) -> int:
    while count:
        day += 1
        count -= is_working_day(day)
    return day
