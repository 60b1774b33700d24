"""Sections: what the wording sheet says of the records, paragraph by paragraph and table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipeline.blocks import WORDING as OF_WORDING
from pipeline.blocks import Block, Fact, Row, Run, Table, moved
from pipeline.bounds import WORDING
from pipeline.kinds import Sentence
from pipeline.language import (
    Blank,
    Definition,
    Spoken,
    Unsaid,
    Vocabulary,
    World,
    cell_text,
    conditions,
    items_of,
    places,
    sentence,
    slug,
    table_of,
)
from pipeline.patterns import Pattern
from pipeline.problems import Problem, error, warning
from pipeline.text import folded

CORRECT_IT = (
    "Correct the field named in double curly brackets, or say in “Show when” on which months the sentence stands."
)
REFERENCE = Pattern("\ufdd0([^\ufdd1]*)\ufdd1")


@dataclass(slots=True)
class Paragraph:
    """A paragraph being put together from one sentence or several; `text` may hold references to appendices."""

    key: str
    text: str = ""
    facts: list[Fact] = field(default_factory=list)

    def add(self, said: Fact, facts: Sequence[Fact]) -> None:
        """Another sentence, after a blank; it is itself one of the facts."""
        at = len(self.text) + 1 if self.text else 0
        self.text = f"{self.text} {said.text}" if self.text else said.text
        self.facts += (fact._replace(start=fact.start + at) for fact in (*facts, said))

    def block(self, numbered: Callable[[str], str]) -> Block:
        """The paragraph with its references to appendices, `numbered`, as runs of their own."""
        if "\ufdd0" not in self.text:
            return Block(self.key, (Run(self.text),), "", tuple(self.facts))
        runs, stretches = list[Run](), list[tuple[str, str]]()
        for number, part in enumerate(REFERENCE.split(self.text)):
            run = Run(numbered(part), appendix=part) if number % 2 else Run(part)
            runs.append(run)
            stretches.append((f"\ufdd0{part}\ufdd1" if number % 2 else part, run.text))
        return Block(self.key, tuple(run for run in runs if run.text), "", tuple(moved(self.facts, stretches)))


@dataclass(slots=True)
class Speaker:
    """Says sentences of the wording sheet in the world of one paper; `problems` fill as it speaks. `left` is how many
    characters all of them may still have. `appended` are the keys of the appendices, in order of first mention.
    """

    vocabulary: Vocabulary
    world: World
    label: str
    problems: list[Problem] = field(default_factory=list)
    left: int = WORDING
    appended: list[str] = field(default_factory=list)

    def section(self, sentences: Sequence[Sentence]) -> tuple[Block | Table, ...]:
        """The paragraphs and tables that the sentences of one section make."""
        made: list[Paragraph | Table] = []
        for row in sentences:
            for item in self.items(row):
                self.add(made, row, item)
        return tuple(each if isinstance(each, Table) else each.block(self.numbered) for each in made)

    def numbered(self, appendix: str) -> str:
        """`Appendix 2`, in the council's own word; appendices are numbered as they are mentioned."""
        if appendix not in self.appended:
            self.appended.append(appendix)
        return f"{self.label} {self.appended.index(appendix) + 1}"

    def items(self, row: Sentence) -> Iterator[Any]:
        """The records the sentence is said for: one pass with none, or one for each of its list."""
        held = [self.holds(row, each) for each in conditions(row.show_when, self.vocabulary)]
        if not all(held):
            return
        if not row.for_each:
            yield None
        else:
            yield from self.named(row, "for_each", row.for_each)

    def holds(self, row: Sentence, condition: tuple[str, bool]) -> bool:
        """Is there anything in a list, or nothing, as is wanted?"""
        name, wanted = condition
        return bool(self.named(row, "show_when", name)) == wanted

    def named(self, row: Sentence, column: str, name: str) -> Sequence[Any]:
        """The list of that name; an unknown one is a problem, and empty."""
        key = folded(name)
        if key not in self.vocabulary.lists:
            cure = "Choose one from the drop-down list."
            self.problems.append(error("W102", row.place(column), f"“{name}” is not a list.", cure))
            return ()
        try:
            return items_of(self.world, key)
        except Unsaid as fault:
            message, cure = (
                f"The list “{name}” could not be made: {fault.reason}.",
                "Correct its “where” in report.toml.",
            )
            self.problems.append(error("W201", row.place(column), message, cure))
            return ()

    def add(self, made: list[Paragraph | Table], row: Sentence, item: Any) -> None:
        """Say one sentence: a table, a paragraph of its own, or more of the paragraph before."""
        key = f"{slug(row.section)}/{row.key}" + (f"/{item.key}" if item else "")
        if table := table_of(row.text):
            self.add_table(made, row, key, table)
            return
        text, facts = self.say(row, item)
        if not text:
            return
        last = made[-1] if row.joins and made else None
        if not isinstance(last, Paragraph):
            made.append(last := Paragraph(key))
        last.add(Fact(text, (row.place("text"),), OF_WORDING), facts)

    def say(self, row: Sentence, item: Any) -> tuple[str, tuple[Fact, ...]]:
        """The sentence filled in; one that cannot be is a problem, and its cell stands in its place for all to see.

        One that needs what stands in a blank cell, or a letter that is not to be told of, is left out with a warning
        there. Once all of them together are too long, that is a problem, and nothing more is said.
        """
        if self.left < 0:
            return "", ()
        kind = self.vocabulary.kind_of(folded(row.for_each)) if item else ""
        spoken = sentence(row.text, kind, self.vocabulary)
        if not isinstance(spoken, Spoken):
            return self.unsaid(row, spoken[0].message[:1].lower() + spoken[0].message[1:].removesuffix("."))
        try:
            text, facts, holes = spoken.say(self.world, item)
        except Unsaid as fault:
            if not fault.missing:
                return self.unsaid(row, fault.reason)
            self.problems.append(left_out(row, fault.missing[-1]))
            return "", ()
        self.left -= len(text)
        if self.left < 0:
            return self.unsaid(row, f"with it, the paper would be longer than {WORDING:,} characters")
        self.problems += (left_blank(row, each) for each in holes)
        return text, facts

    def unsaid(self, row: Sentence, reason: str) -> tuple[str, tuple[Fact, ...]]:
        """W201: a sentence that could not be said."""
        message = f"The sentence “{row.text[:70]}…” could not be written: {reason}."
        self.problems.append(error("W201", row.place("text"), message, CORRECT_IT))
        return f"[{row.place('text').short}]", ()

    def add_table(self, made: list[Paragraph | Table], row: Sentence, key: str, name: str) -> None:
        """A list shown as a table; nothing where the list is empty."""
        if items := self.named(row, "text", name):
            fields = self.vocabulary.columns(self.vocabulary.kind_of(folded(name)))
            made.append(Table(key, name.casefold(), tuple(row_of(item, self.world, fields) for item in items)))


def left_blank(row: Sentence, hole: Blank) -> Problem:
    """W202: the sentence says what stands in a cell, and nothing does."""
    message = f"Nothing is given for “{hole.field}”, which a sentence of the paper says: {quoted(row)}."
    return warning("W202", hole.place, message, "Fill it in.")


def left_out(row: Sentence, hole: Blank) -> Problem:
    """W203: the sentence cannot be said without what stands in a cell, or without the letter that it leads to."""
    message = f"There is no “{hole.field}” here to tell of, so a sentence is left out of the paper: {quoted(row)}."
    return warning("W203", hole.place, message, "Fill it in if it is missing, or accept that the sentence is not said.")


def quoted(row: Sentence) -> str:
    """A sentence's beginning, and where it stands."""
    return f"“{row.text[:70]}…” (wording sheet, {row.place('text').short})"


# rows of a table: a template shows three of a tracker's twelve columns, and a long tracker has ten thousand rows

Columns = Mapping[str, Definition]
T = TypeVar("T")


def row_of(record: Any, world: World, columns: Columns) -> Row:
    """A record as a table row: every field that can be printed, as text."""
    return Row(record.key, Texts(record, world, columns), Facts(record, world, columns), record)


class Printed(Mapping[str, T]):
    """What the fields of a row come to by their names, each worked out when it is asked for."""

    __slots__ = ("columns", "record", "world")

    def __init__(self, record: Any, world: World, columns: Columns) -> None:
        self.record, self.world, self.columns = record, world, columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns


class Texts(Printed[str]):
    """The texts of a row."""

    __slots__ = ("_known",)

    def __init__(self, record: Any, world: World, columns: Columns) -> None:
        super().__init__(record, world, columns)
        self._known = dict[str, str]()

    def __getitem__(self, name: str) -> str:
        known = self._known.get(name)
        if known is None:
            value = self.columns[name].run(self.world, self.record)
            known = self._known[name] = cell_text(value, self.world.formats)
        return known


class Facts(Printed[Fact]):
    """The facts that these are."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Fact:
        value, trace = self.world.traced(self.columns[name].run, self.world, self.record)
        return Fact(cell_text(value, self.world.formats), *places(trace), name=name)
