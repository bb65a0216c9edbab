"""Shadow mode: an ERP goes on beside us, and every night the two are reconciled."""
