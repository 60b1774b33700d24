"""What a person must settle before a draft may be published: nothing here is decided for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.opc import Element, Parts, parse
from pipeline.problems import Place, Problem, error, warning
from pipeline.publish.cleaning.parts import STORIES, Part, extension
from pipeline.publish.pictures import bare_picture, has_notes
from pipeline.word.accessibility import undescribed_pictures
from pipeline.word.hiding import hides_tables
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story, shortened, words_in
from pipeline.word.styles import Found, Styles, is_on
from pipeline.word.xml import ID, NAMESPACES, PARAGRAPH, local, qn

_ADDED, _OTHER = (
    ("added", "An addition is not accepted."),
    ("", "A change of formatting or of table cells is not accepted."),
)
_CHANGES = {
    qn("w:ins"): _ADDED,
    qn("w:moveTo"): _ADDED,
    qn("w:del"): ("deleted", "A deletion is not accepted."),
    qn("w:moveFrom"): ("moved", ""),
    **dict.fromkeys(map(qn, ("w:cellIns", "w:cellDel", "w:cellMerge")), _OTHER),
}
"""What a tracked change is called, and what is said of one without words."""
_DONE = "{http://schemas.microsoft.com/office/word/2012/wordml}done"
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_PARA_EX = "{http://schemas.microsoft.com/office/word/2012/wordml}paraId"
_PICTURE_KINDS = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")
_SETTLE = "In Word, choose Review, then accept or reject the change."


def unready(kept: Sequence[Part], parts: Parts, styles: Styles, name: str) -> list[Problem]:
    """Every change not yet accepted, highlight, chart, placeholder, picture without words (errors) and open comment."""
    found: list[Problem] = []
    for part in kept:
        story = Story(part.root, styles, part.name, name)
        for element in part.root.iter():
            found += [*_at(element, story), *_closed_pictures(element, story, part, parts)]
        found += _unsettled(story) if part.kind in STORIES else ()
    if hides_tables(styles):
        cure = "Give that table another style, or delete the text."
        found.append(error("C107", Place(name), "A table style hides text.", cure))
    main = Story(kept[0].root, styles, kept[0].name, name)
    return [*found, *undescribed_pictures(main), *_open_comments(main, parts)]


def _at(element: Element, story: Story) -> Iterator[Problem]:
    tag = local(element)
    if element.tag in _CHANGES or tag.endswith(("PrChange", "GridChange")):
        yield error("C101", story.place(element), _change(element), _SETTLE)
    elif tag == "showingPlcHdr" and is_on(Found(element)):
        yield _prompt(story.place(element), _words_of_control(element))
    elif tag in {"altChunk", "subDoc"}:
        yield error(
            "C105", story.place(element), "Another document is joined in here.", "Copy its text into the paper."
        )
    else:
        yield from _at_picture(element, story)


def _at_picture(element: Element, story: Story) -> Iterator[Problem]:
    tag = local(element)
    if tag == "graphicData" and not element.get("uri", "").endswith(_PICTURE_KINDS):
        cure = "Copy it, delete it, and paste it as a picture with alternative text."
        yield error("C106", story.place(element), "A chart or diagram brings the figures behind it along.", cure)
    elif tag == "srcRect" and any(value not in {"0", ""} for value in element.attrib.values()):
        told = "A picture is cropped, and the part cut off is still in the file."
        cure = "In Word, choose Compress Pictures and “Delete cropped areas”."
        yield warning("C108", story.place(element), told, cure)


def _unsettled(story: Story) -> Iterator[Problem]:
    """Highlights (C103), prompts not filled in (C104), and what nobody can tell from the file (C190-C192)."""
    for paragraph, seen in story.paragraphs.items():
        for run, words in _by_run(seen).items():
            if words.strip() and is_on(story.styles.of_run(run, paragraph, "highlight")):
                told = f"“{shortened(words)}” is highlighted."
                yield error("C103", story.place(run), told, "Settle it, then take the highlight off.")
        for piece in seen.unsettled:
            yield _UNSETTLED[piece.kind](story.place_in_words(paragraph), shortened(piece.about))


def _by_run(seen: Paragraph) -> dict[Element, str]:
    """What each run shows."""
    words: dict[Element, str] = {}
    for piece in seen.pieces:
        if (run := piece.run) is not None:
            words[run] = words.get(run, "") + piece.text
    return words


def _prompt(place: Place, words: str) -> Problem:
    return error("C104", place, f"“{words}” still asks to be filled in.", "Fill it in or delete it.")


def _field(place: Place, kind: str) -> Problem:
    cure = "Click in it and press F9; if it is still told then, type in its place what it shows."
    return error("C190", place, f"What the field “{kind}” prints is not in the file.", cure)


def _symbol(place: Place, font: str) -> Problem:
    of_font = f"A sign of the font “{font}” stands here, and which one is not known."
    cure = "Put the sign itself in its place, with Insert, Symbol, from the paper’s own font."
    return error("C191", place, of_font if font else "A sign here has no meaning outside its font.", cure)


def _control(place: Place, words: str) -> Problem:
    told = (
        f"“{words}” is drawn or kept outside the text." if words else "A control here keeps its words outside the text."
    )
    return error("C192", place, told, "Delete it, and type its words into the paper where they are wanted.")


_UNSETTLED: Mapping[str, Callable[[Place, str], Problem]] = {
    "prompt": _prompt, "field": _field, "symbol": _symbol, "control": _control
}  # fmt: skip


def _closed_pictures(element: Element, story: Story, part: Part, parts: Parts) -> Iterator[Problem]:
    """Pictures of kinds that cannot be shown to hold nothing but the picture."""
    ids = {element.get(f"{{{NAMESPACES['r']}}}{attribute}") for attribute in ("embed", "id")}
    for link in part.links if ids != {None} else ():
        if link.id in ids and link.kind == "image" and has_notes(bare_picture(parts[link.target])):
            told = f"A picture is of the kind “{extension(link.target)}”, which can hold more than the picture."
            cure = "Copy it, delete it, and paste it with Paste Special, PNG, with alternative text."
            yield error("C115", story.place(element), told, cure)


def _change(element: Element) -> str:
    words = shortened("".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText"))))
    what, without_words = _CHANGES.get(str(element.tag), _OTHER)
    return (
        f"“{words}” has been {what}, and nobody has accepted it."
        if what and (words or not without_words)
        else without_words
    )


def _words_of_control(element: Element) -> str:
    control = next(element.iterancestors(qn("w:sdt")), None)
    return "" if control is None else shortened(words_in(control, " ")) or "A field"


def _open_comments(main: Story, parts: Parts) -> Iterator[Problem]:
    """Comments that nobody has marked as resolved: the copy has none, so somebody should have read them."""
    texts = dict(_comment_texts(parts))
    for reference in main.root.iter(qn("w:commentReference")):
        if text := texts.get(reference.get(ID, "")):
            cure = "Settle it; the public copy has no comments."
            yield warning("C102", main.place(reference), f"The comment “{text}” is still open.", cure)


def _comment_texts(parts: Parts) -> Iterator[tuple[str, str]]:
    """Number and opening words of each open comment."""
    settled = {
        each.get(_PARA_EX) for each in _children(parts, "commentsextended.xml") if each.get(_DONE) in {"1", "true"}
    }
    for comment in _children(parts, "/comments.xml"):
        inside = list(comment.iter(PARAGRAPH))
        if inside and settled.isdisjoint(each.get(_PARA) for each in inside):
            yield comment.get(ID, ""), shortened(words_in(comment, " ")) or "(empty)"


def _children(parts: Parts, ending: str) -> Iterator[Element]:
    """What stands at the top of the parts whose names end so."""
    for part, content in parts.items():
        if part.lower().endswith(ending):
            yield from parse(content, part)
