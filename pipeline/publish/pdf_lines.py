"""Does a PDF show each paragraph of a Word file, with the number before it, and in order?"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from pipeline.opc import main_part, parse, related
from pipeline.publish.pdf_text import text_by_tags
from pipeline.word.numbering import Numbering, labelled
from pipeline.word.package import read_parts
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story, read_styles, shortened, story_names
from pipeline.word.styles import Styles
from pipeline.word.xml import MATH, Element, qn

_BOX = qn("w:txbxContent")
_SIGNS = frozenset(map(chr, range(0x2190, 0x2C00)))
_HYPHENS = {ord(each): "-" for each in "\u2010\u2011"} | {0xAD: ""}


def missing_lines(docx: bytes, pdf: bytes) -> list[str]:
    """The paragraphs of the Word file, with the numbers before them, that the PDF does not show in their order.

    Blanks, line breaks and capitals aside. Headers, footers, notes and text boxes may stand anywhere. Numbers that only
    pages decide are not looked for, nor are equations, which a PDF draws.
    """
    parts = read_parts(docx, "the public copy")
    squeezed = _without_hyphens if b"autoHyphenation" in parts.get("word/settings.xml", b"") else _squeezed
    tagged, untagged = text_by_tags(pdf)
    in_order, anywhere = squeezed(tagged), squeezed(tagged + untagged)
    styles, main = read_styles(parts), parse(parts[main_part(parts)])
    seen = Story(main, styles).paragraphs
    lost, at = [], 0
    for paragraph, label in _labels(parts, main, styles):
        shown = seen[paragraph]
        wanted = [squeezed(each) for each in _fragments(label, shown)] if shown.text.strip() else []
        if next(paragraph.iterancestors(_BOX), None) is not None:
            found = all(each in anywhere for each in wanted)
        else:
            found, at = _found_from(in_order, at, wanted)
        lost += [] if found else [shortened(f"{label} {shown.text}")]
    lost += _lost_signs((each.text for each in seen.values()), tagged + untagged)
    return lost + list(_lost_elsewhere(parts, lambda text: squeezed(text) in anywhere))


def _lost_elsewhere(parts: dict[str, bytes], is_there: Callable[[str], bool]) -> Iterator[str]:
    """Paragraphs of headers, footers and notes."""
    styles = read_styles(parts)
    for name in story_names(parts)[1:]:
        for shown in Story(parse(parts[name]), styles).paragraphs.values():
            if not all(map(is_there, _fragments("", shown))):
                yield shortened(shown.text)


def _labels(parts: dict[str, bytes], main: Element, styles: Styles) -> Iterator[tuple[Element, str]]:
    """Each paragraph and the number before it, where that can be told for certain."""
    name = next(iter(related(parts, main_part(parts), "numbering")), "")
    numbering = Numbering(parse(parts[name], name) if name else None, styles)
    for paragraph, label, place in labelled(main, numbering):
        yield paragraph, label if place and numbering.lists[place[0]].is_certain(place[1]) else ""


def _found_from(text: str, at: int, wanted: Iterable[str]) -> tuple[bool, int]:
    """Are the pieces of a line found one after another from `at` on? And where to look for the next line."""
    place = at
    for each in wanted:
        found = text.find(each, place)
        if found < 0:
            return False, at
        place = found + len(each)
    return True, place


def _fragments(label: str, shown: Paragraph) -> Iterator[str]:
    """The words of a paragraph, cut where a number, a leader or an equation is drawn in their place."""
    words = label
    for piece in shown.pieces:
        if piece.kind == "layout" or str(piece.element.tag).startswith(MATH):
            yield words
            words = ""
        else:
            *whole, last = piece.text.split("\t")
            for each in whole:
                yield words + each
                words = ""
            words += last
    yield words


def _lost_signs(texts: Iterable[str], pdf: str) -> Iterator[str]:
    """Signs that the PDF shows less often than the paper does."""
    wanted, there = (Counter(filter(_is_sign, each)) for each in ("".join(texts), pdf))
    yield from (each for each, number in wanted.items() if there[each] < number)


def _squeezed(text: str) -> str:
    """Only letters: blanks and soft hyphens fall where lines happen to end, a style may set capitals, and signs that
    the font of a line lacks are drawn behind it in another.
    """
    letters = "".join(each for each in text.translate(_HYPHENS) if not _is_sign(each))
    return "".join(unicodedata.normalize("NFKC", letters).casefold().split())


def _without_hyphens(text: str) -> str:
    """As above, where words may be divided at the ends of lines."""
    return _squeezed(text).replace("-", "")


def _is_sign(letter: str) -> bool:
    """Is it a tick, box, arrow or the like, which ordinary fonts may lack?"""
    return letter in _SIGNS or unicodedata.category(letter) in {"So", "Co"}
