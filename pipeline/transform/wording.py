"""Saying a sentence: a row of the wording sheet, its fields filled in, each with the cells it rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, pass_context
from jinja2.runtime import Context as Names

from pipeline.blocks import Fact
from pipeline.bounds import fitting
from pipeline.fields import pieces
from pipeline.formats import Formats
from pipeline.kinds import Sentence, When
from pipeline.language.sandbox import REASONS, Sandbox, beyond
from pipeline.problems import Place, Problem, error, warning
from pipeline.transform.facts import Facts, Trace
from pipeline.transform.reckoning import Reckoned, Unusual, reckoned

RECORDER = "_recorder"
BLANKS, UNEVEN = re.compile(r"[ \t\n\r]+"), re.compile(r"  |[\t\n\r]")
ASKED = re.compile(r"\{\{[^{}]*\}\}")
OPTIONAL = re.compile(r"\(\[\w+\]\)")  # in the pattern of “fill”, which leaves blank brackets out
HEDGED = re.compile(r"\b(?:if|or|and|not)\b")


class Unprintable(Exception):
    """A field that cannot stand in a sentence as it is; the message says what it is and what to write instead."""


class Recorder:
    """Notes every value as it is printed, with the cells asked for since the value before."""

    def __init__(self, formats: Formats, trace: Trace) -> None:
        self.formats, self.trace = formats, trace
        self.facts: list[Fact] = []

    def printed(self, value: object) -> str:
        """The value as text, noted; raises Unprintable for what is no text."""
        text = self.text(value)
        sources, how = self.trace.take()
        if sources:
            self.facts.append(Fact(text, sources, how))
        return text

    def shown(self, value: object) -> str:
        """What `{{ … }}` prints for a value; nothing for one that an “if” without an “else” left out."""
        if isinstance(value, Undefined):
            self.trace.take()
            return ""
        return self.printed(value)

    def forget(self) -> None:
        """Begins the sentence anew."""
        self.facts.clear()
        self.trace.take()
        self.trace.take_blanks()

    def text(self, value: object) -> str:
        """Days and months in the house style; texts and whole numbers as they are."""
        if isinstance(value, When | dt.date):
            return str(self.formats.day(value))
        if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return str(value)
        if value is None:
            raise Unprintable("is blank")
        if isinstance(value, list | tuple):
            raise Unprintable("is a list: write “| listed” after it")
        if isinstance(value, Facts):
            raise Unprintable(f"is a whole {str(value).strip('[]')}: name one of its fields, after a full stop")
        raise Unprintable("is no text")


@pass_context
def finalize(names: Names, value: object) -> str:
    """What `{{ … }}` prints."""
    recorder = names.get(RECORDER)
    if isinstance(value, StrictUndefined) or not isinstance(recorder, Recorder):
        return str(value)
    return recorder.shown(value)


@lru_cache(maxsize=8)
def environment(formats: Formats) -> Sandbox:
    """The language of wording in one house style."""
    made = Sandbox(undefined=StrictUndefined, finalize=finalize, autoescape=False)
    made.globals.clear()
    made.filters.clear()
    made.filters.update(formats.filters())
    return made


@lru_cache(maxsize=4096)
def compiled(text: str, formats: Formats) -> Template:
    """A sentence ready to be filled; raises TemplateError or Unprintable where it cannot be."""
    if "{%" in text:
        raise Unprintable("“{% … %}” has no place in wording; use “For each” and “Show when”")
    language = environment(formats)
    tree = language.parse(text)
    if any(found.why == "deep" for found in beyond(tree)):  # all else that is refused is refused when it is worked out
        raise Unprintable(REASONS["deep"])
    return language.from_string(tree)


@lru_cache(maxsize=4096)
def parts_of(text: str, formats: Formats) -> tuple[str | Reckoned, ...] | None:
    """A sentence's own words and how each of its fields is worked out; None where Jinja has to fill it."""
    language, found = environment(formats), pieces(text)
    parts = [each if isinstance(each, str) else reckoned(each, language) for each in found or ()]
    return None if found is None or None in parts else tuple(each for each in parts if each is not None)


def filled(text: str, names: Mapping[str, object], recorder: Recorder) -> str:
    """The sentence filled in; raises one of FAULTS, always as Jinja puts it."""
    parts = parts_of(text, recorder.formats)
    if parts is not None:
        try:
            return "".join(fitting(each if isinstance(each, str) else recorder.shown(each(names)) for each in parts))
        except (*FAULTS, Unusual):
            recorder.forget()
    return "".join(fitting(compiled(text, recorder.formats).generate({**names, RECORDER: recorder})))


FAULTS = (Unprintable, TemplateError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence filled in, blank where it is left out. `text` may hold references to appendices, to be numbered."""

    text: str
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...] = ()


def say(sentence: Sentence, names: Mapping[str, object], formats: Formats, trace: Trace) -> Said | Problem:
    """The sentence with its fields filled from `names`, or the problem that kept it from being said.

    One that needs what stands in a blank cell, or a letter that is not to be told of, is left out with a warning there.
    """
    recorder = Recorder(formats, trace)
    recorder.forget()
    try:
        text = filled(sentence.text, names, recorder)
    except FAULTS as fault:
        asked, _ = trace.take()  # since the field before was printed
        missing = [each for each in trace.take_blanks().items() if each[0] in asked]
        return Said("", (), (left_out(sentence, *missing[-1]),)) if missing else unsaid(sentence, fault)
    wording = Fact("", (sentence.place("text"),), "wording")
    unfilled = trace.take_blanks().items()
    holes = (left_blank(sentence, *each) for each in unfilled if is_said(each[1], sentence.text))
    return Said(in_one_line(text), (*recorder.facts, wording), tuple(holes))


def is_said(name: str, text: str) -> bool:
    """Does a sentence name this field in brackets without an “if”, “or” or the like, which ask after a blank cell?"""
    asked = ASKED.findall(OPTIONAL.sub("", text))
    return any(re.search(rf"\b{name}\b", each) and not HEDGED.search(each) for each in asked)


def in_one_line(text: str) -> str:
    """A sentence with one plain blank between words; one that holds them together, or has a width of its own, stays."""
    return (BLANKS.sub(" ", text) if UNEVEN.search(text) else text).strip(" ")


def left_blank(sentence: Sentence, place: Place, name: str) -> Problem:
    """W202: the sentence says what stands in a cell, and nothing does."""
    message = f"Nothing is given for “{name}”, which a sentence of the paper says: {quoted(sentence)}."
    return warning("W202", place, message, "Fill it in.")


def left_out(sentence: Sentence, place: Place, name: str) -> Problem:
    """W203: the sentence cannot be said without what stands in a cell, or without the letter that it leads to."""
    message = f"There is no “{name}” here to tell of, so a sentence is left out of the paper: {quoted(sentence)}."
    return warning("W203", place, message, "Fill it in if it is missing, or accept that the sentence is not said.")


def quoted(sentence: Sentence) -> str:
    """A sentence's beginning, and where it stands."""
    return f"“{sentence.text[:70]}…” (wording sheet, {sentence.place('text').short})"


def unsaid(sentence: Sentence, fault: Exception) -> Problem:
    """The problem of a sentence that could not be said, in plain words."""
    reason = str(fault) if isinstance(fault, Unprintable | ValueError) else plain_reason(fault)
    return error(
        "W201",
        sentence.place("text"),
        f"The sentence “{sentence.text[:70]}…” could not be written: {reason}.",
        "Correct the field named in double curly brackets, or say in “Show when” on which months the sentence stands.",
    )


def plain_reason(fault: Exception) -> str:
    """Why, without the machinery's own words."""
    text = str(getattr(fault, "message", None) or fault)
    quoted = [part for part in text.split("'")[1::2] if part.isidentifier()]
    if "unsafe" in text:
        return f"“{quoted[0]}” may not be named here" if quoted else "something in it may not be named here"
    if "undefined" in text or "has no attribute" in text:
        return (
            f"there is no “{quoted[-1]}” to fill in this month"
            if quoted
            else "a field has nothing to fill in this month"
        )
    if "filter" in text:
        return f"there is no filter “{quoted[0]}”" if quoted else "a filter is not known"
    return "a field or bracket in it is not as it should be"
