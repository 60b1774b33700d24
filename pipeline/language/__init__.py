"""The one language of wording: expressions parsed, typed and compiled in one pass, worked out with a trace of cells."""

from pipeline.language.writing import filters  # isort: skip (filters are known in the manual's order)
import pipeline.language.lists  # noqa: F401  # isort: skip (its filters put themselves beside these)
from pipeline.language.operations import OPERATIONS, Operation, operation
from pipeline.language.parsing import FIELD, LONGEST, listed_name, table_of
from pipeline.language.sentences import Blank, Said, Spoken, Unsaid, conditions, items_of, sentence
from pipeline.language.types import Finding, Kind, Type
from pipeline.language.vocabulary import Listed, Vocabulary, slug
from pipeline.language.world import Definition, Rule, World, every, places

__all__ = [
    "FIELD",
    "LONGEST",
    "OPERATIONS",
    "Blank",
    "Definition",
    "Finding",
    "Kind",
    "Listed",
    "Operation",
    "Rule",
    "Said",
    "Spoken",
    "Type",
    "Unsaid",
    "Vocabulary",
    "World",
    "conditions",
    "every",
    "filters",
    "items_of",
    "listed_name",
    "operation",
    "places",
    "sentence",
    "slug",
    "table_of",
]
