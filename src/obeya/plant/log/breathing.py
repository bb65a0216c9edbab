"""Long work in parts leaves room between them, so that whoever waits to write comes first."""

import time

from django.db import connection

# How long SQLite lets a writer sleep before it looks again for the lock (sqlite3's busy handler):
# 25 ms after 53 ms of waiting, 50 ms after 128, 100 ms from 228 on. A shorter pause may lie wholly
# within such a sleep, and whoever waits would miss it.
_LOOKS = ((0.053, 0.025), (0.128, 0.035), (0.228, 0.06))
_LONGEST_LOOK_S = 0.11


def let_others_write(held_s: float) -> None:
    """After a transaction that others may have waited for: ``held_s`` it was open.

    PostgreSQL keeps writers of different rows apart by itself.
    """
    if connection.vendor == "sqlite":
        time.sleep(pause_after(held_s))


def pause_after(held_s: float) -> float:
    return next((pause for held, pause in _LOOKS if held_s <= held), _LONGEST_LOOK_S)
