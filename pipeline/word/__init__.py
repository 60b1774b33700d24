"""Word files as bytes and XML: opened safely, read as a reader sees them, written the same for the same input.

Below the stages: all of them may use it, and it knows none of them.
"""

from pipeline.offered import offered

__all__ = [
    "CELL",
    "ID",
    "NAME",
    "NAMESPACES",
    "PARAGRAPH",
    "ROW",
    "RUN",
    "TABLE",
    "TEXT",
    "VAL",
    "W14",
    "Element",
    "Numbering",
    "Story",
    "Styles",
    "WordFile",
    "accessibility_problems",
    "baseline_from",
    "baseline_xml",
    "blocks",
    "cells",
    "is_date",
    "is_hidden",
    "make",
    "paragraphs",
    "put_baseline",
    "qn",
    "read_baseline",
    "read_parts",
    "read_styles",
    "rows",
    "seen",
    "story_names",
    "structure_problems",
    "style_of",
    "told_anew",
    "unseen_words",
]
__getattr__ = offered(
    __name__,
    {
        "accessibility": ["accessibility_problems"],
        "baseline_part": ["baseline_from", "baseline_xml", "put_baseline", "read_baseline"],
        "file": ["WordFile"],
        "hiding": ["is_hidden"],
        "old_baselines": ["told_anew"],
        "numbering": ["Numbering"],
        "package": ["read_parts"],
        "story": ["Story", "read_styles", "seen", "story_names"],
        "structure": ["is_date", "structure_problems"],
        "styles": ["Styles"],
        "unseen": ["unseen_words"],
        "xml": [
            *("CELL", "ID", "NAME", "NAMESPACES", "PARAGRAPH", "ROW", "RUN", "TABLE", "TEXT", "VAL", "W14", "Element"),
            *("blocks", "cells", "make", "paragraphs", "qn", "rows", "style_of"),
        ],
    },
)
