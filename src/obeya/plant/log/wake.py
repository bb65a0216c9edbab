"""A hint to other processes that something was committed; never relied on, they also look by time.

PostgreSQL: NOTIFY, after commit (inside the transaction it serialises all commits).
SQLite: nothing to send; the others see PRAGMA data_version change.
"""

from django.db import connection

CHANNEL = "obeya_log"


def others() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
