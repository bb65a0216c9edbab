"""The code lists of DELFOR and DELJIT, as far as they are read; the numbers are the elements'."""

from obeya.engines.calloffs.neutral import Zone

TYPES = ("DELFOR", "DELJIT")
#: 4017, delivery plan commitment level
ZONES = {
    "1": Zone.FIRM,
    "5": Zone.FIRM,  # short delivered before: wanted still
    "10": Zone.FIRM,  # immediate
    "15": Zone.FIRM,  # first time reported firm
    "2": Zone.RELEASE,  # may be made
    "3": Zone.RELEASE,  # material may be bought
    "4": Zone.FORECAST,
    "12": Zone.FORECAST,
}
#: 6063, quantities of a schedule; the last two are wanted at once
WANTED = ("1", "113", "21", "83", "84")
AT_ONCE = ("83", "84")  # back order, urgent
RECEIVED, DESPATCHED, CUMULATIVE_RECEIVED = "48", "12", "70"
#: 2005, dates of a schedule
DUE = ("2", "10", "17", "67", "69", "76", "200")
FROM, TO = ("64", "71", "194", "234"), ("63", "74", "206", "235")
ISSUED, RECEIPT, COUNTED_FROM = "137", "50", "51"
PLACES = ("ST", "DP", "CN")  # where two are named, the first of these is where it goes
DOCK, PLACE = "11", "7"  # 3227, of discharge and of delivery
CUSTOMERS, SUPPLIERS = ("BY", "MI", "OY"), ("SE", "SU")
NOTES = ("AAK", "AAU", "DQ", "SI", "AAS")  # numbers of a delivery note
#: 7143, numbers of a part: the customer's, ours, and those of trade where neither is said
THEIRS, OURS, OF_TRADE = ("IN", "BP"), ("SA", "VP", "VN"), ("EN", "SRV", "UP")
KINDS = "Ask the customer for discrete quantities: 1 or 113, 83 and 84 for what is wanted at once."
CANCELLATION = "1"
#: 1225, of a message that tells what holds: change, replace, duplicate, original, reissue,
#: instruction and forecast, retransmission, complete schedule
WHOLE_SAID = ("", "4", "5", "7", "9", "18", "26", "35", "61")
SHORT_TERM = "24"  # delivery instructions alone: what was planned after their days stays
#: 1229, of a part that is told: added, changed, accepted, schedule, not amended, call-off,
#: replaced, new, and a change of date or quantity
PART_SAID = ("", "1", "3", "5", "8", "11", "22", "38", "39", "111", "112")
#: 1229 of a sequence that is no call: deleted, no delivery, cancelled (since D.00A; before, 1245)
TAKEN_BACK = ("2", "21", "37")
#: 6063, quantities that stand beside those that are wanted, and may have the same dates
CUMULATIVE = ("3", "78")
BESIDE = (*CUMULATIVE, "11", "12", "52", "53", "54", "71", "74", "79", "194")
OPEN_ZONE = "Enter the schedule by hand, or ask the customer to use 1, 2, 3, 4, 5, 10, 12 or 15."
