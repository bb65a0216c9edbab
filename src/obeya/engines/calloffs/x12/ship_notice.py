"""856, version 004010: the ship notice that goes ahead of the lorry."""

from obeya.engines.calloffs.despatch import Despatch, figure
from obeya.engines.calloffs.faults import Wrong

MARKS = "*~>"
LONGEST_ID = 15  # ISA06, ISA08


def write_856(despatch: Despatch) -> bytes:
    at = despatch.shipped_at
    control = f"{despatch.control % 1_000_000_000:09}"
    body = [
        ["ST", "856", "0001"],
        ["BSN", "00", despatch.document, f"{at:%Y%m%d}", f"{at:%H%M}"],
        ["DTM", "011", f"{at:%Y%m%d}", f"{at:%H%M}"],
        ["HL", "1", "", "S"],
        ["N1", "SU", "", "92", despatch.sender],
    ]
    if despatch.ship_to:
        body.append(["N1", "ST", "", "92", despatch.ship_to])
    if despatch.dock:
        body.append(["REF", "DK", despatch.dock])
    for number, line in enumerate(despatch.lines, start=2):
        body.append(["HL", f"{number}", "1", "I"])
        numbers = ["BP", line.item]
        numbers += ["VP", line.supplier_item] if line.supplier_item else []
        body.append(["LIN", "", *numbers])
        body.append(["SN1", "", figure(line.quantity), line.unit, figure(line.cumulative)])
        if line.order_code:
            body.append(["PRF", line.order_code])
    body.append(["CTT", f"{len(despatch.lines) + 1}"])
    body.append(["SE", f"{len(body) + 1}", "0001"])
    ids = [_id(despatch.sender), _id(despatch.recipient)]
    short = [despatch.sender, despatch.recipient]
    day, hour = f"{at:%y%m%d}", f"{at:%H%M}"
    none = ["00", " " * 10] * 2
    interchange = [
        ["ISA", *none, "ZZ", ids[0], "ZZ", ids[1], day, hour, "U", "00401", control, "0", "P", ">"],
        ["GS", "SH", *short, f"{at:%Y%m%d}", hour, f"{int(control)}", "X", "004010"],
        *body,
        ["GE", "1", f"{int(control)}"],
        ["IEA", "1", control],
    ]
    return "".join("*".join(_checked(each)) + "~\n" for each in interchange).encode("ascii")


def _id(text: str) -> str:
    if len(text) > LONGEST_ID:
        raise Wrong(f"“{text}” is longer than 15 letters, as X12 has room for", "Shorten the id.")
    return text.ljust(LONGEST_ID)


def _checked(elements: list[str]) -> list[str]:
    """X12 has no release character: a mark within a number cannot be sent."""
    for each in elements:
        if not each.isascii() or (each != ">" and any(mark in each for mark in MARKS)):
            raise Wrong(f"“{each}” cannot be sent in X12", f"Take {MARKS} and accents out of it.")
    return elements
