"""What a process that serves loads before anybody asks for a workbook, or sends one."""


def warm_up() -> None:
    """openpyxl takes longer to load than a small workbook takes to write."""
    from obeya.modules.exchange.writing import book, pasted  # noqa: F401, PLC0415 - only loaded
    from obeya.ui.lists import export  # noqa: F401, PLC0415
