"""Event-driven XML without document types: what a workbook needs, and no door for entity tricks.

Speed matters (a plant has a million cells), so handlers sit directly on expat. A document type
declaration is the only way to declare an entity, so refusing it refuses "billion laughs",
external entities and parameter entities alike, as defusedxml does.
"""

from collections.abc import Callable
from xml.parsers import expat

from obeya.modules.exchange.refusals import FileRefused

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def local(name: str) -> str:
    """Strip namespace and prefix: ``{…main}row``, ``x:row`` and ``row`` are one word."""
    return name.rpartition("|")[2]


def parse(content: bytes, part: str, *, start: Start, end: End, text: Text) -> None:
    """Send the document's events to the three handlers; tags come as ``namespace|name``.

    Raises
    ------
    FileRefused
        Not well formed, or with a document type declaration.
    """

    def refuse_doctype(*_: object) -> None:
        raise FileRefused(
            f"The file's part {part!r} declares XML entities, which no spreadsheet program "
            "writes. It was not opened. Save the workbook again as .xlsx."
        )

    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, UnicodeError, ValueError, LookupError) as error:
        raise FileRefused(
            f"The file is damaged: its part {part!r} is not readable XML. "
            "Open it in Excel, save it again as .xlsx and send that."
        ) from error
