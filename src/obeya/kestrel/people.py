"""Ninety people: their crews, their skills, and what they can do besides."""

from collections.abc import Iterator
from datetime import date, timedelta

from obeya.kestrel.rows import Row

EARLY, LATE, NIGHT = "EARLY", "LATE", "NIGHT"
OPERATORS = {  # skill: heads of the early, late and night crew; 27 + 22 + 12 = 61
    "ASSEMBLY": (13, 11, 0),
    "TESTING": (2, 2, 0),
    "PRESSING": (2, 2, 0),
    "WELDING": (2, 1, 0),
    "PLATING": (1, 1, 0),
    "GEAR CUTTING": (1, 1, 0),
    "TURNING": (3, 1, 4),
    "MILLING": (2, 1, 4),
    "GRINDING": (1, 1, 3),
    "HEAT TREATMENT": (0, 1, 1),
}
OTHERS = {  # job: heads by crew, and what they hold besides their job
    "SETTER TURNING": ((1, 1, 1), ("TURNING",)),
    "SETTER MILLING": ((1, 1, 1), ("MILLING",)),
    "SETTER GRINDING": ((1, 0, 0), ("GRINDING", "GEAR CUTTING")),
    "SETTER PRESSING": ((0, 1, 0), ("PRESSING", "PRESS SETTING")),
    "MAINTENANCE": ((3, 1, 1), ()),
    "QUALITY": ((2, 1, 1), ()),
    "LOGISTICS": ((3, 2, 0), ("FORKLIFT",)),
    "SHIFT LEAD": ((1, 1, 1), ("FIRST AID",)),
    "PLANNING": ((1, 0, 0), ()),
    "BUYING": ((1, 0, 0), ()),
    "SAFETY": ((1, 0, 0), ("FIRST AID",)),
    "MANAGEMENT": ((1, 0, 0), ()),
}
BESIDES = {  # second skill at level 3: so many of the operators of the first skill
    "TURNING": [("ASSEMBLY", 2), ("GRINDING", 1)],
    "MILLING": [("TURNING", 3)],
    "GRINDING": [("ASSEMBLY", 2), ("GEAR CUTTING", 1)],
    "GEAR CUTTING": [("GRINDING", 1)],
    "CMM": [("QUALITY", 3)],
    "WELDING": [("ASSEMBLY", 3)],
    "PRESSING": [("WELDING", 3)],
    "HEAT TREATMENT": [("TURNING", 2)],
    "PLATING": [("HEAT TREATMENT", 1)],
    "TESTING": [("ASSEMBLY", 2)],
    "WASHING": [("PLATING", 2), ("HEAT TREATMENT", 2)],
    "PRESS SETTING": [("PRESSING", 4)],
    "FORKLIFT": [("ASSEMBLY", 8), ("PRESSING", 3), ("TURNING", 3), ("MILLING", 3)],
    "FIRST AID": [("ASSEMBLY", 5), ("TURNING", 2), ("MILLING", 1)],
}
CERTIFICATE_DAYS = {"WELDING": (730, 1_095)}  # 24 and 36 months, in turn
FIRST_NAMES = ("Ana", "Bram", "Chiara", "Dario", "Elif", "Farid", "Grete", "Hugo", "Inés", "Jan",
               "Katrin", "Luca", "Mira", "Nils", "Olga", "Pedro", "Quinn", "Rosa", "Stefan",
               "Tamar", "Ulla", "Viktor", "Wen", "Xenia", "Yusuf", "Zoe", "Aylin", "Boris",
               "Clara")  # fmt: skip
LAST_NAMES = ("Petrova", "de Wit", "Conti", "Novak", "Kaya", "Haddad", "Lund", "Martin", "Ortega",
              "Kowalski", "Vogel", "Moretti", "Hansen", "Berg", "Sidorova", "Alves", "Murphy",
              "Jiménez", "Kraus", "Levi", "Nyman", "Horvat", "Li", "Popa", "Demir", "Dubois",
              "Şahin", "Ivanov", "Weiss", "Orlov", "Okonkwo-Brandstätter")  # fmt: skip


def people(today: date, copies: int) -> Iterator[Row]:
    """Rows of the sheet People: a row for each skill of a person."""
    staff = list(_staff()) * copies
    spare = _besides(staff, copies)
    issued = 0
    for place, (crew, held) in enumerate(staff):
        name = f"{FIRST_NAMES[place % len(FIRST_NAMES)]} {LAST_NAMES[place * 7 % len(LAST_NAMES)]}"
        skills = [*held, *(skill for skill in spare[place] if skill not in held)]
        for rank, skill in enumerate(skills):
            until = None
            if days := CERTIFICATE_DAYS.get(skill):
                until = today + timedelta(days=days[issued % 2] - 120 * (issued % 5))
                issued += 1
            teaches = rank == 0 and (skill.startswith("SETTER") or place % 6 == 0)
            yield {
                "code": f"P-{place + 101}",
                "name": name,
                "skill": skill,
                "level": 4 if teaches else 3,
                "valid_until": until,
                "calendar": crew,
            }


def _staff() -> Iterator[tuple[str, tuple[str, ...]]]:
    for skill, heads in OPERATORS.items():
        for crew, count in zip((EARLY, LATE, NIGHT), heads, strict=True):
            yield from [(crew, (skill,))] * count
    for job, (heads, held) in OTHERS.items():
        for crew, count in zip((EARLY, LATE, NIGHT), heads, strict=True):
            yield from [(crew, (job, *held))] * count


def _besides(staff: list[tuple[str, tuple[str, ...]]], copies: int) -> dict[int, list[str]]:
    """Who holds which second skills: the last ones of each first skill."""
    found: dict[int, list[str]] = {place: [] for place in range(len(staff))}
    for second, sources in BESIDES.items():
        for first, count in sources:
            holders = [p for p, (_, held) in enumerate(staff) if held == (first,)]
            for place in holders[: -count * copies - 1 : -1]:
                found[place].append(second)
    return found
