"""The code lists of 830 and 862, as far as they are read; the numbers are the elements'."""

from obeya.engines.calloffs.neutral import Zone

TYPES = ("830", "862")
#: 680, forecast qualifier
ZONES = {
    "A": Zone.FIRM,  # immediate
    "C": Zone.FIRM,
    "H": Zone.FIRM,  # first time reported firm
    "J": Zone.RELEASE,  # raw material may be bought
    "D": Zone.FORECAST,  # planning
}
#: 681, forecast timing: daily and discrete; a date without a timing is that day
DISCRETE = ("C", "D", "")
#: 681 → days of the bucket that begins on a day; months, quarters, half-years, years → months
DAYS, MONTHS = {"W": 7, "X": 7, "T": 28}, {"M": 1, "Q": 3, "S": 6, "A": 12}
#: 672, what a resource authorization (ATH) lets be made or bought: all, labour, both, material
AUTHORISES = ("FI", "LB", "LM", "MT")
CANCELLATION = "01"
#: 353, of a set that tells what holds: original, change, replace, duplicate
WHOLE_SAID = ("", "00", "04", "05", "07")
CUMULATIVE = "C"  # 676, schedule quantity qualifier
COUNTED = ("", "A", "R", CUMULATIVE)  # actual, replacing; not D, what is added to the one before
#: 235, the customer's number of the part: the first of these that is told
BUYER_ITEM, SELLER_ITEM, ORDER = ("BP", "IN", "PN", "UP", "EN"), ("VP", "VN"), "PO"
SHIP_TO, CUSTOMERS, SUPPLIERS = ("ST",), ("BY", "MI", "BT"), ("SU", "SE", "VN")
OPEN_ZONE = "Enter the schedule by hand, or ask the customer to use A, C, D, H or J."
