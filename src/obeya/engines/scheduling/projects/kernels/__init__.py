"""Compiled loops of the search on projects; see `njit`."""
