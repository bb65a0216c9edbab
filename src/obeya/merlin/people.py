"""Sixty-two people by crew and skill."""

from collections.abc import Iterator

from obeya.kestrel.people import FIRST_NAMES, LAST_NAMES
from obeya.kestrel.rows import Row

HEADS = {  # skill: heads of the early, late and night crew
    "SMT": (6, 6, 0),
    "SOLDERING": (2, 2, 0),
    "TESTING": (4, 4, 2),
    "COATING": (1, 1, 0),
    "ASSEMBLY": (8, 7, 0),
    "PACKING": (2, 2, 0),
    "SETTER SMT": (1, 1, 0),
    "MAINTENANCE": (2, 1, 0),
    "QUALITY": (2, 1, 0),
    "LOGISTICS": (2, 1, 0),
    "SHIFT LEAD": (1, 1, 0),
    "PLANNING": (1, 0, 0),
    "BUYING": (1, 0, 0),
}
BESIDES = {"SETTER SMT": "SMT", "COATING": "SOLDERING", "SOLDERING": "COATING",
           "PACKING": "ASSEMBLY", "QUALITY": "TESTING", "SHIFT LEAD": "PACKING"}  # fmt: skip


def people() -> Iterator[Row]:
    """Rows of the sheet People: a row for each skill of a person."""
    number = 0
    for skill, heads in HEADS.items():
        for crew, count in zip(("EARLY", "LATE", "NIGHT"), heads, strict=True):
            for head in range(count):
                name = (
                    f"{FIRST_NAMES[(number * 3 + 5) % len(FIRST_NAMES)]} "
                    f"{LAST_NAMES[(number * 11 + 2) % len(LAST_NAMES)]}"
                )
                held = [skill, *([BESIDES[skill]] if skill in BESIDES else [])]
                for rank, each in enumerate(held):
                    yield {
                        "code": f"M-{number + 201}",
                        "name": name,
                        "skill": each,
                        "level": 4 if head == rank == 0 else 3,
                        "calendar": crew,
                    }
                number += 1
