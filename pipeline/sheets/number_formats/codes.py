"""The language of number formats (ECMA-376 part 1, 18.8.31): a code is parsed into the sections it consists of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.sheets.number_formats.sections import GENERAL, Choice, Condition, Format, Kind, Part, Section

LONGEST = 255  # Excel takes no longer code
FILLED = "it repeats a character until the cell is full"
NUMERALS = "it writes the numerals or the calendar of another language"
NAMES = "it names months, days or halves of the day in another language"
UNKNOWN = "part of it is not understood"
TOO_LONG = f"it is longer than the {LONGEST} characters that Excel takes"

_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|\\.?) | (?P<pad>_.?) | (?P<fill>\*.?) | (?P<bracket>\[[^\]]*\]?) | (?P<general>general)
    | (?P<half>am/pm|a/p) | (?P<exponent>e[+-]) | (?P<moment>y+|m+|d+|h+|s+|e+|b+|g+) | (?P<digit>[0#?])
    | (?P<nine>[1-9]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@) | (?P<end>;)
    | (?P<other>.)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d{1,2})\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*([+-]?[0-9]{1,20}(?:\.[0-9]{0,20})?(?:[eE][+-]?[0-9]{1,3})?)\s*\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Za-z]{1,8}(?:-[0-9A-Za-z]{1,8}){0,3}))?(?:,[^\]]*)?\]")
_COMPUTERS_OWN = re.compile(r"\[\$-(?:(F800|x-sysdate)|(F400|x-systime))\]", re.IGNORECASE)
_LONG_DATE, _LONG_TIME = "dd mmmm yyyy", "hh:mm:ss"
_ENGLISH, _FOREIGN = (0, 9), 1
_PLACES = ("digit", "nine", "comma", "point")
_SHAPE = {"digit": "d", "nine": "n", "slash": "/", "exponent": "e"}
_FRACTION = re.compile("d+/[dn]+")


@lru_cache(maxsize=4096)
def parse(code: str) -> Format:
    """The format that a code means; one that Excel would refuse is read as far as it makes sense, and unsure."""
    if not 0 < len(code) <= LONGEST:
        return Format((Choice(None, GENERAL, True),), unsure=TOO_LONG if code else "")
    found = [_section(tokens) for tokens in _sections(code)]
    numbers, text = found[:3], found[3] if len(found) > 3 else None
    if text is None and found[-1].kind == "text":
        numbers, text = found[:-1], found[-1]
    return Format(_choices(numbers or [GENERAL]), text, UNKNOWN if len(found) > 4 else "")


def _choices(sections: list[Section]) -> tuple[Choice, ...]:
    first = sections[0]
    if not any(each.condition for each in sections):
        return _by_sign(sections)
    condition = first.condition or Condition(">", Decimal(0))
    others = sections[1:] or [GENERAL]
    choices = [Choice(condition, first, not condition.below_nought_only())]
    for each in others:
        minus = not (each.condition and each.condition.below_nought_only())
        if len(others) == 1 and each.condition is None:
            minus = condition.leaves_both()
        choices.append(Choice(each.condition, each, minus))
    return tuple(choices)


def _by_sign(sections: list[Section]) -> tuple[Choice, ...]:
    if len(sections) == 1:
        return (Choice(None, sections[0], True),)
    above = Condition(">=" if len(sections) == 2 else ">", Decimal(0))
    below = Choice(Condition("<", Decimal(0)), sections[1], False)
    return (Choice(above, sections[0], False), below, *(Choice(None, each, False) for each in sections[2:]))


def _sections(code: str) -> Iterator[list[Part]]:
    parts: list[Part] = []
    for match in _TOKEN.finditer(code):
        if match.lastgroup == "end":
            yield parts
            parts = []
        else:
            parts.append(Part(str(match.lastgroup), match.group()))
    yield parts


def _section(tokens: Sequence[Part]) -> Section:
    """The section that the tokens between two semicolons make."""
    brackets = [text for kind, text in tokens if kind == "bracket"]
    if own := next((match for text in brackets if (match := _COMPUTERS_OWN.fullmatch(text))), None):
        return _moment(next(_sections(_LONG_DATE if own[1] else _LONG_TIME)), None, "")
    parts = [part for token in tokens if (part := _part(*token))]
    found = (match for text in brackets if (match := _CONDITION.fullmatch(text)))
    condition = next((Condition(match[1], Decimal(match[2])) for match in found), None)  # type: ignore[arg-type]
    unsure = next((why for token in tokens if (why := _unsure(*token))), "")
    if any(part.kind in ("moment", "elapsed", "half") for part in parts):
        return _moment(parts, condition, unsure, all(_language(text) & 0x3FF in _ENGLISH for text in brackets))
    return _not_a_moment(parts, condition, unsure)


def _part(kind: str, text: str) -> Part | None:
    """The part of a section that a token is; none for colours, conditions, and for what only fills the cell."""
    if kind == "literal":
        return Part(kind, text[1:].removesuffix('"') if text[0] == '"' else text[1:])
    if kind == "bracket":
        elapsed, currency = _ELAPSED.fullmatch(text), _CURRENCY.fullmatch(text)
        found = Part("elapsed", elapsed[1].lower()) if elapsed else None
        return Part("literal", currency[1]) if currency else found
    return None if kind == "fill" else Part(kind, " ") if kind == "pad" else Part(kind, text)


def _unsure(kind: str, text: str) -> str:
    """Why what a token shows is not sure; blank where it is."""
    if kind == "fill" and text[1:].strip():
        return FILLED
    if kind == "bracket" and _language(text) >> 16:
        return NUMERALS
    known = (_COLOUR, _CONDITION, _ELAPSED, _CURRENCY)
    return UNKNOWN if kind == "bracket" and not any(each.fullmatch(text) for each in known) else ""


def _language(bracket: str) -> int:
    """The number of a language, numerals and calendar, as in `[$-809]`, or of a name, as in `[$-en-GB]`; 0 for none."""
    match = _CURRENCY.fullmatch(bracket)
    told = (match[2] if match else "") or "0"
    if re.fullmatch("[0-9A-Fa-f]+", told):
        return int(told, 16)
    return _ENGLISH[-1] if told.casefold().split("-")[0] in ("en", "x") else _FOREIGN


def _not_a_moment(parts: list[Part], condition: Condition | None, unsure: str) -> Section:
    kinds = {part.kind for part in parts}
    kept: Kind = "general" if "general" in kinds else "text" if "text" in kinds else "literal"
    if kept == "literal" and "digit" in kinds:
        return _number(parts, condition, unsure)
    return Section(tuple(_plain(parts, kept)), kept, condition, unsure=unsure)


# -- numbers ----------------------------------------------------------------------------------------------------------


def _number(parts: list[Part], condition: Condition | None, unsure: str) -> Section:
    """Each place is told to stand before the point, after it, or in the power; each comma to group or to divide."""
    if fraction := _fraction(parts):
        return Section(fraction, "fraction", condition, unsure=unsure)
    first = next(at for at, part in enumerate(parts) if part.kind == "digit")
    exponent = next((at for at, part in enumerate(parts) if part.kind == "exponent" and at > first), len(parts))
    point = next((at for at, part in enumerate(parts) if part.kind == "point"), len(parts))
    after = range(first + 1, len(parts))
    commas = frozenset(at for at in after if parts[at].kind == "comma" and parts[at - 1].kind in _PLACES)
    kept = tuple(_placed(at, part, point, exponent) for at, part in enumerate(parts) if at not in commas)
    grouped, power = _by_commas(parts, commas, point, exponent)
    power += 2 * sum(part.kind == "percent" for part in parts)
    if exponent < len(parts):
        return Section(kept, "scientific", condition, 0, grouped, unsure)
    return Section(kept, "number", condition, power, grouped, unsure)


def _by_commas(parts: Sequence[Part], commas: Collection[int], point: int, exponent: int) -> tuple[bool, int]:
    """Do commas group the digits, and by which power of ten do those behind the last digit multiply?"""
    digits = [at for at, part in enumerate(parts) if part.kind == "digit" and at < exponent]
    last_whole = max((at for at in digits if at < point), default=-1)
    grouped = any(at < last_whole and parts[at + 1].kind in _PLACES for at in commas)
    return grouped, -3 * sum(at > last_whole and (at > digits[-1] or at < point) for at in commas)


def _placed(at: int, part: Part, point: int, exponent: int) -> Part:
    if part.kind == "digit":
        return Part("power" if at > exponent else "decimal" if at > point else "whole", part.text)
    return part if at in (point, exponent) or part.kind == "pad" else Part("literal", part.text)


def _fraction(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a fraction, its places above and below the line as one part each; nothing where it is none."""
    shape = "".join(_SHAPE.get(part.kind, " ") for part in parts)
    found = _FRACTION.search(shape)
    if not found or "e" in shape:
        return ()
    before = (Part("whole" if part.kind == "digit" else part.kind, part.text) for part in parts[: found.start()])
    above, _, below = "".join(part.text for part in parts[found.start() : found.end()]).partition("/")
    return (*_plain(before, "whole"), Part("above", above), Part("below", below), *_plain(parts[found.end() :], ""))


def _plain(parts: Iterable[Part], kept: str) -> Iterator[Part]:
    return (part if part.kind in (kept, "pad") else Part("literal", part.text) for part in parts)


# -- dates and times --------------------------------------------------------------------------------------------------


def _moment(parts: Sequence[Part], condition: Condition | None, unsure: str, english: bool = True) -> Section:
    """m is minutes after hours and before seconds, else the month; noughts after a point are parts of a second."""
    found: list[Part] = []
    last = -1
    for kind, text in parts:
        before = found[last] if last >= 0 else Part("")
        if kind in ("moment", "exponent"):
            letters = text.lower().rstrip("+-")
            if letters[0] == "s" and before.kind == "moment" and before.text in ("m", "mm"):
                found[last] = Part("minute", before.text)
            minute = letters in ("m", "mm") and before.text[:1].lower() in ("h", "s")
            last = len(found)
            found += [Part("minute" if minute else "moment", letters), Part("literal", text[len(letters) :])]
        elif kind in ("elapsed", "half"):
            last = len(found)
            found.append(Part(kind, text))
        elif text == "0" and found and found[-1].kind in ("point", "tenths"):
            found.append(Part("tenths", found.pop().text + text))
        else:
            found.append(Part(kind if kind in ("pad", "point") else "literal", text))
    kept = tuple(_counted_whole([part for part in found if part.text]))
    return Section(kept, "moment", condition, unsure=unsure or _unsure_names(kept, english))


def _counted_whole(parts: list[Part]) -> Iterator[Part]:
    """Hours, minutes or seconds once counted beyond a day, an hour or a minute are counted so throughout."""
    whole = {part.text[0] for part in parts if part.kind == "elapsed"}
    for part in parts:
        clock = part.kind == "minute" or (part.kind == "moment" and part.text[0] in "hs")
        yield Part("elapsed", part.text) if clock and part.text[0] in whole else part


def _unsure_names(parts: Sequence[Part], english: bool) -> str:
    moments = [part.text for part in parts if part.kind == "moment"]
    if any(text[0] in "bg" for text in moments):
        return NUMERALS
    names = any(text[0] in "md" and len(text) > 2 for text in moments) or any(part.kind == "half" for part in parts)
    return NAMES if names and not english else ""
