"""Reading a settings file: every mistake noted with its place, none fatal until all are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.nearest import ASKED, did_you_mean, nearest
from pipeline.patterns import Pattern
from pipeline.problems import PaperError, Place, Problem, error

UNSEEN = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")


def written(value: object) -> str:
    """A value as it stands in the file, in quotes if it is a text there."""
    words = {True: "true", False: "false"}
    return f"“{value}”" if isinstance(value, str) else words[value] if isinstance(value, bool) else f"“{value}”"


class Settings:
    """A table of a settings file that remembers which entries were asked for, so that the rest can be refused."""

    def __init__(
        self, raw: Mapping[str, object], place: Place, path: str = "", found: list[Problem] | None = None
    ) -> None:
        self.raw, self.place, self.path = raw, place, path
        self.found: list[Problem] = [] if found is None else found
        self.asked: set[str] = set()
        self.refused: set[str] = set()
        self.children: list[Settings] = []

    def wrong(self, name: str, message: str, cure: str) -> None:
        """Note a mistake at one entry."""
        where = Place(self.place.file, near=f"[{self.path}]" if self.path else "")
        self.found.append(error("S104", where, f"“{name}” {message}.", cure))

    def get(self, name: str, kind: type, expected: str) -> object:
        """The entry if it is there and of its kind, else None with the mistake noted."""
        self.asked.add(name)
        value = self.raw.get(name)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        self.wrong(name, f"is {written(value)}", f"Give {expected}.")
        return None

    def text(self, name: str, *, required: bool = False) -> str:
        """A text, empty where it is not given."""
        value = self.get(name, str, 'a text in straight double quotes, such as "Actions"')
        if value is None and required and name not in self.raw:
            self.wrong(name, "is missing", f'Add a line such as {name} = "…".')
        if isinstance(value, str) and not value.isprintable() and (unseen := UNSEEN.search(value)):
            self.wrong(name, f"holds a character that nobody sees (U+{ord(unseen[0]):04X})", "Type the text again.")
        return value if isinstance(value, str) else ""

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number between `low` and `high`."""
        value = self.get(name, int, "a whole number")
        if isinstance(value, int) and not low <= value <= high:
            self.wrong(name, f"is “{value}”", f"Give a number from {low} to {high}.")
            return default
        return value if isinstance(value, int) else default

    def flag(self, name: str, default: bool) -> bool:
        """true or false."""
        value = self.get(name, bool, "true or false, without quotes")
        return value if isinstance(value, bool) else default

    def choice(self, name: str, known: Sequence[str], default: str) -> str:
        """One of a closed list of words."""
        value = self.text(name) or default
        if value not in known:
            self.wrong(name, f"is “{value}”", did_you_mean(value, known))
            return default
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        self.asked.add(name)
        value = self.raw.get(name, [])
        items = value if isinstance(value, list) else [value]
        if all(isinstance(item, str | int) for item in items):
            return tuple(str(item) for item in items)
        self.wrong(name, "is not a list of texts", 'Give a list such as ["Complete", "Done"].')
        return ()

    def word_lists(self, known: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
        """Every entry as a list of texts; with `known`, only those names."""
        names = [name for name in self.raw if name in known] if known else list(self.raw)
        self.asked.update(known)
        return {name: self.words(name) for name in names}

    def texts(self) -> dict[str, str]:
        """Every entry that is left, as a text."""
        return {name: self.text(name) for name in self.raw if name not in self.asked}

    def wholes(self, known: Sequence[str] = ()) -> dict[str, int]:
        """Every entry that is left, as a whole number; one spelt much like a `known` name is refused."""
        for name in self.raw:
            if name not in known and (near := nearest(name, known, 0.75)):
                self.wrong(name, "is not a setting", ASKED.format(near=near))
        return {name: self.whole(name, 0, 0, 3650) for name in self.raw}

    def days_before(self, known: Sequence[str]) -> dict[str, int]:
        """Every entry as the working days before publication; the `known` steps must come one after the other."""
        days = self.wholes(known)
        for step, after in pairwise(name for name in known if days.get(name)):
            if days[step] < days[after]:
                message = f"is “{days[step]}”, so that it comes after “{after}”, which is “{days[after]}”"
                self.wrong(
                    step, message, f"Give {days[after]} or more: both count the working days before publication."
                )
        return days

    def table(self, name: str) -> Settings:
        """A table within this one, empty where it is not given."""
        value = self.get(name, dict, f"a table, with a line [{name}] of its own")
        path = f"{self.path}.{name}" if self.path else name
        child = Settings(value if isinstance(value, dict) else {}, self.place, path, self.found)
        self.children.append(child)
        return child

    def tables(self, name: str, known: Sequence[str] = (), *, most: int = 1000) -> Iterator[tuple[str, Settings]]:
        """Every table within `name`; with `known`, other names are refused."""
        group = self.table(name)
        if len(group.raw) > most:
            self.wrong(name, f"holds {len(group.raw):,} tables", f"Keep no more than {most:,}.")
        for entry in group.raw:
            if known and entry not in known:
                group.asked.add(entry)
                group.wrong(entry, "is not known here", did_you_mean(entry, known))
            else:
                yield entry, group.table(entry)

    def unknown(self) -> None:
        """Note every entry that nothing asked for, once."""
        for name in self.raw:
            if name not in self.asked and name not in self.refused:
                self.refused.add(name)
                self.wrong(name, "is not a setting", did_you_mean(name, sorted(self.asked)))
        for child in self.children:
            child.unknown()

    def finish(self) -> None:
        """Raise PaperError if anything was wrong or left over."""
        self.unknown()
        if self.found:
            raise PaperError(self.found)
