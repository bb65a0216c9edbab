"""DESADV D.96A: the despatch advice that goes ahead of the lorry."""

from obeya.engines.calloffs.despatch import Despatch, figure
from obeya.engines.calloffs.faults import Wrong

CHARSET = "iso8859-1"  # UNOC
Parts = list[str | list[str]]  # a segment: its tag, then elements of one or more components


def write_desadv(despatch: Despatch) -> bytes:
    at = despatch.shipped_at
    reference = f"{despatch.control:014}"
    body: list[Parts] = [
        ["UNH", "1", ["DESADV", "D", "96A", "UN"]],
        ["BGM", "351", despatch.document, "9"],
        ["DTM", ["137", f"{at:%Y%m%d%H%M}", "203"]],
        ["DTM", ["11", f"{at:%Y%m%d%H%M}", "203"]],
        ["NAD", "BY", [despatch.recipient, "", "92"]],
        ["NAD", "SE", [despatch.sender, "", "92"]],
    ]
    if despatch.ship_to:
        body.append(["NAD", "ST", [despatch.ship_to, "", "92"]])
    elif despatch.dock:
        body.append(["NAD", "ST"])
    if despatch.dock:
        body.append(["LOC", "11", [despatch.dock, "", "92"]])
    body.append(["CPS", "1"])
    for number, line in enumerate(despatch.lines, start=1):
        body.append(["LIN", f"{number}", "", [line.item, "IN"]])
        if line.supplier_item:
            body.append(["PIA", "1", [line.supplier_item, "SA"]])
        body.append(["QTY", ["12", figure(line.quantity), line.unit]])
        body.append(["QTY", ["3", figure(line.cumulative), line.unit]])
        if line.order_code:
            body.append(["RFF", ["ON", line.order_code]])
    body.append(["UNT", f"{len(body) + 1}", "1"])
    interchange: list[Parts] = [
        [
            "UNB",
            ["UNOC", "3"],
            despatch.sender,
            despatch.recipient,
            [f"{at:%y%m%d}", f"{at:%H%M}"],
            reference,
        ],
        *body,
        ["UNZ", "1", reference],
    ]
    text = "UNA:+.? '\r\n" + "".join(_segment(each) + "'\r\n" for each in interchange)
    try:
        return text.encode(CHARSET)
    except UnicodeEncodeError as error:
        letter = text[error.start]
        raise Wrong(f"“{letter}” cannot be sent in UNOC", "Take it out of the number.") from None


def _segment(elements: Parts) -> str:
    parts = []
    for each in elements:
        components = [_released(part) for part in ([each] if isinstance(each, str) else each)]
        while len(components) > 1 and not components[-1]:
            components.pop()
        parts.append(":".join(components))
    return "+".join(parts)


def _released(text: str) -> str:
    return "".join(f"?{letter}" if letter in "?+:'" else letter for letter in text)
