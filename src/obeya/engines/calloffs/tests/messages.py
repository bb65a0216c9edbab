"""Messages written from the published tables of segments, independently of the readers."""

from collections.abc import Iterable, Sequence

Delfor = Sequence[str]
H = "UNB+UNOC:3+4012345000009+4098765000004+261124:0655+77"


def edifact(*body: str, kind: str = "DELFOR:D:96A:UN", head: str = H) -> bytes:
    """ISO 9735: UNB, UNH … UNT, UNZ; UNT counts its message's segments, UNH and UNT included."""
    inside = [f"UNH+1+{kind}", *body, f"UNT+{len(body) + 2}+1"]
    return ("".join(f"{each}'" for each in [head, *inside, "UNZ+1+77"])).encode("latin-1")


DELFOR_HEAD = ("BGM+241+CO-0817+5", "DTM+137:20261124:102", "NAD+BY+CUST-A::92", "NAD+SE+S-1::92")


def delfor_line(
    item: str,
    slots: Iterable[tuple[str, str, int]],
    *,
    received: int | None = None,
    note: str = "",
    place: str = "P-7",
) -> list[str]:
    """Slots are (4017 level, CCYYMMDD, pieces)."""
    lines = [f"LIN+1++{item}:IN", f"NAD+ST+{place}::92", "RFF+ON:PO-9"]
    if received is not None:
        lines += [f"QTY+70:{received}:PCE", "DTM+51:20260101:102"]
    if note:
        lines += ["QTY+48:100:PCE", "DTM+50:20261123:102", f"RFF+AAK:{note}"]
    for level, day, pieces in slots:
        lines += [f"SCC+{level}++D", f"QTY+113:{pieces}:PCE", f"DTM+2:{day}:102"]
    return lines


def x12(*body: str, kind: str = "830") -> bytes:
    """X12.5, X12.6: ISA of 106 letters, groups, sets; SE counts ST and SE too."""
    isa = "*".join(
        [
            "ISA",
            "00",
            " " * 10,
            "00",
            " " * 10,
            "ZZ",
            "CUSTB".ljust(15),
            "ZZ",
            "OBEYA".ljust(15),
            "261124",
            "0655",
            "U",
            "00401",
            "000000077",
            "0",
            "P",
            ">",
        ]
    )
    inside = [f"ST*{kind}*0001", *body, f"SE*{len(body) + 2}*0001"]
    group = ["GS*PS*CUSTB*OBEYA*20261124*0655*7*X*004010", *inside, "GE*1*7"]
    return "".join(f"{each}~" for each in [isa, *group, "IEA*1*000000077"]).encode()


def vda(*records: str) -> bytes:
    """VDA 4905: records of 128 letters; 519 counts each kind, itself included."""
    head = f"51102{'CUSTC':9}{'SUPPLIER1':9}{'00816':5}{'00817':5}{'261124':6}{'260101':6}"
    kinds = ["511", *(each[:3] for each in records), "519"]
    order = ("511", "512", "513", "514", "517", "518", "519", "515")
    tail = "51902" + "".join(f"{kinds.count(kind):07}" for kind in order)
    return "".join(f"{each:<128}\r\n" for each in [head, *records, tail]).encode("latin-1")


def vda_512(item: str, *, plant: str = "007", unit: str = "ST") -> str:
    return (
        f"51202{plant:3}{'000000817':9}{'261124':6}{'000000816':9}{'261117':6}"
        f"{item:22}{'':22}{'PO-9':12}{'D3':5}{'':4}{unit:2}"
    )


def vda_513(*pairs: tuple[str, int], received: int = 9760, note: str = "4711") -> str:
    slots = "".join(f"{day:6}{pieces:09}" for day, pieces in pairs)
    return f"51301{'261123':6}{note:>08}{'261123':6}{100000:012}{received:010}{slots}"


def vda_514(*pairs: tuple[str, int]) -> str:
    return "51401" + "".join(f"{day:6}{pieces:09}" for day, pieces in pairs)
