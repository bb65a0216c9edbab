"""Texts of published benchmarks, read into problems."""
