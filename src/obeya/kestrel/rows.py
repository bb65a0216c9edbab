"""A row of a sheet: column → value of the type that the import expects there."""

from typing import Any

Row = dict[str, Any]
