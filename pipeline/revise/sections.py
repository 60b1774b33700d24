"""Sections that an officer deleted, heading and content: what is new in them has no place in their paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.revise.draft import Draft


def in_deleted_sections(draft: Draft) -> frozenset[str]:
    """The keys of the new paper's blocks whose section the last draft had and the officer's paper has nothing of."""
    headings = {key for key in draft.new if _is_heading(draft, key)}
    found = draft.officer.matching
    had = _by_section(draft.base, headings)
    deleted = {
        heading
        for heading, keys in had.items()
        if heading and not any(key in found.units or key in found.joined for key in keys)
    }
    new = _by_section(draft.new, headings)
    return frozenset(key for heading in deleted for key in new.get(heading, ()))


def _is_heading(draft: Draft, key: str) -> bool:
    unit = draft.fresh.unit(key)
    return unit is not None and not unit.is_row and bool(unit.flat) and unit.flat == unit.heading


def _by_section(keys: Iterable[str], headings: Collection[str]) -> dict[str, list[str]]:
    """The keys, in order, by the heading that they follow, that itself first; `` before the first heading."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for key in keys:
        heading = key if key in headings else heading
        sections.setdefault(heading, []).append(key)
    return sections
