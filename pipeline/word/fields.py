"""The fields of a story: their marks, the leaves of their code, and those of a result that nobody sees."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.word.field_text import LAYOUT, FieldText, Form, beside_result, chosen_of, kind_of, without_result
from pipeline.word.styles import is_set
from pipeline.word.xml import RUN, VAL, Element, characters, qn

MARK, CODE, SIMPLE = qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")
_KIND = qn("w:fldCharType")
_OBJECTS = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
_AN_OBJECT = "\ufffc"
_LONGEST_RESULT = 2000


@dataclass
class Field:
    """A complex field: its marks, and the leaves of its code and of its result as far as these do not simply show.

    `unseen` does not show, `counted` is a number that pages decide. `own` is what it shows in the place of a result,
    `amiss` what is wrong with the result that it shows. `is_unseen`: it stands in the code, or the unseen result, of a
    field around it.
    """

    outer: Field | None
    marks: list[Element] = field(default_factory=list)
    coded: list[Element] = field(default_factory=list)
    unseen: list[Element] = field(default_factory=list)
    counted: list[Element] = field(default_factory=list)
    shows: bool = False
    result: str = ""
    own: FieldText | None = None
    amiss: FieldText | None = None
    nested_in_code: bool = False
    is_unseen: bool = False
    is_counted: bool = False

    @property
    def code(self) -> str:
        """The code as one text, blanks made single."""
        return " ".join("".join(each.text or "" for each in self.coded if each.tag == CODE).split())

    @property
    def in_code(self) -> bool:
        """Is what comes now part of a code, its own or that of a field around it?"""
        return not self.shows or self.nested_in_code

    @property
    def hides(self) -> bool:
        """Is what comes now seen by nobody?"""
        return self.in_code or self.own is not None or self.is_unseen

    def hold(self, leaf: Element) -> None:
        """Takes a child of a run that stands in the field."""
        if self.in_code:
            self.coded.append(leaf)
            return
        if self.hides:
            self.unseen.append(leaf)
        elif self.is_counted:
            self.counted.append(leaf)
        self.tell(_AN_OBJECT if leaf.tag in _OBJECTS else characters(leaf))

    def tell(self, text: str) -> None:
        """Adds to the result: of a long one, its beginning is enough to know."""
        self.result = (self.result + text)[:_LONGEST_RESULT]

    def turn(self, mark: Element) -> None:
        """Takes one of its marks: with the second, or the last, the code is complete."""
        self.marks.append(mark)
        kind = mark.get(_KIND)
        if kind != "begin" and not self.shows:
            named, run = kind_of(self.code), self.marks[0].getparent()
            font = own_font(run) if named == "SYMBOL" and run is not None else ""
            self.own = without_result(self.code, form_of(self.marks[0]), font)
            self.is_counted = named in LAYOUT
        if kind == "separate":
            self.shows = True
        elif kind == "end":
            result = self.result if self.shows else None
            self.amiss = None if self.own else beside_result(self.code, result, form_of(self.marks[0]))
            if self.outer is not None and not self.nested_in_code:
                self.outer.tell(self.own.text if self.own else self.result or ("0" if self.amiss else ""))


def fields_in(root: Element) -> list[Field]:
    """Every complex field of a story that both begins and ends, in the order in which they begin."""
    found: list[Field] = []
    inner: Field | None = None
    finished = _finished(root)
    for leaf in root.iter():
        if leaf.tag == MARK:
            if leaf.get(_KIND) == "begin" and leaf in finished:
                inner = _opened(inner)
                found.append(inner)
            if inner is not None:
                inner.turn(leaf)
                inner = inner.outer if leaf.get(_KIND) == "end" else inner
        elif inner is not None and _is_leaf(leaf):
            inner.hold(leaf)
    return found


def codes_in(root: Element) -> list[str]:
    """The codes of all fields of a story, simple ones too."""
    simple = [each.get(qn("w:instr"), "") for each in root.iter(SIMPLE)]
    return [each.code for each in fields_in(root)] + simple


def form_of(begin: Element) -> Form | None:
    """What is kept behind an old form field, in its first mark."""
    data = begin.find(qn("w:ffData"))
    if data is None:
        return None
    choices, text = data.find(qn("w:ddList")), data.find(qn("w:textInput"))
    entries = () if choices is None else tuple(each.get(VAL, "") for each in choices.iterfind(qn("w:listEntry")))
    return Form(
        _is_ticked(data.find(qn("w:checkBox"))),
        entries,
        chosen_of(entries, _value(choices, "w:result"), _value(choices, "w:default")),
        _value(text, "w:default") if _value(text, "w:type") in {"", "regular"} else "",
    )


def _is_ticked(box: Element | None) -> bool | None:
    """None where there is no box; what it was made with counts until somebody clicks it."""
    if box is None:
        return None
    return is_set(box, "w:default" if box.find(qn("w:checked")) is None else "w:checked")


def own_font(run: Element) -> str:
    """The font that a run itself names, `` where it names none."""
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return "" if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""


def _value(element: Element | None, name: str) -> str:
    found = None if element is None else element.find(qn(name))
    return "" if found is None else found.get(VAL, "")


def _opened(outer: Field | None) -> Field:
    if outer is None:
        return Field(None)
    return Field(outer, nested_in_code=outer.in_code, is_unseen=outer.hides)


def _finished(root: Element) -> set[Element]:
    """The beginnings that have an end: an unfinished field must not swallow what follows it."""
    waiting, finished = [], set()
    for mark in root.iter(MARK):
        if mark.get(_KIND) == "begin":
            waiting.append(mark)
        elif mark.get(_KIND) == "end" and waiting:
            finished.add(waiting.pop())
    return finished


def _is_leaf(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == RUN and element.tag != qn("w:rPr")
