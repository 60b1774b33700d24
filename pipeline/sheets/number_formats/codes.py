"""The language of number formats (ECMA-376 part 1, 18.8.31): a code is parsed into the sections it consists of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, starmap

from pipeline.patterns import Pattern
from pipeline.sheets.number_formats.sections import GENERAL, TIMED, Choice, Condition, Format, Section, Shape, Token

LONGEST_CODE = 255
FILLED = "it repeats a character until the cell is full"
NUMERALS = "it writes the numerals or the calendar of another language"
OTHER_NAMES = "it names months, days or halves of the day in another language"
UNKNOWN = "part of it is not understood"
TOO_LONG = f"it is longer than the {LONGEST_CODE} characters that Excel takes"
_TOKEN = Pattern(
    r"""(?P<literal>"[^"]*"?|\\.?) | (?P<pad>_.?) | (?P<fill>\*.?) | (?P<bracket>\[[^\]]*\]?) | (?P<general>general)
    | (?P<half>am/pm|a/p) | (?P<exponent>e[+-]) | (?P<moment>y+|m+|d+|h+|s+|e+|b+|g+) | (?P<digit>[0#?])
    | (?P<nine>[1-9]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@) | (?P<end>;)
    | (?P<other>.)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_COLOUR = Pattern(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d{1,2})\]", re.IGNORECASE)
_CONDITION = Pattern(r"\[(<=|>=|<>|<|>|=)\s*([+-]?[0-9]{1,20}(?:\.[0-9]{0,20})?(?:[eE][+-]?[0-9]{1,3})?)\s*\]")
_ELAPSED = Pattern(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY = Pattern(r"\[\$([^\]-]*)(?:-([0-9A-Za-z]{1,8}(?:-[0-9A-Za-z]{1,8}){0,3}))?(?:,[^\]]*)?\]")
_COMPUTERS_OWN = Pattern(r"\[\$-(?:(F800|x-sysdate)|(F400|x-systime))\]", re.IGNORECASE)
_LONG_DATE, _LONG_TIME = "dd mmmm yyyy", "hh:mm:ss"
_ENGLISH, _FOREIGN = (0, 9), 1
_PLACES = ("digit", "nine", "comma", "point")
_SHAPE = {"digit": "d", "nine": "n", "slash": "/", "exponent": "e"}
_FRACTION = Pattern("(?<!d)d+/[dn]+")
_MONTH_OR_MINUTE = (Token("moment", "m"), Token("moment", "mm"))


@lru_cache(maxsize=4096)
def parse(code: str) -> Format:
    """The format that a code means; one that Excel would refuse is read as far as it makes sense, and unsure."""
    if not 0 < len(code) <= LONGEST_CODE:
        return Format((Choice(None, GENERAL, True),), unsure=TOO_LONG if code else "")
    found = list(map(_section, _sections(code)))
    numbers, text = found[:3], found[3] if len(found) > 3 else None
    if text is None and found[-1].kind == "text":
        numbers, text = found[:-1], found[-1]
    return Format(_choices(numbers or [GENERAL]), text, UNKNOWN if len(found) > 4 else "")


def _choices(sections: list[Section]) -> tuple[Choice, ...]:
    if not any(section.condition for section in sections):
        return _by_sign(sections)
    first, others = sections[0], sections[1:] or [GENERAL]
    condition = first.condition or Condition(">", Decimal(0))
    if len(others) == 1 and others[0].condition is None:
        minuses = [condition.leaves_both()]
    else:
        minuses = [not (section.condition and section.condition.below_nought_only()) for section in others]
    rest = (Choice(section.condition, section, minus) for section, minus in zip(others, minuses, strict=True))
    return (Choice(condition, first, not condition.below_nought_only()), *rest)


def _by_sign(sections: list[Section]) -> tuple[Choice, ...]:
    if len(sections) == 1:
        return (Choice(None, sections[0], True),)
    above = Condition(">=" if len(sections) == 2 else ">", Decimal(0))
    below = Choice(Condition("<", Decimal(0)), sections[1], False)
    return (Choice(above, sections[0], False), below, *(Choice(None, section, False) for section in sections[2:]))


def _sections(code: str) -> Iterator[list[Token]]:
    parts = list[Token]()
    for match in _TOKEN.finditer(code):
        if match.lastgroup == "end":
            yield parts
            parts = []
        else:
            parts.append(Token(str(match.lastgroup), match.group()))
    yield parts


def _section(tokens: Sequence[Token]) -> Section:
    """The section that the tokens between two semicolons make."""
    brackets = [text for kind, text in tokens if kind == "bracket"]
    if own := next(filter(None, map(_COMPUTERS_OWN.fullmatch, brackets)), None):
        return _moment(next(_sections(_LONG_DATE if own[1] else _LONG_TIME)))
    parts = list(filter(None, starmap(_part, tokens)))
    if any(part.kind in TIMED for part in parts):
        section = _moment(parts, english=all(_language(text) & 0x3FF in _ENGLISH for text in brackets))
    else:
        section = _not_a_moment(parts)
    condition = next(filter(None, map(_condition, brackets)), None)
    unsure = next(filter(None, starmap(_unsure, tokens)), section.unsure)
    return section._replace(condition=condition, unsure=unsure)


def _condition(bracket: str) -> Condition | None:
    """Which numbers a section is for, as it says in brackets."""
    match = _CONDITION.fullmatch(bracket)
    return Condition(match[1], Decimal(match[2])) if match else None  # type: ignore[arg-type]


def _part(kind: str, text: str) -> Token | None:
    """The part of a section that a token is; none for colours, conditions, and for what only fills the cell."""
    if kind == "literal":
        return Token(kind, text[1:].removesuffix('"') if text[0] == '"' else text[1:])
    if kind == "bracket":
        elapsed, currency = _ELAPSED.fullmatch(text), _CURRENCY.fullmatch(text)
        found = Token("elapsed", elapsed[1].lower()) if elapsed else None
        return Token("literal", currency[1]) if currency else found
    return None if kind == "fill" else Token(kind, " ") if kind == "pad" else Token(kind, text)


def _unsure(kind: str, text: str) -> str:
    """Why what a token shows is not sure; blank where it is."""
    if kind == "fill" and text[1:].strip():
        return FILLED
    if kind == "bracket" and _language(text) >> 16:
        return NUMERALS
    known = (_COLOUR, _CONDITION, _ELAPSED, _CURRENCY)
    return UNKNOWN if kind == "bracket" and not any(form.fullmatch(text) for form in known) else ""


def _language(bracket: str) -> int:
    """The number of a language, numerals and calendar, as in `[$-809]`, or of a name, as in `[$-en-GB]`; 0 for none."""
    match = _CURRENCY.fullmatch(bracket)
    named = (match[2] if match else "") or "0"
    if re.fullmatch("[0-9A-Fa-f]+", named):
        return int(named, 16)
    return _ENGLISH[-1] if named.casefold().split("-")[0] in ("en", "x") else _FOREIGN


def _not_a_moment(parts: list[Token]) -> Section:
    kinds = {part.kind for part in parts}
    kept: Shape = "general" if "general" in kinds else "text" if "text" in kinds else "literal"
    if kept == "literal" and "digit" in kinds:
        return _number(parts)
    return Section(tuple(_plain(parts, kept)), kept)


# -- numbers ----------------------------------------------------------------------------------------------------------


def _number(parts: list[Token]) -> Section:
    """Each place is told to stand before the point, after it, or in the power; each comma to group or to divide."""
    if fraction := _fraction(parts):
        return Section(fraction, "fraction")
    kinds = [part.kind for part in parts]
    first, point = kinds.index("digit"), _first("point", kinds)
    exponent = _first("exponent", kinds, first)
    commas = {at for at in range(first + 1, len(kinds)) if kinds[at] == "comma" and kinds[at - 1] in _PLACES}
    kept = tuple(_placed(at, part, point, exponent) for at, part in enumerate(parts) if at not in commas)
    grouped, power = _by_commas(kinds, commas, point, exponent)
    if exponent < len(parts):
        return Section(kept, "scientific", grouped=grouped)
    return Section(kept, "number", power=power + 2 * kinds.count("percent"), grouped=grouped)


def _first(kind: str, kinds: list[str], start: int = 0) -> int:
    """Where the first part of a kind stands, behind all where there is none."""
    return kinds.index(kind, start) if kind in kinds[start:] else len(kinds)


def _by_commas(kinds: Sequence[str], commas: Collection[int], point: int, exponent: int) -> tuple[bool, int]:
    """Do commas group the digits, and by which power of ten do those behind the last digit multiply?"""
    digits = [at for at, kind in enumerate(kinds[:exponent]) if kind == "digit"]
    last_whole = max((at for at in digits if at < point), default=-1)
    grouped = any(at < last_whole and kinds[at + 1] in _PLACES for at in commas)
    return grouped, -3 * sum(at > last_whole and (at > digits[-1] or at < point) for at in commas)


def _placed(at: int, part: Token, point: int, exponent: int) -> Token:
    if part.kind == "digit":
        return Token("power" if at > exponent else "decimal" if at > point else "whole", part.text)
    return part if at in (point, exponent) or part.kind == "pad" else Token("literal", part.text)


def _fraction(parts: Sequence[Token]) -> tuple[Token, ...]:
    """The parts of a fraction, its places above and below the line as one part each; nothing where it is none."""
    shape = "".join(_SHAPE.get(part.kind, " ") for part in parts)
    found = _FRACTION.search(shape)
    if not found or "e" in shape:
        return ()
    before = (Token("whole" if part.kind == "digit" else part.kind, part.text) for part in parts[: found.start()])
    above, _, below = "".join(part.text for part in parts[found.start() : found.end()]).partition("/")
    line = Token("above", above), Token("below", below)
    return (*_plain(before, "whole"), *line, *_plain(parts[found.end() :], ""))


def _plain(parts: Iterable[Token], kept: str) -> Iterator[Token]:
    return (part if part.kind in (kept, "pad") else Token("literal", part.text) for part in parts)


# -- dates and times --------------------------------------------------------------------------------------------------


def _moment(parts: Iterable[Token], *, english: bool = True) -> Section:
    """The section of a date or time; what it says in words is unsure where the words are not `english`."""
    lettered = [part for part in chain.from_iterable(starmap(_letters, _with_tenths(parts))) if part.text]
    kept = tuple(_counted_whole(list(_with_minutes(lettered))))
    if any(part.kind == "moment" and part.text[0] in "bg" for part in kept):
        return Section(kept, "moment", unsure=NUMERALS)
    return Section(kept, "moment", unsure=OTHER_NAMES if not english and any(map(_is_name, kept)) else "")


def _is_name(part: Token) -> bool:
    """Does it show a month, a day or a half of the day in words?"""
    return part.kind == "half" or (part.kind == "moment" and part.text[0] in "md" and len(part.text) > 2)


def _with_tenths(parts: Iterable[Token]) -> Iterator[Token]:
    """Noughts after a point are parts of a second."""
    held = Token("")
    for part in parts:
        if part.text == "0" and held.kind in ("point", "tenths"):
            held = Token("tenths", held.text + part.text)
        else:
            yield held
            held = part
    yield held


def _letters(kind: str, text: str) -> tuple[Token, ...]:
    """A part of a date or time as it is filled; `e+` is the year, and a sign behind it."""
    if kind in ("moment", "exponent"):
        letters = text.lower().rstrip("+-")
        return Token("moment", letters), Token("literal", text[len(letters) :])
    return (Token(kind if kind in (*TIMED, "pad", "point", "tenths") else "literal", text),)


def _with_minutes(parts: Sequence[Token]) -> Iterator[Token]:
    """m is minutes after hours or seconds, and before seconds; else the month."""
    before, afters = Token("", " "), iter([part for part in parts if part.kind in TIMED][1:])
    for part in parts:
        if part.kind not in TIMED:
            yield part
            continue
        after = next(afters, before)
        beside = before.text[0].lower() in "hs" or (after.kind == "moment" and after.text[0] == "s")
        yield Token("minute", part.text) if beside and part in _MONTH_OR_MINUTE else part
        before = part


def _counted_whole(parts: Sequence[Token]) -> Iterator[Token]:
    """Hours, minutes or seconds once counted beyond a day, an hour or a minute are counted so throughout."""
    whole = {part.text[0] for part in parts if part.kind == "elapsed"}
    for part in parts:
        clock = part.kind == "minute" or (part.kind == "moment" and part.text[0] in "hs")
        yield Token("elapsed", part.text) if clock and part.text[0] in whole else part
