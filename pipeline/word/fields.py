"""What a field shows by its code, by the form behind it, or by its stored result.

Most fields print the result that is stored behind their code. Some print what their code or the old form behind them
says, whatever is stored (ECMA-376 part 1, 17.16.5); some print nothing; some only Word can work out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from pipeline.blocks import MARK_PREFIX
from pipeline.patterns import Pattern
from pipeline.word.signs import is_symbol_font, symbol
from pipeline.word.styles import font_in, is_set
from pipeline.word.xml import VAL, Element, qn

MARK, CODE, SIMPLE, MARK_KIND = map(qn, ("w:fldChar", "w:instrText", "w:fldSimple", "w:fldCharType"))
Kind = Literal["text", "number", "prompt", "unread"]

TICKED, UNTICKED = "☒", "☐"
EMPTY = "A form field"
_PROPERTIES = qn("w:rPr")
LAYOUT = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF"})
LIVE = LAYOUT - {"PAGEREF"}
_SILENT = frozenset("XE TC TA RD SET ASK ADVANCE PRINT PRIVATE NEXT NEXTIF SKIPIF".split())  # noqa: SIM905
_SILENT_WITHOUT_RESULT = frozenset({"", "ADDIN"})
_NEVER_BLANK_WORDS = (
    "SEQ REF NOTEREF PAGEREF STYLEREF TOC TOA INDEX BIBLIOGRAPHY CITATION DATE TIME CREATEDATE SAVEDATE PRINTDATE "
    "NUMWORDS NUMCHARS FILENAME FILESIZE EDITTIME REVNUM = BARCODE DISPLAYBARCODE MERGEBARCODE EQ LISTNUM AUTONUM "
    "AUTONUMLGL AUTONUMOUT SYMBOL FORMCHECKBOX FORMDROPDOWN CONTROL HTMLCONTROL"
)
_NEVER_BLANK = frozenset(_NEVER_BLANK_WORDS.split())
_ASKS = Pattern(
    r"please\s|click\b|(?:choose|select|pick|enter|type|insert)(?:$|\s(?:an?|one|from|here|the|your)\b)", re.IGNORECASE
)
_BRACKETED = Pattern(r"[\[<{].*[\]>}]|[-–.…_*?]*", re.DOTALL)
_REFERENCE = Pattern(rf"\s*REF\s+({MARK_PREFIX}\w+)")
_SYMBOL = re.compile(r'SYMBOL\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_FONT = re.compile(r'\\f\s*(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_BUTTON = re.compile(r'\w+\s+(?:"[^"]*"|\S+)\s?(.*)', re.DOTALL)
_NUMBERED = re.compile(
    r'(AUTONUM|AUTONUMLGL)(?:\s+\\\*\s+(?:Arabic|MERGEFORMAT)|(\s+\\e)|\s+\\s\s*"?([^\s"])"?)*', re.IGNORECASE
)


class Form(NamedTuple):
    """What Word keeps behind an old form field: its tick, the choices and which is chosen (from 0), its first text."""

    ticked: bool | None = None
    choices: tuple[str, ...] = ()
    chosen: int = 0
    first_text: str = ""


class FieldText(NamedTuple):
    """What a field shows: its text; or a number (`text` is what follows it); or a prompt, or what nobody can tell."""

    kind: Kind
    text: str = ""


def kind_of(code: str) -> str:
    """The first word of a field's code in capitals: `FORMTEXT`; `=` for a sum."""
    words = code.split(None, 1)
    return "" if not words else "=" if words[0].startswith("=") else words[0].upper()


def without_result(code: str, form: Form, font: str) -> FieldText | None:
    """What a field shows whatever result is stored behind it; None where it shows that result.

    `font` is the font of the field's own code, by which a SYMBOL is read that names none.
    """
    shows = _SHOWS.get(kind_of(code))
    return shows(code, form, font) if shows else None


def _button(code: str, _: Form, __: str) -> FieldText:
    found = _BUTTON.match(code.strip())
    words = found[1].strip() if found else ""
    return FieldText("prompt" if words and kind_of(code) == "MACROBUTTON" else "text", words)


def _tick(_: str, form: Form, __: str) -> FieldText | None:
    return None if form.ticked is None else FieldText("text", TICKED if form.ticked else UNTICKED)


def _choice(_: str, form: Form, __: str) -> FieldText | None:
    if not 0 <= form.chosen < len(form.choices):
        return None
    chosen = form.choices[form.chosen]
    return FieldText("prompt" if asks(chosen) else "text", chosen)


def _sign(code: str, _: Form, font: str) -> FieldText | None:
    found, named = _SYMBOL.match(code.strip()), _FONT.search(code)
    number = _number_in(found[1] if found[1] is not None else found[2]) if found else None
    switches = set(re.findall(r"\\([a-z])\b", _FONT.sub("", code.casefold())))
    if number is None or "j" in switches:
        return None
    used = (named[1] if named[1] is not None else named[2]) if named else font
    sign = symbol(used, number) if is_symbol_font(used) or "u" in switches else _of_windows(number)
    return FieldText("text", sign) if sign else None


def _of_windows(number: int) -> str:
    return bytes([number]).decode("cp1252", "ignore") if 0x20 <= number < 0x100 else ""


def _number_in(told: str) -> int | None:
    if len(told) == 1 and not told.isdecimal():
        return ord(told)
    try:
        return int(told, 16 if told[:2].casefold() == "0x" else 10) if len(told) < 9 else None
    except ValueError:
        return None


_SHOWS: dict[str, Callable[[str, Form, str], FieldText | None]] = {
    **dict.fromkeys(_SILENT, lambda *_: FieldText("text")),
    "MACROBUTTON": _button,
    "GOTOBUTTON": _button,
    "FORMCHECKBOX": _tick,
    "FORMDROPDOWN": _choice,
    "SYMBOL": _sign,
}


def beside_result(code: str, result: str | None, form: Form) -> FieldText | None:
    """What is amiss with a field that shows its result, None where that is all it shows.

    `result` is what is stored, None where nothing can be. A number is one that Word counts and has not stored.
    """
    kind, shown = kind_of(code), "" if result is None else result.strip()
    if kind == "FORMTEXT":
        return FieldText("prompt", shown or EMPTY) if shown in {"", form.first_text.strip()} else None
    if shown or kind in LIVE:
        return None
    needs_one = kind in _NEVER_BLANK if result is not None else kind not in _SILENT_WITHOUT_RESULT
    return (_counted(code) or FieldText("unread", kind)) if needs_one else None


def _counted(code: str) -> FieldText | None:
    found = _NUMBERED.fullmatch(" ".join(code.split()))
    if found is None:
        return None
    return FieldText("number", "" if found[2] and found[1].upper() == "AUTONUMLGL" else found[3] or ".")


def reference(code: str) -> str:
    """The mark that a field's code refers to (`REF _cp_... \\r \\h`), `` where it is not a reference to one of ours."""
    found = _REFERENCE.match(code)
    return found[1] if found else ""


def asks(choice: str) -> bool:
    """Does an entry of a drop-down only ask to choose one of the others?"""
    return bool(_ASKS.match(choice.strip()) or _BRACKETED.fullmatch(choice.strip()))


def chosen_of(choices: Sequence[str], result: str, default: str) -> int:
    """The place of the chosen entry, of which Word keeps the number, or nothing where it is the first."""
    told = result or default or "0"
    return int(told) if told.isdecimal() and len(told) < 4 else len(choices)


def form_of(begin: Element) -> Form:
    """What is kept behind an old form field, in its first mark; of any other field nothing."""
    data = begin.find(qn("w:ffData"))
    if data is None:
        return Form()
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
    fonts = run.find(f"{_PROPERTIES}/{qn('w:rFonts')}")
    return "" if fonts is None else font_in(fonts)


def _value(element: Element | None, name: str) -> str:
    found = None if element is None else element.find(qn(name))
    return "" if found is None else found.get(VAL, "")
