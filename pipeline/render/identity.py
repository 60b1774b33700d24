"""Identity marks: the hidden bookmark around a paragraph, or around the start of a table row, that names its block."""

from __future__ import annotations

from functools import lru_cache

from pipeline.baseline import mark_name


@lru_cache(maxsize=65_536)
def name_of(key: str) -> str:
    """The bookmark's name, remembered: every key is asked for when it is written and again when it is proven."""
    return mark_name(key)


def mark_start(number: int, key: str) -> bytes:
    """The start of the mark; `number` is unique in the paper."""
    return b'<w:bookmarkStart w:id="%d" w:name="%b"/>' % (number, name_of(key).encode())


def mark_end(number: int) -> bytes:
    """The end of the mark that has this number."""
    return b'<w:bookmarkEnd w:id="%d"/>' % number


def row_key(table: str, row: str) -> str:
    """The key of a table's row, unique in the paper."""
    return f"{table}/{row}"


def repeated_key(template_key: str, key: str) -> str:
    """The key of something in the template that is printed once for each block, e.g. a table's heading row."""
    return f"{template_key}/{key}"
