"""The signs of an equation in one line, as a person would write it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.word.xml import MATH, TEXT, Element, local


def equation_signs(part: Element) -> Iterator[tuple[str, Element]]:
    """Each sign and the element it comes from: with a stroke for a fraction, and the brackets that Word draws."""
    name = local(part)
    if name == "r":
        yield from ((each.text or "", part) for each in part if each.tag in {TEXT, f"{MATH}t"})
        return
    opening, closing = (_mark(part, "begChr", "("), _mark(part, "endChr", ")")) if name == "d" else ("", "")
    yield opening, part
    for child in part:
        if isinstance(child.tag, str) and child.tag.startswith(MATH) and not child.tag.endswith("Pr"):
            yield ("/" if name == "f" and local(child) == "den" else ""), part
            yield from equation_signs(child)
    yield closing, part


def _mark(part: Element, name: str, default: str) -> str:
    found = part.find(f"{MATH}{local(part)}Pr/{MATH}{name}")
    return default if found is None else found.get(f"{MATH}val", "")
