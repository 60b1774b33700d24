"""What may not be public: rows that reading keeps apart from the records of which a paper tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.kinds import Record
from pipeline.problems import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A row of any kind that may not be public. Of it may be said where it stands and by which paragraph, and no more.

    `kind` and `key` name it as they would name the record (see `pipeline.kinds`); `key` is blank, and `record` None,
    where the row makes none. `source` is its first cell, `mark` the cell that says so. `paragraph` is that of
    Schedule 12A (Local Government Act 1972), `?` where it cannot be told. `texts` has what every filled cell of the
    row says, by heading, other columns among them; the marks themselves are left out.
    """

    kind: str
    key: str
    source: Place
    mark: Place
    paragraph: str
    texts: Mapping[str, str]
    record: Record | None = None

    @property
    def row(self) -> int:
        """Excel's own number of the row."""
        return int(self.source.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
