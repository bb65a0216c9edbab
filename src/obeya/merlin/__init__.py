"""Merlin Electronics: an invented plant of two SMT lines, made from its specification.

Pure, as `obeya.kestrel`: a seed and a day in, rows of the workbook's sheets out.
"""

from obeya.merlin.plant import merlin

__all__ = ["merlin"]
