"""The proof before a paper is handed over: everything that was to be said is said, in order, and Word can open it.

It works on the finished bytes, with its own reader, and knows nothing of how they were made, but where in them values
were put. Its by-product is the baseline: what the paper says, block by block, as it was read
back, and where in it its facts stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.baseline import Written
from pipeline.blocks import Table
from pipeline.opc import Deflated, Package, Unsound
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.render.found import Found, read_back
from pipeline.render.output import Filled
from pipeline.render.reading import Misplaced
from pipeline.render.wanted import Known, Wanted

_NOT_HANDED_OVER = "The paper was not handed over."
_TAG = re.compile(r"\{\{|\{%|\{#")
_TAG_STARTS = ("{{", "{%", "{#")
_NOT_SAID = ("None", "nan", "NaN", "NaT", "undefined", " object at 0x", "datetime.", "Timestamp(", "(key=")
_REPORT = "Please report this as a fault of the program, with the template and this message."


class Expected(NamedTuple):
    """What the paper of a template must hold: part by part, the document first; the marks of the template's `own`, its
    page set-ups, what stands in its parts, and the single fields.
    """

    name: str
    parts: Mapping[str, Wanted]
    own: Mapping[str, Known]
    sections: tuple[str, ...]
    sources: Mapping[str, Sequence[object]]
    fields: Mapping[str, str]

    @property
    def document(self) -> str:
        """The name of the part that holds the text."""
        return next(iter(self.parts))


def prove_parts(expected: Expected, filled: Mapping[str, Filled]) -> tuple[tuple[Written, ...], tuple[Written, ...]]:
    """The blocks of the paper as read back from its parts, and what prints facts beside them: headers, footers, boxes.

    Raises PaperError (P901-P910), with all that is wrong.
    """
    proof = _Proof(expected)
    tried = {part: proof.read(part, content) for part, content in filled.items()}
    readings = {part: reading for part, reading in tried.items() if reading}
    if not proof.problems:
        for part, reading in readings.items():
            proof.part(part, reading)
        proof.document(readings[expected.document])
    if proof.problems:
        raise PaperError(proof.problems)
    return tuple(proof.written(readings[expected.document])), tuple(proof.beside(readings))


def prove_package(content: bytes, parts: Mapping[str, Deflated], ready: Mapping[str, Deflated]) -> None:
    """Does the file hold just these parts, and do they unpack again? Those that were `ready`, packed when the template
    was, need only be the same bytes still. Raises PaperError (P910) where not.
    """
    try:
        package = Package(content)
        found = package.checksums()
        for name in found.keys() & parts:
            if ready.get(name) is not parts[name] or package.packed(name) != parts[name].data:
                package[name]
    except Unsound as reason:
        raise PaperError(_damaged(Place(), f"the file cannot be unpacked again ({reason})")) from reason
    wrong = {name for name, part in parts.items() if found.get(name) != (part.crc, part.size)} | found.keys() - parts
    if wrong:
        raise PaperError(_damaged(Place(), f"“{', '.join(sorted(wrong))}” is not what was written"))


def _damaged(place: Place, what: str) -> Problem:
    return error("P910", place, f"Word could not open the paper: {what}. {_NOT_HANDED_OVER}", _REPORT)


class _Proof:
    def __init__(self, expected: Expected) -> None:
        self.expected, self.parts = expected, expected.parts
        self.problems, self.place = list[Problem](), Place(file=expected.name)
        self.wanted = expected.parts[expected.document]
        self.said = frozenset(self.wanted.texts)

    def fault(self, code: str, message: str, cure: str) -> None:
        self.problems.append(error(code, self.place, f"{message} {_NOT_HANDED_OVER}", cure))

    def read(self, part: str, filled: Filled) -> Found | None:
        wanted = self.parts[part]
        values = list(zip(filled.starts, wanted.printed, strict=False))
        try:
            return read_back(filled.content, wanted.blocks, values)
        except (Unsound, Misplaced) as reason:
            self.problems.append(_damaged(self.place, f"in “{part}”, {reason.__cause__ or reason}"))
            return None

    def part(self, part: str, reading: Found) -> None:
        """What holds of every part: sound tables and fields, no tag left, nothing a program would say."""
        texts = [text for item in reading.items for text in item.texts]
        whole = "\n".join(texts)
        for code, text in reading.faults:
            self._structure(code, text)
        self._leftovers("\n".join([text for text in texts if text not in self.said]))
        for name, value in dict.fromkeys(self.parts[part].anywhere):
            if value not in whole:
                self.fault("P901", f"The field “{name}” is not in the paper: “{_cut(value)}”.", _REPORT)
        self._in_order(self.parts[part].texts, texts, whole)

    def document(self, reading: Found) -> None:
        """What holds of the document: every block under its mark, references that lead somewhere, pages as set up."""
        self._marks(reading)
        for name in set(reading.references).difference(reading.names):
            if name:
                self.fault(
                    "P908",
                    "A reference leads to an appendix that is not in the paper.",
                    "Let the template print the section that lists the appendices.",
                )
        wanted = self.expected.sections
        found = tuple(tag for tag in reading.sections if tag in wanted)
        if found != wanted or not reading.ends:
            self.fault(
                "P909",
                "A page set-up, header or footer of the template is missing.",
                "Move the tags out of the paragraph that ends a section.",
            )

    def _structure(self, code: str, text: str) -> None:
        near = f"near “{_cut(text)}”" if text else "in a table"
        message, cure = {
            "P904": (f"A table cell holds no paragraph, {near}.", "Put the condition inside the cell's paragraph."),
            "P905": (f"The paper has {text}.", "Put the loop's tags in rows of their own, below a heading row."),
            "P906": (
                f"A table row has more or fewer cells than the table has columns, {near}.",
                "Open and close each loop over cells in one row.",
            ),
            "P907": (f"The paper has {text}.", "Take the bookmark out of the loop in the template."),
            "P908": (f"The paper has {text}.", "Keep fields and tags apart in the template."),
        }[code]
        self.fault(code, message, cure)

    def _leftovers(self, whole: str) -> None:
        if "{" in whole and any(start in whole for start in _TAG_STARTS):
            self._report("P902", _TAG.search(self._without_data(whole)))
        for word in _NOT_SAID:
            if word in whole and word not in self._said():
                self._report("P903", _whole_word(word).search(whole))

    def _report(self, code: str, found: re.Match[str] | None) -> None:
        if found:
            around = found.string[max(found.start() - 10, 0) : found.end() + 30].strip()
            self.fault(
                code,
                f"The paper would read “{around}”, which is not meant for a reader.",
                "Correct the tag in the template.",
            )

    def _without_data(self, whole: str) -> str:
        values = {*self.expected.fields.values(), *self.wanted.texts}
        for value in sorted((one for one in values if _TAG.search(one)), key=len, reverse=True):
            whole = whole.replace(value, "")
        return whole

    def _said(self) -> str:
        """All that the template and the context say themselves: an officer may well be called Nan."""
        own = (text for part in self.expected.sources.values() for text in part if isinstance(text, str))
        return "\n".join((*own, *self.expected.fields.values(), *self.wanted.texts))

    def _in_order(self, wanted: Sequence[str], texts: Sequence[str], whole: str) -> None:
        left = iter(texts)
        if all(text in left for text in wanted):  # each a paragraph or a cell of its own
            return
        at = 0
        for text in wanted:
            found = whole.find(text, at)
            if found < 0:
                where = "is not in the paper" if text not in whole else "is not in the paper in its order"
                self.fault(
                    "P901", f"A text {where}: “{_cut(text)}”.", "Let the template print every block of the section."
                )
            else:
                at = found + len(text)

    def _marks(self, reading: Found) -> None:
        if len(set(reading.names)) < len(reading.names):
            self._twice(Counter(reading.names))
        for table in self.wanted.unshown:
            self._unshown(table)
        said = {item.mark: item.texts[0] for item in reading.items if item.mark}
        for name in self.wanted.marks:
            known = self.wanted.known[name]
            if name not in said or known.text not in said[name]:
                self.fault(
                    "P901",
                    f"A text is not in the paper: “{_cut(known.text or known.key)}”.",
                    "Let the template print every block of the section.",
                )

    def _unshown(self, table: Table) -> None:
        """A list without a design; a table that somebody sent, where a loop runs within a line."""
        said = f"Nothing in the template shows the list “{table.list}”."
        cure = f"Add a table between “{{%p if block.list == '{table.list}' %}}” and “{{%p endif %}}”."
        if table.is_drawn and (section := table.key.partition("/")[0]):
            said = f"A table stands in the Word file of the section “{section}”, and the template has no place for it."
            cure = f"Put “{{%p for block in {section} %}}” and “{{%p endfor %}}” in lines of their own."
        self.fault("P901", said, cure)

    def _twice(self, names: Counter[str]) -> None:
        for name in (name for name, count in names.items() if count > 1):
            known = self.wanted.known.get(name)
            what = f"“{_cut(known.text or known.key)}”" if known else f"the bookmark “{name}”"
            self.fault("P907", f"The paper has {what} twice.", "Print each section in one place of the template only.")

    def known(self, mark: str) -> Known | None:
        """What a mark of the document stands for."""
        return self.wanted.known.get(mark) or self.expected.own.get(mark)

    def written(self, reading: Found) -> Iterator[Written]:
        """The blocks as read back, in document order; what has no mark of ours is left out."""
        tables: dict[tuple[int, ...], str] = {}
        for mark, texts, number, facts in reading.items:
            if known := self.known(mark):
                table = known.table or (tables.setdefault(number, known.key) if number else "")
                yield Written(known.key, texts, table, facts)

    def beside(self, readings: Mapping[str, Found]) -> Iterator[Written]:
        """What prints facts and is no block: `header1.xml/2`, the second paragraph or row of that part."""
        for part, reading in readings.items():
            for number, item in enumerate(reading.items, 1):
                known = self.known(item.mark) if part == self.expected.document else None
                if item.facts and known is None:
                    yield Written(f"{part.rpartition('/')[2]}/{number}", item.texts, "", item.facts)


def _whole_word(word: str) -> re.Pattern[str]:
    before, after = (r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else "")
    return re.compile(before + re.escape(word) + after)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
