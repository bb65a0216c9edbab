"""Compiled search of large plain shops."""
