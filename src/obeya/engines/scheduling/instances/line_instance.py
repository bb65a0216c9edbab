"""Lines without passing, and lines with several machines at a stage."""

from dataclasses import dataclass
from ..lines.flow_line import FlowLine
from ..lines.hybrid_line import HybridLine


@dataclass(frozen=True, eq=False)
class LineInstance:
    problem: str
    line: FlowLine


@dataclass(frozen=True, eq=False)
class HybridInstance:
    line: HybridLine
