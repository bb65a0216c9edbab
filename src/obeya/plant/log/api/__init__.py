"""The REST door. A room's api.py says `endpoints = [RowsEndpoint(...), ListEndpoint(...)]`."""

from obeya.plant.log.api.endpoints import ListEndpoint, QuestionEndpoint, RowsEndpoint

__all__ = ["ListEndpoint", "QuestionEndpoint", "RowsEndpoint"]
