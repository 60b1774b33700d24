"""Stage 1: workbooks, exports and Word comments become records that know their cell."""

from pipeline.read.columns import columns_for, columns_of, exempt_headings, own_columns, reader_for
from pipeline.read.dates import parse_date
from pipeline.read.gate import Source, open_source
from pipeline.read.headings import Headings, heading_key
from pipeline.read.inputs import Files, Inputs, KindRead, read_inputs, read_kind, read_wording
from pipeline.read.lookup import labelled_value, sheet_named
from pipeline.read.tables import Table, TableRow, read_table
from pipeline.read.values import Reading

__all__ = [
    "Files",
    "Headings",
    "Inputs",
    "KindRead",
    "Reading",
    "Source",
    "Table",
    "TableRow",
    "columns_for",
    "columns_of",
    "exempt_headings",
    "heading_key",
    "labelled_value",
    "open_source",
    "own_columns",
    "parse_date",
    "read_inputs",
    "read_kind",
    "read_table",
    "read_wording",
    "reader_for",
    "sheet_named",
]
