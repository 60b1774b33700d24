"""What a person must settle before a draft may be published: nothing here is decided for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalogue import problem
from pipeline.opc import Element
from pipeline.problems import Place, Problem
from pipeline.publish.fields import pointed_at
from pipeline.publish.parts import STORIES, Part, extension
from pipeline.publish.pictures import bare_picture, has_notes
from pipeline.word.accessibility import undescribed_pictures
from pipeline.word.fields import CODE, SIMPLE, kind_of
from pipeline.word.file import WordFile
from pipeline.word.story import Story, shortened, words_in
from pipeline.word.styles import Found, Styles, is_on
from pipeline.word.xml import ID, NAME, NAMESPACES, PARAGRAPH, W14, qn

_ADDED, _OTHER = ("", "addition"), ("other", "other")
_LOOKS = "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange tcPrChange trPrChange"
_CHANGES = {
    qn("w:ins"): _ADDED,
    qn("w:moveTo"): _ADDED,
    qn("w:del"): ("deleted", "deletion"),
    qn("w:moveFrom"): ("moved", "moved"),
    **{qn(f"w:{name}"): _OTHER for name in ("cellIns", "cellDel", "cellMerge", *_LOOKS.split())},
}
"""How the catalogue tells of a tracked change with words, and of one without any."""
_PROMPT, _GRAPHIC, _CROP = qn("w:showingPlcHdr"), "{*}graphicData", "{*}srcRect"
_JOINED_IN = (qn("w:altChunk"), qn("w:subDoc"))
_UNSETTLED = {"prompt": "C104", "field": "C190", "symbol": "C191", "control": "C192"}
_REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})
_NEWER = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PICTURE_KINDS = ("/picture", "/wordprocessingShape", "/wordprocessingGroup", "/wordprocessingCanvas")


def unready(draft: WordFile, kept: Sequence[Part]) -> list[Problem]:
    """Every change not yet accepted, highlight, chart, placeholder, picture without words (errors) and open comment."""
    found: list[Problem] = []
    for part in kept:
        story = draft.story(part.name)
        for element in part.root.iter(*_CHANGES, *_JOINED_IN, _PROMPT, _GRAPHIC, _CROP):
            found += _at(element, story)
        found += _closed_pictures(story, part, draft)
        found += _unsettled(story) if part.kind in STORIES else ()
    if _hides_tables(draft.styles):
        found.append(problem("C107", Place(draft.name)))
    return [*found, *undescribed_pictures(draft.text), *_open_comments(draft)]


def _at(element: Element, story: Story) -> Iterator[Problem]:
    place = story.place
    if element.tag in _CHANGES:
        words = shortened("".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText"))))
        yield problem("C101", place(element), _CHANGES[str(element.tag)][not words], words=words)
    elif element.tag in _JOINED_IN:
        yield problem("C105", place(element))
    elif element.tag == _PROMPT:
        if is_on(Found(element)):
            yield problem("C104", place(element), words=_words_of_control(element))
    elif "uri" in element.attrib:
        if not element.get("uri", "").endswith(_PICTURE_KINDS):
            yield problem("C106", place(element))
    elif not {"0", ""}.issuperset(map(str, element.attrib.values())):
        yield problem("C108", place(element))


def _unsettled(story: Story) -> Iterator[Problem]:
    """Highlights (C103), prompts not filled in (C104), and what nobody can tell from the file (C190-C192)."""
    for paragraph, seen in story.paragraphs.items():
        for run, said in seen.runs.items():
            if said.strip() and is_on(story.styles.of_run(run, paragraph, "highlight")):
                yield problem("C103", story.place(run), words=shortened(said))
        for piece in seen.unsettled:
            way = "" if piece.about or piece.kind in {"prompt", "field"} else "unnamed"
            place = story.place_in_words(paragraph)
            yield problem(_UNSETTLED[piece.kind], place, way, words=shortened(piece.about))


def _closed_pictures(story: Story, part: Part, draft: WordFile) -> Iterator[Problem]:
    """Pictures of kinds that cannot be shown to hold nothing but the picture."""
    pictures = {link.id: link.target for link in part.links if link.kind == "image"}
    closed = {key: name for key, name in pictures.items() if has_notes(bare_picture(draft.parts[name]))}
    for element in part.root.iter() if closed else ():
        used = {element.get(f"{{{NAMESPACES['r']}}}{attribute}", "") for attribute in ("embed", "id")}
        for key in used & closed.keys():
            yield problem("C115", story.place(element), kind=extension(closed[key]))


def leading_nowhere(text: Story) -> Iterator[Problem]:
    """Cross-references to a number, a page or a note whose bookmark is gone (C193): they print what was there once."""
    there = {start.get(NAME, "") for start in text.root.iter(qn("w:bookmarkStart"))}
    lost = {pointed_at(code) for code in text.codes if kind_of(code) in _REFERENCES} - there - {""}
    for element in text.root.iter(CODE, SIMPLE) if lost else ():
        code = element.text or element.get(qn("w:instr"), "") or ""
        if kind_of(code) in _REFERENCES and pointed_at(code) in lost:
            paragraph = next(element.iterancestors(PARAGRAPH))
            yield problem("C193", text.place(element), words=shortened(text.paragraphs[paragraph].text))


def _words_of_control(element: Element) -> str:
    control = next(element.iterancestors(qn("w:sdt")), None)
    return "" if control is None else shortened(words_in(control, " ")) or "A field"


def _open_comments(draft: WordFile) -> Iterator[Problem]:
    """Comments that nobody has marked as resolved: the copy has none, so somebody should have read them."""
    texts = dict(_comment_texts(draft))
    for reference in draft.text.root.iter(qn("w:commentReference")):
        if text := texts.get(reference.get(ID, "")):
            yield problem("C102", draft.text.place(reference), words=text)


def _comment_texts(draft: WordFile) -> Iterator[tuple[str, str]]:
    """Number and opening words of each open comment."""
    about = [each for each in _children(draft, "commentsextended.xml") if each.get(f"{_NEWER}done") in {"1", "true"}]
    settled = {each.get(f"{_NEWER}paraId") for each in about}
    for comment in _children(draft, "/comments.xml"):
        inside = list(comment.iter(PARAGRAPH))
        if inside and settled.isdisjoint(each.get(f"{W14}paraId") for each in inside):
            yield comment.get(ID, ""), shortened(words_in(comment, " ")) or "(empty)"


def _children(draft: WordFile, ending: str) -> Iterator[Element]:
    """What stands at the top of the parts whose names end so."""
    for part in draft.parts:
        if part.lower().endswith(ending):
            yield from draft.root(part)


def _hides_tables(styles: Styles) -> bool:
    """Does any table style hide text, in whole or for some of its rows?"""
    tables = (each for each in styles.by_id.values() if each.get(qn("w:type")) == "table")
    return any(is_on(Found(each)) for table in tables for each in table.iter(qn("w:vanish")))
