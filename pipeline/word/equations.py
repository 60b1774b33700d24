"""The signs of an equation in one line, as a person would write it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.word.xml import TEXT, Element, local

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def equation_signs(part: Element) -> Iterator[tuple[str, Element]]:
    """Each sign and the element it comes from: with a stroke for a fraction, and the brackets that Word draws."""
    name = local(part)
    if name == "r":
        yield from ((each.text or "", part) for each in part if each.tag in {TEXT, f"{_MATH}t"})
        return
    opening, closing = (_mark(part, "begChr", "("), _mark(part, "endChr", ")")) if name == "d" else ("", "")
    yield opening, part
    for child in part:
        if isinstance(child.tag, str) and child.tag.startswith(_MATH) and not child.tag.endswith("Pr"):
            yield ("/" if name == "f" and local(child) == "den" else ""), part
            yield from equation_signs(child)
    yield closing, part


def _mark(part: Element, name: str, default: str) -> str:
    found = part.find(f"{_MATH}{local(part)}Pr/{_MATH}{name}")
    return default if found is None else found.get(f"{_MATH}val", "")
