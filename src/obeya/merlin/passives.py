"""Resistors and ceramic capacitors, the most used first."""

from collections.abc import Iterator

E12 = (10, 47, 22, 33, 15, 68, 12, 56, 27, 18, 39, 82)  # in the order in which people take them
E6 = (10, 47, 22, 33, 15, 68)
LARGEST = (10, 22)  # of the microfarads in such small cases
OHMS = tuple(e * 10**power for power in (3, 2, 1, 0, 4) for e in E12)
PICOFARADS = tuple(
    e * 10**power
    for power, series in ((4, E6), (5, E6), (1, E12), (3, E6), (6, LARGEST), (0, E12), (2, E6))
    for e in series
)
MICROFARAD = 10**6  # in pF
NANOFARAD = 10**3


def passives(count: int) -> list[tuple[str, str]]:
    """Code and name of each; three resistors for two capacitors."""
    resistors, capacitors = _resistors(), _capacitors()
    return [next(resistors if place % 5 in (0, 2, 4) else capacitors) for place in range(count)]


def _resistors() -> Iterator[tuple[str, str]]:
    for grade, tolerance in (("A", "1 %"), ("B", "0.1 %")):
        for place, ohms in enumerate(OHMS):
            size = "0603" if place % 5 == 4 else "0402"
            code = f"R{size}-{_short(ohms, 'RKM')}-{grade}"
            yield code, f"Resistor {size} {_shown(ohms, ('Ω', 'kΩ', 'MΩ'))} {tolerance}"


def _capacitors() -> Iterator[tuple[str, str]]:
    for grade, second in (("A", 0), ("B", 1)):
        for picofarads in PICOFARADS:
            size, rated = _case(picofarads)
            code = f"C{size}-{_short(picofarads, 'PNU')}-{grade}"
            yield code, f"Capacitor {size} {_shown(picofarads, ('pF', 'nF', 'µF'))} {rated[second]}"


def _case(picofarads: int) -> tuple[str, tuple[str, str]]:
    """Size, and the usual and the higher rating, of what such a value is made of."""
    if picofarads < NANOFARAD:
        return "0402", ("50 V C0G", "100 V C0G")
    if picofarads < MICROFARAD:
        return "0402", ("16 V X7R", "50 V X7R")
    if picofarads < 10 * MICROFARAD:
        return "0603", ("10 V X5R", "25 V X5R")
    return "0805", ("10 V X5R", "25 V X5R")


def _shown(value: int, units: tuple[str, ...]) -> str:
    """As people say it: 4.7 kΩ."""
    power = (len(str(value)) - 1) // 3
    return f"{value / 1_000**power:g} {units[power]}"


def _short(value: int, units: str) -> str:
    """As people type it: 4.7K."""
    return _shown(value, tuple(units)).replace(" ", "")
