"""Stage 2: records, wording and dates become the context of a paper. No files, no Excel, no Word, no clock."""

from pipeline.transform.context import APPENDICES, BACKGROUND_PAPERS, Transformed, transform
from pipeline.transform.sections import row_of
from pipeline.transform.terms import CALENDAR_FIELDS, vocabulary

__all__ = [
    "APPENDICES",
    "BACKGROUND_PAPERS",
    "CALENDAR_FIELDS",
    "Transformed",
    "row_of",
    "transform",
    "vocabulary",
]
