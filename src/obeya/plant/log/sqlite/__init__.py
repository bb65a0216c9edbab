"""Django's SQLite, with a shorter wait at the lock: `ENGINE` of `config.database`."""
