"""What a person must settle before a draft may be published: nothing here is decided for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalogue import problem
from pipeline.opc import Element, Parts, parse
from pipeline.problems import Place, Problem
from pipeline.publish.cleaning.parts import STORIES, Part, extension
from pipeline.publish.pictures import bare_picture, has_notes
from pipeline.word.accessibility import undescribed_pictures
from pipeline.word.hiding import hides_tables
from pipeline.word.pieces import Paragraph
from pipeline.word.story import Story, shortened, words_in
from pipeline.word.styles import Found, Styles, is_on
from pipeline.word.xml import ID, NAMESPACES, PARAGRAPH, local, qn

_ADDED, _OTHER = ("", "addition"), ("other", "other")
_CHANGES = {
    qn("w:ins"): _ADDED,
    qn("w:moveTo"): _ADDED,
    qn("w:del"): ("deleted", "deletion"),
    qn("w:moveFrom"): ("moved", "moved"),
    **dict.fromkeys(map(qn, ("w:cellIns", "w:cellDel", "w:cellMerge")), _OTHER),
}
"""How the catalogue tells of a tracked change with words, and of one without any."""
_UNSETTLED = {"prompt": "C104", "field": "C190", "symbol": "C191", "control": "C192"}
_DONE = "{http://schemas.microsoft.com/office/word/2012/wordml}done"
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_PARA_EX = "{http://schemas.microsoft.com/office/word/2012/wordml}paraId"
_PICTURE_KINDS = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")


def unready(kept: Sequence[Part], parts: Parts, styles: Styles, name: str) -> list[Problem]:
    """Every change not yet accepted, highlight, chart, placeholder, picture without words (errors) and open comment."""
    found: list[Problem] = []
    for part in kept:
        story = Story(part.root, styles, part.name, name)
        for element in part.root.iter():
            found += [*_at(element, story), *_closed_pictures(element, story, part, parts)]
        found += _unsettled(story) if part.kind in STORIES else ()
    if hides_tables(styles):
        found.append(problem("C107", Place(name)))
    main = Story(kept[0].root, styles, kept[0].name, name)
    return [*found, *undescribed_pictures(main), *_open_comments(main, parts)]


def _at(element: Element, story: Story) -> Iterator[Problem]:
    tag, place = local(element), story.place
    if element.tag in _CHANGES or tag.endswith(("PrChange", "GridChange")):
        words = shortened("".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText"))))
        yield problem("C101", place(element), _CHANGES.get(str(element.tag), _OTHER)[not words], words=words)
    elif tag == "showingPlcHdr" and is_on(Found(element)):
        yield problem("C104", place(element), words=_words_of_control(element))
    elif tag in {"altChunk", "subDoc"}:
        yield problem("C105", place(element))
    elif tag == "graphicData" and not element.get("uri", "").endswith(_PICTURE_KINDS):
        yield problem("C106", place(element))
    elif tag == "srcRect" and not {"0", ""}.issuperset(map(str, element.attrib.values())):
        yield problem("C108", place(element))


def _unsettled(story: Story) -> Iterator[Problem]:
    """Highlights (C103), prompts not filled in (C104), and what nobody can tell from the file (C190-C192)."""
    for paragraph, seen in story.paragraphs.items():
        for run, words in _by_run(seen).items():
            if words.strip() and is_on(story.styles.of_run(run, paragraph, "highlight")):
                yield problem("C103", story.place(run), words=shortened(words))
        for piece in seen.unsettled:
            way = "" if piece.about or piece.kind in {"prompt", "field"} else "unnamed"
            place = story.place_in_words(paragraph)
            yield problem(_UNSETTLED[piece.kind], place, way, words=shortened(piece.about))


def _by_run(seen: Paragraph) -> dict[Element, str]:
    """What each run shows."""
    words: dict[Element, str] = {}
    for piece in seen.pieces:
        if (run := piece.run) is not None:
            words[run] = words.get(run, "") + piece.text
    return words


def _closed_pictures(element: Element, story: Story, part: Part, parts: Parts) -> Iterator[Problem]:
    """Pictures of kinds that cannot be shown to hold nothing but the picture."""
    ids = {element.get(f"{{{NAMESPACES['r']}}}{attribute}") for attribute in ("embed", "id")}
    for link in part.links if ids != {None} else ():
        if link.id in ids and link.kind == "image" and has_notes(bare_picture(parts[link.target])):
            yield problem("C115", story.place(element), kind=extension(link.target))


def _words_of_control(element: Element) -> str:
    control = next(element.iterancestors(qn("w:sdt")), None)
    return "" if control is None else shortened(words_in(control, " ")) or "A field"


def _open_comments(main: Story, parts: Parts) -> Iterator[Problem]:
    """Comments that nobody has marked as resolved: the copy has none, so somebody should have read them."""
    texts = dict(_comment_texts(parts))
    for reference in main.root.iter(qn("w:commentReference")):
        if text := texts.get(reference.get(ID, "")):
            yield problem("C102", main.place(reference), words=text)


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
