"""The REST door. A room's api.py says `endpoints = [RowsEndpoint(...), ListEndpoint(...)]`."""

from obeya.plant.log.api.endpoints import ListEndpoint, RowsEndpoint

__all__ = ["ListEndpoint", "RowsEndpoint"]
