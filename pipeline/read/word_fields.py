"""The fields that are open while a Word file is read from front to back: what shows of them, and what is amiss."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.read.word_styles import is_on, value_of
from pipeline.word.fields import FieldText, Form, beside_result, chosen_of, kind_of, without_result

FIELD_PARTS = frozenset({"fldChar", "fldSimple", "instrText", "ffData"})
_LONGEST_RESULT = 2000


@dataclass(slots=True)
class _Data:
    """What stands behind an old form field, as it is read."""

    ticked: dict[str, bool] = field(default_factory=dict)
    choices: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    kind: str = ""

    def take(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"checkBox", "ddList", "textInput"}:
            self.kind = name
        elif self.kind == "checkBox" and name in {"checked", "default"}:
            self.ticked[name] = is_on(attributes)
        elif name == "listEntry":
            self.choices.append(value_of(attributes))
        else:
            self.values[name] = value_of(attributes)

    def form(self) -> Form:
        box = self.ticked.get("checked", self.ticked.get("default", False)) if self.kind == "checkBox" else None
        chosen = chosen_of(self.choices, self.values.get("result", ""), self.values.get("default", ""))
        typed = self.kind == "textInput" and self.values.get("type", "") in {"", "regular"}
        return Form(box, tuple(self.choices), chosen, self.values.get("default", "") if typed else "")


@dataclass(slots=True)
class _Open:
    code: str = ""
    data: _Data | None = None
    result: str | None = None
    own: FieldText | None = None

    @property
    def shows(self) -> bool:
        """Is what comes now its result, and seen?"""
        return self.result is not None and self.own is None


class OpenFields:
    """The fields that have begun and not ended, the outermost first."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.in_code = self.in_form = False

    @property
    def are_seen(self) -> bool:
        """Does text that comes now show?"""
        return all(each.shows for each in self.open)

    def start(self, name: str, attributes: dict[str, str]) -> FieldText | None:
        """Takes the start of one of FIELD_PARTS; what is to be shown or told of a field then, if it is seen."""
        self.in_code, self.in_form = name == "instrText", name == "ffData"
        if name == "fldChar":
            return self.turn(value_of(attributes, "fldCharType"))
        if name == "fldSimple":
            self.turn("begin")
            self.code(value_of(attributes, "instr"))
            return self.turn("separate")
        return None

    def end(self, name: str) -> FieldText | None:
        """Takes the end of one of FIELD_PARTS, likewise."""
        self.in_code = self.in_form = False
        return self.turn("end") if name == "fldSimple" else None

    def data(self, name: str, attributes: dict[str, str]) -> None:
        """Takes an element that stands in the data of an old form field."""
        if self.open:
            self.open[-1].data = self.open[-1].data or _Data()
            self.open[-1].data.take(name, attributes)

    def code(self, text: str) -> None:
        """Takes a piece of a field's code."""
        if self.open and self.open[-1].result is None:
            self.open[-1].code += text

    def text(self, text: str) -> None:
        """Takes text that is seen."""
        if self.open:
            self.open[-1].result = ((self.open[-1].result or "") + text)[:_LONGEST_RESULT]

    def turn(self, what: str) -> FieldText | None:
        """Takes the beginning, the parting or the end of a field; what is to be shown or told of it then, if seen."""
        if what == "begin":
            self.open.append(_Open())
            return None
        if not self.open:
            return None
        last = self.open[-1]
        says = None if last.own or last.result is not None else self._completed(last)
        if what == "separate":
            last.result = last.result or ""
        elif what == "end":
            self.open.pop()
            if last.own is None:
                says = _amiss(last)
            self._tell_outer(last)
        outer = self.open[:-1] if what == "separate" else self.open
        return says if all(each.shows for each in outer) else None

    def _completed(self, last: _Open) -> FieldText | None:
        last.own = without_result(last.code, _form(last))
        return last.own

    def _tell_outer(self, last: _Open) -> None:
        if self.open and self.open[-1].result is not None:
            self.text(last.own.text if last.own else last.result or "")


def _amiss(last: _Open) -> FieldText | None:
    """What is amiss with a result; a comment’s numbers are not counted."""
    says = beside_result(last.code, last.result, _form(last))
    return FieldText("unread", kind_of(last.code)) if says and says.kind == "number" else says


def _form(one: _Open) -> Form | None:
    return None if one.data is None else one.data.form()
