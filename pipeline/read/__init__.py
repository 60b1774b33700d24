"""Stage 1: workbooks, exports and Word comments become records that know their cell."""

from pipeline.offered import offered
from pipeline.read.copies import OF_THE_DISK, is_copy_of, newer_copies, unnamed
from pipeline.read.dates import Unreadable, Written, parse_date
from pipeline.read.files import Files, Source, open_source
from pipeline.read.inputs import Inputs, KindRead, read_inputs, read_kind, read_wording, records_of
from pipeline.read.lookup import Lookup, labelled_value, sheet_named
from pipeline.read.marks import Sense, marks_itself, said, sense_of
from pipeline.read.table import Headings, Table, TableRow, columns_for, columns_of, heading_key, own_columns
from pipeline.read.tables import read_table, reader_for
from pipeline.read.values import Reading
from pipeline.read.withholding import QUOTED, Body, Mark, withheld_rows

__all__ = [
    "OF_THE_DISK",
    "QUOTED",
    "Body",
    "Files",
    "Headings",
    "Inputs",
    "KindRead",
    "Lookup",
    "Mark",
    "Reading",
    "Sense",
    "SheetProfile",
    "Source",
    "Table",
    "TableRow",
    "Unreadable",
    "Written",
    "cleared_text",
    "columns_for",
    "columns_of",
    "heading_key",
    "is_copy_of",
    "labelled_value",
    "marks_itself",
    "newer_copies",
    "open_source",
    "own_columns",
    "parse_date",
    "profile_of",
    "read_comment",
    "read_inputs",
    "read_kind",
    "read_table",
    "read_wording",
    "reader_for",
    "records_of",
    "said",
    "sense_of",
    "sheet_named",
    "sort_of",
    "summary",
    "text_hash",
    "unnamed",
    "withheld_rows",
]
__getattr__ = offered(
    __name__,
    {
        "profile": ["SheetProfile", "profile_of"],
        "column_summary": ["sort_of", "summary"],
        "comments": ["cleared_text", "read_comment", "text_hash"],
    },
)
