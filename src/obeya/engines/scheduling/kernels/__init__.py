"""Compiled loops over packed arrays. Only the files next to this package call them."""
