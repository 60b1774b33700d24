"""What a template may speak of: the names, lists, sections, filters and styles of one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BLOCK_WORDS = frozenset({"key", "list", "style"})

# Word-making filters of the template language itself that only read their value and cannot be made to run or swell.
PLAIN_FILTERS = frozenset({
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "groupby", "int", "join", "last", "length", "list", "lower", "max", "min", "reverse", "round", "slice",
    "sort", "string", "striptags", "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the caller knows of the report that the template is for.

    `fields`: single names that print as text. `sections`: names of lists of blocks (each block has `text`, `list`,
    `style`, `key`, `rows`). `lists`: each list's name (as `block.list` gives it) to the names of its row fields.
    `filters`: filters that the report adds. `required_sections`: sections that must have a place. `styles`: names of
    styles that the program uses. `fields=None` means that names are not known, so none is called unknown.
    """

    fields: frozenset[str] | None = None
    sections: frozenset[str] = frozenset()
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    filters: frozenset[str] = frozenset()
    required_sections: tuple[str, ...] = ()
    styles: frozenset[str] = frozenset()

    @property
    def knows_names(self) -> bool:
        """Can a name be called unknown?"""
        return self.fields is not None
