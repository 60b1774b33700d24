"""The only room that parses workbooks and delimited text: `read` gives sheets of cells, each with what Excel shows."""

from pipeline.offered import offered
from pipeline.sheets.number_formats import BUILT_IN, HASHES, Shown, date_letters, fifteen_digits, shown, shows
from pipeline.sheets.workbook import (
    EXCEL_TEXT,
    Cell,
    Limits,
    Merge,
    Sheet,
    Visibility,
    Workbook,
    address,
    banner_rows,
    column_letters,
    column_number,
    covered,
    is_blank,
)

__all__ = [
    "BUILT_IN",
    "EXCEL_TEXT",
    "HASHES",
    "Cell",
    "Limits",
    "Merge",
    "Sheet",
    "Shown",
    "Visibility",
    "Workbook",
    "address",
    "banner_rows",
    "column_letters",
    "column_number",
    "covered",
    "date_letters",
    "fifteen_digits",
    "is_blank",
    "read",
    "shown",
    "shows",
]
__getattr__ = offered(__name__, {"reading": ["read"]})
