"""The list of faults: each a function that spoils a sound template, with the lines that the check must answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from docx.document import Document

from tests.check.template.faults.making import saved, sound


@dataclass(frozen=True)
class Fault:
    """`make` gives the faulty file; `lines` is what the check says of it, and all that it says."""

    name: str
    make: Callable[[], bytes]
    lines: tuple[str, ...]


FAULTS: dict[str, Fault] = {}


def fault(*lines: str) -> Callable[[Callable[[Document], bytes | None]], None]:
    """Lists a function that spoils a sound template in place, or returns the bytes of the spoilt file."""

    def enlist(spoil: Callable[[Document], bytes | None]) -> None:
        @cache
        def make() -> bytes:
            paper = sound()
            content = spoil(paper)
            return saved(paper) if content is None else content

        FAULTS[spoil.__name__] = Fault(spoil.__name__, make, lines)

    return enlist
