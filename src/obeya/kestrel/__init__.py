"""Kestrel Automotive Parts: an invented plant, made from the tables of its specification.

Pure: a seed and a day in, rows of the workbook's sheets out. It knows neither Django nor the
rooms; the sheets are dictionaries of the columns that a person would fill.
"""

from obeya.kestrel.crisis import in_crisis
from obeya.kestrel.plant import SIZES, Plant, kestrel

__all__ = ["SIZES", "Plant", "in_crisis", "kestrel"]
