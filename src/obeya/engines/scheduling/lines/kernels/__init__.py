"""Compiled search of flow lines."""
