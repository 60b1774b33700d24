"""What stands between the marks of a tag: can it be read, and may it be run?

Only names, their fields, known filters and tests, comparisons and plain values are let through; calls, and everything
that reaches into the running program or swells without bound, is refused before anything is run.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from pipeline.bounds import DEPTH
from pipeline.catalogue import problem
from pipeline.check.template.tags import Tag
from pipeline.check.template.vocabulary import PLAIN_FILTERS, Vocabulary
from pipeline.language.sandbox import METHODS, grows
from pipeline.nearest import nearest
from pipeline.problems import NOWHERE, Problem

CELL_WORDS = frozenset({"cellbg", "colspan", "vm", "hm"})
STEPS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set"})
_FOREIGN_STEPS = frozenset({
    "macro", "endmacro", "call", "endcall", "filter", "endfilter", "block", "endblock", "extends", "include",
    "import", "from", "with", "endwith", "autoescape", "endautoescape", "raw", "endraw", "do", "break",
    "continue", "trans", "endtrans", "pluralize", "debug", "endset",
})  # fmt: skip
_GLOBALS = frozenset({"range", "lipsum", "dict", "cycler", "joiner", "namespace", "self", "caller"})
_TESTS = frozenset(Environment(autoescape=True).tests)
_ALL_FILTERS = frozenset(Environment(autoescape=True).filters)
_UNSAFE_FILTERS = frozenset({"attr", "safe", "xmlattr", "format", "center", "indent", "wordwrap", "random", "pprint",
                             "urlize", "map", "tojson", "forceescape"})  # fmt: skip
OF_THE_TAG = 2
"""Levels above what stands in a tag: the tag itself, and the template that is made of it."""


def fault(code: str, way: str = "", /, **words: object) -> Problem:
    """A fault of one tag, not yet placed."""
    return problem(code, NOWHERE, way, **words)


@dataclass(frozen=True, slots=True)
class Reading:
    """A tag as read: its parsed form (None if it could not be read) and what is wrong with it."""

    tree: nodes.Template | None
    findings: tuple[Problem, ...] = ()


@functools.lru_cache(maxsize=4096)
def read(kind: str, code: str, raw: str, attribute: bool) -> Reading:
    """What a tag says. `kind` is field, step or remark; the same text is read once."""
    if kind == "remark" or code.partition(" ")[0] in CELL_WORDS:
        return Reading(None)
    word = (re.match(r"\w+", code) or [""])[0] if kind == "step" else ""
    if kind == "step" and word not in STEPS:
        return Reading(None, (_unknown_step(word, raw),))
    try:
        tree = Environment(autoescape=True).parse(_whole(kind, word, _as_filled(code, attribute)))
    except TemplateSyntaxError:
        return Reading(None, (_unreadable(raw, code),))
    except (RecursionError, ValueError):  # too many brackets, or figures, to be read
        return Reading(None, (_too_deep(raw),))
    found = tuple(_findings(tree, raw, code))
    return Reading(None if any(each.code == "T048" for each in found) else tree, found)


def reading(tag: Tag) -> Reading:
    """`read` for a tag."""
    return read(tag.kind, tag.code, tag.raw, bool(tag.attribute))


def _as_filled(code: str, attribute: bool) -> str:
    """As the filling program hands it on: it straightens quotes and `<`, `>`, and forgets about `&`."""
    code = code.replace("&", "&amp;")
    return code.replace('"', "&quot;") if attribute else code


def _whole(kind: str, word: str, code: str) -> str:
    """The tag as a template of its own, its partner added."""
    if kind == "field":
        return "{{ " + code + " }}"
    if word in ("if", "for"):
        return "{% " + code + " %}{% end" + word + " %}"
    if word == "elif":
        return "{% if x %}{% " + code + " %}{% endif %}"
    if word == "set":
        return "{% " + code + " %}"
    before, after = {
        "else": ("{% if x %}", "{% endif %}"),
        "endif": ("{% if x %}", ""),
        "endfor": ("{% for x in y %}", ""),
    }[word]
    return before + "{% " + code + " %}" + after


def _unknown_step(word: str, raw: str) -> Problem:
    if word in _FOREIGN_STEPS:
        return fault("T016", tag=raw)
    return fault("T015", "step", tag=raw, word=word or raw[2:-2].strip(), near=nearest(word, sorted(STEPS)))


def _unreadable(raw: str, code: str) -> Problem:
    if "&" in code:
        return fault("T015", "ampersand", tag=raw)
    if poi := re.match(r"[?#@+*/^=>!&]", code):
        return fault("T031", "mark", tag=raw, mark=poi[0])
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", "", code)
    odd = next((char for char in outside if not (char.isalnum() or char in "_ .,|()[]{}<>=!+-*/%~:\"'\t\n\xa0")), "")
    if odd:
        shown = odd if odd.isprintable() else "an invisible character"
        return fault("T015", "odd", tag=raw, odd=shown)
    if not code:
        return fault("T015", "empty", tag=raw)
    if outside.count("'") % 2 or outside.count('"') % 2:
        return fault("T015", "quotes", tag=raw)
    return fault("T015", tag=raw)


def _too_deep(raw: str) -> Problem:
    return fault("T048", "brackets", tag=raw[:40])


def _findings(tree: nodes.Template, raw: str, code: str) -> Iterator[Problem]:
    for node, depth in _walk(tree):
        if depth > DEPTH + OF_THE_TAG:
            yield _too_deep(raw)
            return
        found = _unsafe(node, raw)
        if found:
            yield found
            return
    if "&" in code:
        yield fault("T039", "" if "==" in code else "printed", tag=raw)


def _walk(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    stack: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        yield node, depth
        stack.extend((child, depth + 1) for child in node.iter_child_nodes())


def _unsafe(node: nodes.Node, raw: str) -> Problem | None:  # noqa: PLR0911  # one line for each thing refused
    name = _named(node)
    if name.startswith("_"):
        return fault("T017", "name", tag=raw, name=name)
    if isinstance(node, nodes.Call):
        mild = isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS
        return fault("T017", "method" if mild else "call", tag=raw, name=_named(node.node))
    if isinstance(node, nodes.Name) and node.name in _GLOBALS:
        return fault("T017", "program", tag=raw, name=node.name)
    if isinstance(node, nodes.Filter) and node.name in _UNSAFE_FILTERS:
        return fault("T017", "filter", tag=raw, name=node.name)
    if isinstance(node, nodes.For) and node.recursive:
        return fault("T017", "recursive", tag=raw)
    if grows(node):
        return fault("T017", tag=raw)
    return None


def _named(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return ""


def known_filters(vocabulary: Vocabulary | None) -> frozenset[str]:
    """The filters that a template may use: without a report all those of the template language that are safe."""
    if vocabulary is None or not vocabulary.knows_names:
        return (_ALL_FILTERS - _UNSAFE_FILTERS) | (vocabulary.filters if vocabulary else frozenset())
    return PLAIN_FILTERS | vocabulary.filters


def unknown_words(tree: nodes.Template, filters: frozenset[str], raw: str) -> Iterator[Problem]:
    """T012 and T013: filters and tests that are not known."""
    for node, _ in _walk(tree):
        if isinstance(node, nodes.Filter) and node.name not in filters | _UNSAFE_FILTERS:
            near = nearest(node.name, sorted(filters))
            yield fault("T012", tag=raw, name=node.name, near=near, some=_some(filters))
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            yield fault("T013", tag=raw, name=node.name, near=nearest(node.name, sorted(_TESTS)))


def _some(names: frozenset[str]) -> str:
    return ", ".join(f"“{name}”" for name in sorted(names)[:6]) + "…"
