"""Settings as earlier versions wrote them, in today's form: a report's folder is read by every later version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Tables = Mapping[str, Any]


def as_now(settings: Tables) -> Tables:
    """The settings of a report in today's form. What is neither form stays as it is, to be told of as it is read."""
    sources = settings.get("sources")
    return columns_added(settings, sources) if isinstance(sources, dict) else settings


def columns_added(settings: Tables, sources: Tables) -> Tables:
    """`[sources.letters.extra] ward = ["Ward"]` (0.1.0) as `[kinds.letters.fields] ward = { … }`."""
    added = {name: extra_of(source) for name, source in sources.items()}
    added = {name: fields for name, fields in added.items() if fields}
    if not added:
        return settings
    kinds = {**settings.get("kinds", {}), **{name: {"fields": fields} for name, fields in added.items()}}
    rest = {
        name: {each: value for each, value in source.items() if each != "extra"} if name in added else source
        for name, source in sources.items()
    }
    return {**settings, "sources": rest, "kinds": kinds}


def extra_of(source: object) -> Tables:
    """The fields that a source adds under `extra`; none where that is not as it was written then."""
    extra = source.get("extra") if isinstance(source, dict) else None
    if not isinstance(extra, dict) or not all(isinstance(each, str | list) for each in extra.values()):
        return {}
    return {name: {"type": "text", "headings": texts(given)} for name, given in extra.items()}


def texts(given: str | list[object]) -> list[str]:
    """One heading, or several."""
    return [given] if isinstance(given, str) else [str(each) for each in given]
