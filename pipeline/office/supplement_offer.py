"""What a report offers the template of its supplements: fields of the header, what is replaced, why an item is late."""

from __future__ import annotations

from functools import lru_cache

from pipeline.language import Kind, Type, Vocabulary
from pipeline.publish.late import LATE_REASONS
from pipeline.publish.supplement import REPLACEMENTS
from pipeline.render.names import Offer, Section
from pipeline.report import Report
from pipeline.transform import CALENDAR_FIELDS

SUPPLEMENT = "supplement.docx"
REPLACED = ("number", "kind", "where", "old", "new", "status", "sources")
"""What a supplement's template may print of each block that it replaces."""


@lru_cache(maxsize=64)
def supplement_words(fields: tuple[str, ...]) -> Vocabulary:
    """What a supplement's template may name besides its sections: the header's fields, and what is replaced."""
    text = Type("text")
    given = {f"={name}": text for name in fields} | {REPLACEMENTS: Type("replacement", many=True)}
    return Vocabulary(
        kinds={"replacement": Kind(fields=dict.fromkeys(REPLACED, text))},
        rules={},
        lists={REPLACEMENTS: None},
        given=given,
        public={name: f"={name}" for name in fields},
        behind={},
    )


def supplement_offer(report: Report) -> Offer:
    """What a report offers its template for supplements, the reasons of a late item among them."""
    fields = dict.fromkeys((*report.fields, *CALENDAR_FIELDS, "published_on"))
    sections = (Section(REPLACEMENTS, (REPLACEMENTS,), ()), *map(Section, LATE_REASONS))
    return Offer(supplement_words(tuple(fields)), sections, (REPLACEMENTS,))
