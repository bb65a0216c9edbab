"""Compiled search of plain shops."""
