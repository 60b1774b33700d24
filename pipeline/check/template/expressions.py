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
from pipeline.check.template.tags import Tag
from pipeline.check.template.vocabulary import PLAIN_FILTERS, Vocabulary, choose
from pipeline.language.sandbox import METHODS, grows

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


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of one tag, not yet placed: code, message, cure, and whether it is only a warning."""

    code: str
    message: str
    cure: str
    mild: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A tag as read: its parsed form (None if it could not be read) and what is wrong with it."""

    tree: nodes.Template | None
    findings: tuple[Finding, ...] = ()


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


def _unknown_step(word: str, raw: str) -> Finding:
    if word in _FOREIGN_STEPS:
        return Finding(
            "T016", f"“{raw}” is a step that papers do not use, and it is not carried out.",
            "Use only fields, “for” and “if”.",
        )  # fmt: skip
    return Finding(
        "T015", f"“{raw}” cannot be read: “{word or raw[2:-2].strip()}” is not a step.",
        choose(word, STEPS, "Write “for”, “if”, “elif”, “else”, “endfor” or “endif” after “{%”."),
    )  # fmt: skip


def _unreadable(raw: str, code: str) -> Finding:
    if "&" in code:
        return Finding("T015", f"“{raw}” cannot be read: “&” has no place in a tag.", "Write “and” for “&”.")
    if poi := re.match(r"[?#@+*/^=>!&]", code):
        return Finding(
            "T031", f"“{raw}” is written for another program: here no tag starts with “{poi[0]}”.",
            "Write it again with “{{ … }}”, “{% for … %}” and “{% if … %}”.",
        )  # fmt: skip
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", "", code)
    odd = next((char for char in outside if not (char.isalnum() or char in "_ .,|()[]{}<>=!+-*/%~:\"'\t\n\xa0")), "")
    if odd:
        shown = odd if odd.isprintable() else "an invisible character"
        return Finding("T015", f"“{raw}” cannot be read: “{shown}” has no place in a tag.", f"Take the “{shown}” out.")
    if not code:
        return Finding("T015", f"“{raw}” is an empty tag.", "Write the name of a field in it, or take it out.")
    if outside.count("'") % 2 or outside.count('"') % 2:
        return Finding(
            "T015", f"“{raw}” cannot be read: a quotation mark has no partner.", "Add the other quotation mark."
        )
    return Finding(
        "T015", f"“{raw}” cannot be read as a field, a loop or a condition.",
        "Write it as “{{ name }}”, “{% for row in list %}” or “{% if name %}”.",
    )  # fmt: skip


def _too_deep(raw: str) -> Finding:
    return Finding("T048", f"“{raw[:40]}…” has too many brackets inside one another.", "Write it more simply.")


def _findings(tree: nodes.Template, raw: str, code: str) -> Iterator[Finding]:
    for node, depth in _walk(tree):
        if depth > DEPTH + OF_THE_TAG:
            yield _too_deep(raw)
            return
        found = _unsafe(node, raw)
        if found:
            yield found
            return
    if "&" in code:
        yield Finding(
            "T039",
            f"The words in “{raw}” hold “&”, which never equals an “&” in a paper and would be printed as “&amp;”.",
            "Write “and”, or compare with words that have no “&”.", mild="==" not in code,
        )  # fmt: skip


def _walk(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    stack: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        yield node, depth
        stack.extend((child, depth + 1) for child in node.iter_child_nodes())


def _unsafe(node: nodes.Node, raw: str) -> Finding | None:  # noqa: PLR0911  # one line for each thing refused
    cure = "Use a plain field; ask for one to be added to the paper’s fields if there is none."
    name = _named(node)
    if name.startswith("_"):
        return Finding(
            "T017", f"“{raw}” reaches for “{name}”, which belongs to the program and not to the paper.", cure
        )
    if isinstance(node, nodes.Call):
        mild = isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS
        return Finding(
            "T017", f"“{raw}” calls a program (“{_named(node.node)}(…)”); papers only print fields.", cure, mild
        )
    if isinstance(node, nodes.Name) and node.name in _GLOBALS:
        return Finding("T017", f"“{raw}” uses “{node.name}”, which belongs to the program and not to the paper.", cure)
    if isinstance(node, nodes.Filter) and node.name in _UNSAFE_FILTERS:
        return Finding("T017", f"“{raw}” uses the filter “{node.name}”, which is not safe.", "Take the filter out.")
    if isinstance(node, nodes.For) and node.recursive:
        return Finding("T017", f"“{raw}” is a loop that calls itself.", "Take out “recursive”.")
    if grows(node):
        return Finding("T017", f"“{raw}” does a calculation that could grow without end.", cure)
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


def unknown_words(tree: nodes.Template, filters: frozenset[str], raw: str) -> Iterator[Finding]:
    """T012 and T013: filters and tests that are not known."""
    for node, _ in _walk(tree):
        if isinstance(node, nodes.Filter) and node.name not in filters | _UNSAFE_FILTERS:
            yield Finding(
                "T012", f"“{raw}” uses the filter “{node.name}”, which is not known.",
                choose(node.name, filters, "Take the filter out, or use one of: " + _some(filters)),
            )  # fmt: skip
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            yield Finding(
                "T013", f"“{raw}” asks “is {node.name}”, which is not known.",
                choose(node.name, _TESTS, "Compare with “==” instead."),
            )  # fmt: skip


def _some(names: frozenset[str]) -> str:
    return ", ".join(f"“{name}”" for name in sorted(names)[:6]) + "…"
