"""The one language of wording and templates: parsed, typed and compiled in one pass, with a trace of cells."""

import pipeline.language.writing  # isort: skip (filters are known in the manual's order)
import pipeline.language.lists  # isort: skip (its filters put themselves beside these)
import pipeline.language.arithmetic  # isort: skip
import pipeline.language.reckoning  # noqa: F401  # isort: skip (and its own beside those)
from pipeline.language.choices import cell_text
from pipeline.language.compiler import Compiler, Scope
from pipeline.language.operations import OPERATIONS, Operation, operation
from pipeline.language.parsing import FIELD, LONGEST, listed_name, shown, table_of, too_deep
from pipeline.language.parsing import field as parse_field
from pipeline.language.parsing import step as parse_step
from pipeline.language.sentences import Blank, Said, Spoken, Unsaid, conditions, items_of, sentence
from pipeline.language.types import FLAG, NUMBER, TEXT, Code, Finding, Frame, Kind, Run, Type
from pipeline.language.vocabulary import Listed, Vocabulary, slug
from pipeline.language.world import Asked, Definition, Rule, Trail, World, every, places

__all__ = [
    "FIELD",
    "FLAG",
    "LONGEST",
    "NUMBER",
    "OPERATIONS",
    "TEXT",
    "Asked",
    "Blank",
    "Code",
    "Compiler",
    "Definition",
    "Finding",
    "Frame",
    "Kind",
    "Listed",
    "Operation",
    "Rule",
    "Run",
    "Said",
    "Scope",
    "Spoken",
    "Trail",
    "Type",
    "Unsaid",
    "Vocabulary",
    "World",
    "cell_text",
    "conditions",
    "every",
    "items_of",
    "listed_name",
    "operation",
    "parse_field",
    "parse_step",
    "places",
    "sentence",
    "shown",
    "slug",
    "table_of",
    "too_deep",
]
