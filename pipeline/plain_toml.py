"""TOML as settings are written: one setting a line, plain texts. Anything else is left to the reader of the library.

A report's settings are read for every board; the library's reader takes them letter by letter. Here a line is either
wholly plain, and then there is one way to read it, or the whole file goes to the library, whose word counts.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

TEXT = r'"[^"\\\x00-\x1f\x7f]*+"'
NAME = rf"(?:[A-Za-z0-9_-]++|{TEXT})"
LIST = rf"\[[ \t]*+(?:{TEXT}[ \t]*+(?:,[ \t]*+{TEXT}[ \t]*+)*+)?\]"
PAIR = re.compile(rf"[ \t]*+({NAME})[ \t]*+=[ \t]*+({TEXT}|{LIST})[ \t]*+")
LINE = re.compile(
    rf"[ \t]*+(?:\[(?P<table>{NAME}(?:\.{NAME})*+)\]|(?P<name>{NAME})[ \t]*+=[ \t]*+"
    rf"(?:(?P<value>{TEXT}|{LIST}|true|false|0|[1-9][0-9]{{0,9}})|\{{(?P<inline>[^{{}}]*+)\}}))?"
    r"[ \t]*+(?:#[^\x00-\x08\x0a-\x1f\x7f]*+)?"
)
NAMES = re.compile(NAME)


def loads(text: str) -> dict[str, Any]:
    """The settings of a file's text; raises TOMLDecodeError."""
    found = plainly(text)
    return tomllib.loads(text) if found is None else found


def plainly(text: str) -> dict[str, Any] | None:
    """The same where every line is plain and nothing is given twice, else None."""
    top: dict[str, Any] = {}
    table, opened, closed = top, set[tuple[str, ...]](), set[int]()
    for line in text.replace("\r\n", "\n").split("\n"):
        read = LINE.fullmatch(line)
        if read is None:
            return None
        if read["table"]:
            header = tuple(map(bare, NAMES.findall(read["table"])))
            inner = None if header in opened else within(top, header, closed)
            if inner is None:
                return None
            table = inner
            opened.add(header)
        elif read["name"]:
            name, value = (
                bare(read["name"]),
                inline(read["inline"]) if read["value"] is None else json.loads(read["value"]),
            )
            if name in table or value is None:
                return None
            table[name] = value
            closed.add(id(value))
    return top


def within(top: dict[str, Any], header: tuple[str, ...], closed: set[int]) -> dict[str, Any] | None:
    """The table of a header, made where it is not there yet; None where something else has its name."""
    for name in header:
        top = top.setdefault(name, {})
        if not isinstance(top, dict) or id(top) in closed:
            return None
    return top


def inline(text: str) -> dict[str, Any] | None:
    """What stands in a table's curly brackets; None where it is not plain, or a name stands in it twice."""
    found: dict[str, Any] = {}
    at = 0
    while text:
        pair = PAIR.match(text, at)
        if pair is None or bare(pair[1]) in found:
            return None
        found[bare(pair[1])] = json.loads(pair[2])
        if pair.end() == len(text):
            return found
        if text[pair.end()] != ",":
            return None
        at = pair.end() + 1
    return found


def bare(name: str) -> str:
    """A name without quotation marks."""
    return name.strip('"')
