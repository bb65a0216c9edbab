"""ANSI ASC X12: interchanges and their transaction sets."""
