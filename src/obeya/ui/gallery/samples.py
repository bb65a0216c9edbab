"""Invented things for the gallery, with the edge cases that break layouts."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from obeya.ui.shell import AccountMenu, Entry, Place, Shell, SiteChoice

LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "
    "cover plate, left, anodised, with gasket and four captive screws"
)
NOW = datetime(2026, 11, 23, 5, 50, tzinfo=UTC)

PLACES = ["Today", "Plan", "Floor", "Stock", "Quality", "Assets", "People", "Improve"]
PAGES = [
    ("Parts", "/ui/gallery/"),
    ("List", "/ui/gallery/list/"),
    ("Board", "/ui/gallery/board/"),
    ("Forms", "/ui/gallery/forms/"),
    ("Terminal", "/ui/gallery/terminal/"),
    ("Empty", "/ui/gallery/empty/"),
]


def navigation(path: str) -> list[Place]:
    pages = [Entry(title, url, url == path) for title, url in PAGES]
    return [Place(name.lower(), name, pages, is_current=name == "Plan") for name in PLACES]


def shell() -> Shell:
    return Shell(
        sites=[
            SiteChoice("KES", "Kessel works", "/ui/gallery/", is_current=True),
            SiteChoice("NOR", LONG, "/ui/gallery/"),
        ],
        account=AccountMenu(
            "Ann de Vries", "Production manager", "/ui/gallery/", "/ui/gallery/", "/ui/gallery/"
        ),
        palette_url="/ui/gallery/palette.json",
        inbox_url="/ui/gallery/empty/",
        inbox_count=3,
        help_url="/ui/gallery/",
        languages=[("en", "English"), ("de", "Deutsch"), ("ar", "العربية")],
    )


STATS = [
    {"label": "Made today", "value": "4,812", "unit": "pcs", "target": "5,000", "trend": "up"},
    {"label": "Late orders", "value": 7, "note": "2 more than yesterday", "tone": "danger"},
    {"label": "Machines running", "value": "9", "unit": "of 12", "trend": "flat"},
    {"label": "Setup", "value": "6.4", "unit": "h", "target": "5.0", "tone": "warning"},
    {"label": "Scrap", "value": "0.8", "unit": "%", "target": "1.0", "trend": "down"},
    {"label": "Overall equipment effectiveness of the bottleneck", "value": "1,234,567.89"},
]
JOBS = [
    ("J-10482", "Housing, die cast", "PRESS-4", "Running", "active", Decimal(1200), "", 0),
    ("J-10483", LONG, "MILL-2", "Late 2 d", "danger", Decimal("48.5"), "danger", 2),
    (
        "J-10490",
        "Shaft 12 mm",
        "LATHE-1",
        "Waiting for material",
        "warning",
        Decimal(300),
        "warning",
        0,
    ),
    ("J-10491", "Cover", "PACK-1", "Ready", "neutral", Decimal(96000), "", 0),
    ("J-10495", "Bracket", "PRESS-4", "Completed", "good", Decimal("0.000125"), "", 0),
]
TIMELINE = [
    {
        "at": NOW,
        "title": "PRESS-4 went down",
        "by": "Terminal 4",
        "icon": "octagon-alert",
        "tone": "danger",
        "text": "Hydraulic pressure lost. Repair job J-20007 was raised.",
    },
    {
        "at": NOW - timedelta(hours=2),
        "title": "Operation moved",
        "by": "Ann de Vries",
        "icon": "move",
        "text": LONG,
    },
    {"at": NOW - timedelta(days=3), "title": "Plan published", "by": "system"},
]
BOM = [
    {
        "title": "PUMP-200 Pump, complete",
        "url": "#",
        "note": "1 pcs",
        "is_open": True,
        "children": [
            {
                "title": "HOUSING-7 Housing",
                "url": "#",
                "note": "1 pcs",
                "is_open": True,
                "children": [
                    {"title": "AL-INGOT Aluminium ingot", "note": "2.4 kg"},
                    {"title": "GASKET-3 Gasket", "note": "2 pcs"},
                ],
            },
            {"title": LONG, "url": "#", "note": "12 pcs"},
            {"title": "SCREW-M6 Screw", "note": "8 pcs"},
        ],
    },
]
FACTS = [
    ("Material", "HOUSING-7"),
    ("Customer", LONG),
    ("Due", "27 Nov 2026, 14:00"),
    ("Quantity", "1,200 pcs"),
    ("Note", ""),
]
