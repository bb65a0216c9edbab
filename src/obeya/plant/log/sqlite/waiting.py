"""How often whoever waits to write on SQLite looks for the lock."""

SHORTEST_S = 0.004
LONGEST_S = 0.02
SHARE = 1 / 50  # of the wait so far


def look_again_after(waited_s: float) -> float:
    """Seconds until the next look, of somebody who has waited so long."""
    return min(max(SHORTEST_S, waited_s * SHARE), LONGEST_S)
