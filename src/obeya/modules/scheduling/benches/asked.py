"""Options with which nothing could be measured are refused before the first minute is spent."""

from argparse import Namespace

from obeya.plant.log.refusal import Refusal

LONGEST_S = 1_000_000  # eleven days; nobody can wait for a process above 24
LEAST = {"workers": 1, "seed": 0, "work": 0, "every": 1, "seeds": 1, "sizes": 1}


def refuse_unfit(options: Namespace) -> None:
    """Refuse figures out of range, and a table of bounds that is not there.

    Raises
    ------
    Refusal
        With the option, its value and what was expected.
    """
    asked = vars(options)
    if not 0 < asked.get("seconds", 1) <= LONGEST_S:
        raise Refusal(
            f"--seconds is {options.seconds:g}. Expected more than 0, and {LONGEST_S} or less."
        )
    for name, least in LEAST.items():
        given = asked.get(name, least)
        for value in given if isinstance(given, list) else [given]:
            if value < least:
                raise Refusal(f"--{name} is {value}. Expected {least} or more.")
    table = asked.get("bounds")
    if table is not None and not table.is_file():
        raise Refusal(f"--bounds {table}: no such file. Expected a table of best known values.")
