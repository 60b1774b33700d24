"""What a person must settle before a draft may be published: nothing here is decided for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pipeline.problems import Place, Problem, error, warning
from pipeline.publish.cleaning.package import STORY_KINDS, Part, extension, parsed
from pipeline.publish.cleaning.pictures import bare_picture, has_notes
from pipeline.word.accessibility import undescribed_pictures
from pipeline.word.hiding import hides_tables
from pipeline.word.pieces import Shown
from pipeline.word.shown import shown, shown_in
from pipeline.word.stories import Story, first_of, shortened
from pipeline.word.styles import Found, Styles, is_on
from pipeline.word.xml import ID, NAMESPACES, RUN, Element, local, paragraphs, qn

_ADDED, _REMOVED, _MOVED = {qn("w:ins"), qn("w:moveTo")}, {qn("w:del")}, {qn("w:moveFrom")}
_CELLS = {qn("w:cellIns"), qn("w:cellDel"), qn("w:cellMerge")}
_DONE = "{http://schemas.microsoft.com/office/word/2012/wordml}done"
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_PARA_EX = "{http://schemas.microsoft.com/office/word/2012/wordml}paraId"
_PICTURE_KINDS = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")
_SETTLE = "In Word, choose Review, then accept or reject the change."


def unready(kept: list[Part], parts: Mapping[str, bytes], styles: Styles, name: str) -> list[Problem]:
    """Every change not yet accepted, highlight, chart, placeholder, picture without words (errors) and open comment."""
    found: list[Problem] = []
    for part in kept:
        if part.root is not None:
            story = Story(part.name, part.root, styles, name)
            for each in part.root.iter():
                found += [*_at(each, story), *_closed_pictures(each, story, part, parts)]
            found += _unsettled(story) if part.kind in STORY_KINDS else ()
    if hides_tables(styles):
        found.append(
            error(
                "C107", Place(name), "A table style hides text.", "Give that table another style, or delete the text."
            )
        )
    found += undescribed_pictures(Story(kept[0].name, kept[0].root_or_fail, styles, name))
    return found + _open_comments(kept[0], parts, styles, name)


def _at(each: Element, story: Story) -> Iterator[Problem]:
    place = story.place
    if each.tag in _ADDED | _REMOVED | _MOVED | _CELLS or local(each).endswith(("PrChange", "GridChange")):
        yield error("C101", place(each), _change(each), _SETTLE)
    elif each.tag == qn("w:showingPlcHdr") and is_on(Found(each)):
        yield error(
            "C104", place(each), f"“{_words_of_control(each)}” still asks to be filled in.", "Fill it in or delete it."
        )
    elif each.tag in {qn("w:altChunk"), qn("w:subDoc")}:
        yield error("C105", place(each), "Another document is joined in here.", "Copy its text into the paper.")
    elif local(each) == "graphicData" and not each.get("uri", "").endswith(_PICTURE_KINDS):
        yield error(
            "C106",
            place(each),
            "A chart or diagram brings the figures behind it along.",
            "Copy it, delete it, and paste it as a picture with alternative text.",
        )
    elif local(each) == "srcRect" and any(value not in {"0", ""} for value in each.attrib.values()):
        yield warning(
            "C108",
            place(each),
            "A picture is cropped, and the part cut off is still in the file.",
            "In Word, choose Compress Pictures and “Delete cropped areas”.",
        )


def _unsettled(story: Story) -> Iterator[Problem]:
    """Highlights (C103), prompts not filled in (C104), and what nobody can tell from the file (C190-C192)."""
    for paragraph, seen in shown_in(story.root, story.styles).items():
        for run, words in _by_run(seen).items():
            if words.strip() and is_on(story.styles.of_run(run, paragraph, "highlight")):
                told = f"“{shortened(words)}” is highlighted."
                yield error("C103", story.place(run), told, "Settle it, then take the highlight off.")
        for piece in seen.unsettled:
            yield _UNSETTLED[piece.kind](story.place_in_words(paragraph), shortened(piece.about))


def _by_run(seen: Shown) -> dict[Element, str]:
    """What each run shows."""
    words: dict[Element, str] = {}
    for piece in seen.pieces:
        if (run := first_of(piece.element, RUN)) is not None:
            words[run] = words.get(run, "") + piece.text
    return words


def _prompt(place: Place, words: str) -> Problem:
    return error("C104", place, f"“{words}” still asks to be filled in.", "Fill it in or delete it.")


def _field(place: Place, kind: str) -> Problem:
    told = f"What the field “{kind}” prints is not in the file."
    return error(
        "C190", place, told, "Click in it and press F9; if it is still told then, type in its place what it shows."
    )


def _symbol(place: Place, font: str) -> Problem:
    told = (
        f"A sign of the font “{font}” stands here, and which one is not known."
        if font
        else "A sign here has no meaning outside its font."
    )
    return error(
        "C191", place, told, "Put the sign itself in its place, with Insert, Symbol, from the paper’s own font."
    )


def _control(place: Place, words: str) -> Problem:
    told = (
        f"“{words}” is drawn or kept outside the text." if words else "A control here keeps its words outside the text."
    )
    return error("C192", place, told, "Delete it, and type its words into the paper where they are wanted.")


_UNSETTLED: Mapping[str, Callable[[Place, str], Problem]] = {
    "prompt": _prompt, "field": _field, "symbol": _symbol, "control": _control
}  # fmt: skip


def _closed_pictures(each: Element, story: Story, part: Part, parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Pictures of kinds that cannot be shown to hold nothing but the picture."""
    for attribute in ("embed", "id"):
        link = part.relations.get(each.get(f"{{{NAMESPACES['r']}}}{attribute}", ""))
        if link and link.kind == "image" and has_notes(bare_picture(parts.get(link.target, b""))):
            yield error(
                "C115",
                story.place(each),
                f"A picture is of the kind “{extension(link.target)}”, which can hold more than the picture.",
                "Copy it, delete it, and paste it with Paste Special, PNG, with alternative text.",
            )


def _change(element: Element) -> str:
    words = shortened("".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText"))))
    if element.tag in _ADDED:
        return f"“{words}” has been added, and nobody has accepted it." if words else "An addition is not accepted."
    if element.tag in _REMOVED:
        return f"“{words}” has been deleted, and nobody has accepted it." if words else "A deletion is not accepted."
    if element.tag in _MOVED:
        return f"“{words}” has been moved, and nobody has accepted it."
    return "A change of formatting or of table cells is not accepted."


def _words_of_control(element: Element) -> str:
    control = next(element.iterancestors(qn("w:sdt")), None)
    return "" if control is None else shortened(" ".join(shown(each).text for each in paragraphs(control))) or "A field"


def _open_comments(main: Part, parts: Mapping[str, bytes], styles: Styles, name: str) -> list[Problem]:
    """Comments that nobody has marked as resolved: the copy has none, so somebody should have read them."""
    texts, cure = dict(_comment_texts(parts)), "Settle it; the public copy has no comments."
    story = Story(main.name, main.root_or_fail, styles, name)
    references = story.root.iter(qn("w:commentReference"))
    named = ((story.place(each), texts.get(each.get(ID, ""))) for each in references)
    return [warning("C102", place, f"The comment “{text}” is still open.", cure) for place, text in named if text]


def _comment_texts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Number and opening words of each open comment."""
    settled = {
        each.get(_PARA_EX)
        for part, content in parts.items()
        if part.lower().endswith("commentsextended.xml")
        for each in parsed(content)
        if each.get(_DONE) in {"1", "true"}
    }
    for part, content in parts.items():
        if part.lower().endswith("/comments.xml"):
            for each in parsed(content):
                inside = list(each.iter(qn("w:p")))
                if inside and not settled.intersection(each_p.get(_PARA) for each_p in inside):
                    yield each.get(ID, ""), shortened(" ".join(shown(each_p).text for each_p in inside)) or "(empty)"
