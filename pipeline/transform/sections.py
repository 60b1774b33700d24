"""Sections: what the wording sheet says of the records, paragraph by paragraph and table by table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.blocks import Block, Fact, Run, Table
from pipeline.bounds import WORDING, OutOfBounds
from pipeline.formats import Formats
from pipeline.kinds import Sentence
from pipeline.problems import Problem, error
from pipeline.transform.facts import Facts, Trace, key_of
from pipeline.transform.lists import slug
from pipeline.transform.names import with_item
from pipeline.transform.rows import row_of
from pipeline.transform.wording import Said, environment, say, unsaid

TABLE = re.compile(r"Table:\s*(.+)", re.IGNORECASE)
REFERENCE = re.compile("\ufdd0([^\ufdd1]*)\ufdd1")


@dataclass(slots=True)
class Paragraph:
    """A paragraph being put together from one sentence or several."""

    key: str
    said: list[Said] = field(default_factory=list)

    def block(self) -> Block:
        """The sentences joined by spaces, references to appendices as runs of their own."""
        parts = REFERENCE.split(" ".join(said.text for said in self.said))
        runs = (Run("", appendix=part) if number % 2 else Run(part) for number, part in enumerate(parts))
        facts = (without_marks(fact) for said in self.said for fact in said.facts)
        return Block(self.key, tuple(run for run in runs if run.text or run.appendix), "", tuple(facts))


@dataclass(slots=True)
class Speaker:
    """Says sentences of the wording sheet from the lists and names of one paper; `problems` fill as it speaks. `left`
    is how many characters all of them may still have.
    """

    lists: Mapping[str, Sequence[Facts]]
    names: Mapping[str, object]
    formats: Formats
    trace: Trace
    problems: list[Problem] = field(default_factory=list)
    left: int = WORDING

    def __post_init__(self) -> None:
        environment(self.formats).begin()

    def section(self, sentences: Sequence[Sentence]) -> tuple[Block | Table, ...]:
        """The paragraphs and tables that the sentences of one section make."""
        made: list[Paragraph | Table] = []
        for sentence in sentences:
            for item in self.items(sentence):
                self.add(made, sentence, item)
        return tuple(each if isinstance(each, Table) else each.block() for each in made)

    def items(self, sentence: Sentence) -> Iterator[Facts | None]:
        """The records the sentence is said for: one pass with none, or one for each of its list."""
        held = [self.holds(sentence, condition) for condition in conditions(sentence.show_when, self.lists)]
        if not all(held):
            return
        if not sentence.for_each:
            yield None
        else:
            yield from self.named(sentence, "for_each", sentence.for_each)

    def holds(self, sentence: Sentence, condition: str) -> bool:
        """Is there anything in the list, or with `no` before it, nothing?"""
        if condition == "always":
            return True
        if condition.startswith("no ") and condition not in self.lists:
            return not self.named(sentence, "show_when", condition[3:])
        return bool(self.named(sentence, "show_when", condition))

    def named(self, sentence: Sentence, column: str, name: str) -> Sequence[Facts]:
        """The list of that name; an unknown one is a problem, and empty."""
        known = self.lists.get(" ".join(name.split()).casefold())
        if known is None:
            where = sentence.place(column)
            self.problems.append(
                error("W102", where, f"“{name}” is not a list.", "Choose one from the drop-down list.")
            )
        return known or ()

    def add(self, made: list[Paragraph | Table], sentence: Sentence, item: Facts | None) -> None:
        """Say one sentence: a table, a paragraph of its own, or more of the paragraph before."""
        key = f"{slug(sentence.section)}/{sentence.key}" + (f"/{key_of(item)}" if item else "")
        if table := TABLE.fullmatch(sentence.text.strip()):
            self.add_table(made, sentence, key, table.group(1).strip())
            return
        said = self.say(sentence, item)
        if not said.text:
            return
        if sentence.joins and made and isinstance(made[-1], Paragraph):
            made[-1].said.append(said)
        else:
            made.append(Paragraph(key, [said]))

    def say(self, sentence: Sentence, item: Facts | None) -> Said:
        """The sentence filled in; one that cannot be is a problem, and its cell stands in its place for all to see.

        Once all of them together are too long, that is a problem, and nothing more is said.
        """
        if self.left < 0:
            return Said("", ())
        said = say(sentence, with_item(self.names, item), self.formats, self.trace)
        self.left -= len(said.text) if isinstance(said, Said) else 0
        if self.left < 0:
            said = unsaid(sentence, OutOfBounds(f"with it, the paper would be longer than {WORDING:,} characters"))
        if isinstance(said, Said):
            self.problems.extend(said.problems)
            return said
        self.problems.append(said)
        return Said(f"[{sentence.place('text').short}]", ())

    def add_table(self, made: list[Paragraph | Table], sentence: Sentence, key: str, name: str) -> None:
        """A list shown as a table; nothing where the list is empty."""
        items = self.named(sentence, "text", name)
        if items:
            made.append(Table(key, name.casefold(), tuple(row_of(item, self.formats) for item in items)))


def conditions(show_when: str, lists: Mapping[str, object]) -> Sequence[str]:
    """The lists that must hold: `a and no b` is two conditions, unless a list has just that name."""
    text = " ".join(show_when.split()).casefold() or "always"
    return [text] if text in lists else text.split(" and ")


def without_marks(fact: Fact) -> Fact:
    """A fact whose text is free of the marks of a reference."""
    return fact._replace(text=REFERENCE.sub("", fact.text)) if "\ufdd0" in fact.text else fact
