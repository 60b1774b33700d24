"""Rules on the fields of a sentence: brackets, names, fields, filters. Nothing of what is written is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jinja2 import nodes

from pipeline.bounds import DEPTH
from pipeline.check.wording.case import FIELD, LONGEST, Row
from pipeline.check.wording.finding import Finding
from pipeline.check.wording.operations import OPERATIONS
from pipeline.check.wording.reader import Reader
from pipeline.fields import FAULTS, PARSER, pieces
from pipeline.nearest import nearest
from pipeline.problems import Problem, error
from pipeline.vocabulary import Type, Vocabulary

SHORT = 2000


def brackets(text: str) -> Iterator[Finding]:
    """What is wrong with the brackets themselves; where anything is, the fields cannot be read."""
    if not text.strip():
        yield Finding("W103", "The wording is blank.", "Write the sentence, or take the row out.")
    if len(text) > LONGEST:
        yield Finding("W111", f"The wording has {len(text):,} characters.", "Split it into several rows.")
        return
    if "{%" in text or "%}" in text or "{#" in text:
        yield Finding(
            "W112",
            "Steps in “{% … %}” and remarks in “{# … #}” have no place in wording.",
            "Use “For each” and “Show when”, or an “if” within double curly brackets.",
        )
        return
    rest = FIELD.sub("", text)
    if "{" in rest or "}" in rest:
        at = rest.index("{" if "{" in rest else "}")
        start = rest.rfind(" ", 0, max(0, at - 20)) + 1 if at > 20 else 0
        near = " ".join(rest[start : at + 30].split())
        yield Finding(
            "W110",
            f"A curly bracket has no partner in “{'…' if start else ''}{near}{'…' if at + 30 < len(rest) else ''}”.",
            "Begin each field with “{{” and end it with “}}”.",
        )


def parsed(text: str) -> nodes.Template | Finding:
    """The sentence taken apart, or why it cannot be."""
    try:
        return PARSER.parse(text)
    except FAULTS:
        return unreadable(text)


def unreadable(text: str) -> Finding:
    """The first field that cannot be read, with the likeliest cure."""
    inner = next((found for found in FIELD.findall(text) if not reads(found)), text)
    shown = " ".join(inner.split())[:70]
    if not inner.strip():
        return Finding("W111", "Two pairs of curly brackets hold nothing.", "Name a field between them.")
    if re.search("[‘’“”]", inner):
        return Finding("W111", f"“{shown}” cannot be read.", "Use straight quotation marks within curly brackets.")
    return Finding("W111", f"“{shown}” cannot be read.", "Write it as in “{{ update.due | day }}”.")


def reads(inner: str) -> bool:
    """Can one field be read by itself?"""
    try:
        PARSER.parse("{{" + inner + "}}")
    except FAULTS:
        return False
    return True


def depth(node: nodes.Node, limit: int = DEPTH) -> int:
    """How deep an expression goes, at most `limit`."""
    deepest, level = 0, [node]
    while level and deepest < limit:
        deepest, level = deepest + 1, [child for each in level for child in each.iter_child_nodes()]
    return deepest


@lru_cache(maxsize=8192)
def too_deep(node: nodes.Expr) -> bool:
    """Does a field go too deep to be followed? The sentence and its list of fields are two levels above it."""
    return depth(node, DEPTH - 2) >= DEPTH - 2


def printed_in(text: str) -> Sequence[nodes.Expr] | tuple[Finding, ...]:
    """What the sentence prints, or what is wrong with its brackets."""
    if len(text) <= SHORT and text.strip() and (parts := pieces(text)) is not None:
        return [each for each in parts if not isinstance(each, str)]
    if wrong := tuple(brackets(text)):
        return wrong
    tree = parsed(text)
    if isinstance(tree, Finding):
        return (tree,)
    return [each for output in tree.find_all(nodes.Output) for each in output.nodes]


@lru_cache(maxsize=4096)
def findings(text: str, kind: str, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """Everything wrong with the fields of a sentence, said for one `kind` of record (blank for none)."""
    found = printed_in(text)
    if isinstance(found, tuple):
        return found
    if any(too_deep(each) for each in found):
        return (Finding("W111", "A field in the sentence is too long to follow.", "Split it into several rows."),)
    reader = Reader(vocabulary, {**vocabulary.names, **({kind: Type(kind)} if kind else {})}, OPERATIONS)
    for each in found:
        reader.printed(each)
    return tuple(dict.fromkeys(reader.findings))


def kind_of(row: Row) -> str:
    """What the row calls the item that it is said for; blank where it is said once.

    A misspelt list under For each is told of by itself, so the nearest one is taken here.
    """
    lists = row.sheet.vocabulary.lists
    return lists.get(row.for_each) or (lists.get(nearest(row.for_each, lists) or "") if row.for_each else "") or ""


def fields(row: Row) -> Iterator[Problem]:
    """W103, W110 to W118: what keeps a sentence from being written, in this month or another."""
    if not row.table:
        for each in findings(row.sentence.text, kind_of(row), row.sheet.vocabulary):
            yield error(each.code, row.sentence.place("text"), each.message, each.cure)


RULES = (fields,)
