"""Which reader and which engine a text goes to."""

import re
from collections.abc import Callable

from ..formats import lines, ops, plain, projects, rows
from ..formats.layout import Layout, UnknownLayout, layout_of, number_lines
from ..lines.flow_line import Aim
from .instance import Instance
from .line_instance import HybridInstance, LineInstance
from .plain_instance import PlainInstance
from .print_instance import PrintInstance
from .project_instance import ProjectInstance


def read_instance(text: str, *, hint: str = "") -> Instance:
    """Read the text of a published instance.

    Parameters
    ----------
    hint
        Words about it, such as its folders: some problems share one layout (a flow shop with and
        without waits), and only words tell them apart.

    Raises
    ------
    ValueError
        If the text has none of the layouts that are read, or contradicts its own.
    """
    text = text.removeprefix("\ufeff")  # Windows marks the first byte
    layout = None
    try:
        layout = layout_of(text)
        if layout not in {Layout.OPS, Layout.PSPLIB, Layout.MPLIB}:
            text = _without_headings(text)
        return _READERS[layout](text, hint.lower())
    except UnknownLayout:
        raise
    except _MALFORMED as offence:
        taken_for = f"begins like {layout.value}" if layout else "has numbers"
        what = f"{offence}" or type(offence).__name__
        raise ValueError(f"The text {taken_for}, and does not go on like it: {what}") from offence


_MALFORMED = (
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    StopIteration,
    RecursionError,
)


def _without_headings(text: str) -> str:
    lines = number_lines(text)
    return text if len(lines) == len(text.splitlines()) else "\n".join(lines)


NO_WAIT = re.compile(
    r"(no|zero).?wait|(?<![a-z])nw(?![a-z])|nw.?(pfs|fs|flow)|(pfsp?|fsp?).?nw(?![a-z])"
)
COMPLETION = re.compile(r"tct|completion|flow.?time")
PERMUTATION = re.compile(r"pfsp|permutation")
READ_AS_NO_WAIT = (
    "durations alone, and no word in the path says whether jobs may wait between stages: read as"
    " NW-PFSP, no job waits; name the folder or the file pfsp, tct-pfsp or nw-pfsp"
)


def _line(text: str, hint: str) -> LineInstance:
    """Durations alone: words decide; without any no job waits, as in the benchmark's one folder."""
    waits = not NO_WAIT.search(hint)
    if COMPLETION.search(hint):
        line = lines.read_permutation_line(text, aim=Aim.TOTAL_COMPLETION, no_wait=not waits)
        return LineInstance("TCT-PFSP" if waits else "TCT-NW-PFSP", line)
    if PERMUTATION.search(hint) and waits:
        return LineInstance("PFSP", lines.read_permutation_line(text))
    line = lines.read_permutation_line(text, no_wait=True)
    return LineInstance("NW-PFSP", line, READ_AS_NO_WAIT if waits else "")


_READERS: dict[Layout, Callable[[str, str], Instance]] = {
    Layout.JSP: lambda text, _: PlainInstance("JSP", plain.read_jsp(text)),
    Layout.JSP_BLOCKS: lambda text, _: PlainInstance("JSP", rows.read_jsp_blocks(text)),
    Layout.FJS: lambda text, _: PlainInstance("FJSP", plain.read_fjs(text)),
    Layout.FJS_SETUPS: lambda text, _: PlainInstance("FJSP-SDST", plain.read_fjs(text)),
    Layout.FJS_ROWS: lambda text, _: PlainInstance("FJSP", rows.read_fjs_rows(text)),
    Layout.HYBRID: lambda text, _: HybridInstance(
        lines.read_hybrid_line(text).without_spare_machines()
    ),
    Layout.LINE: _line,
    Layout.LINE_SETUPS: lambda text, _: LineInstance("SDST-PFSP", lines.read_setup_line(text)),
    Layout.LINE_DUES: lambda text, _: LineInstance("TT-PFSP", lines.read_tardiness_line(text)),
    Layout.OPS: lambda text, _: PrintInstance(ops.read_print_shop(text)),
    Layout.PATTERSON: lambda text, _: ProjectInstance("RCPSP", projects.read_patterson(text)),
    Layout.PSPLIB: lambda text, _: ProjectInstance("MMRCPSP", projects.read_psplib(text)),
    Layout.MPLIB: lambda text, _: ProjectInstance("RCMPSP", projects.read_mplib(text)),
    Layout.FAJSP: lambda text, _: PlainInstance("FAJSP", plain.read_fajsp(text)),
}
