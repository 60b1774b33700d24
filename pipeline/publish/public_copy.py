"""The public copy of a draft, made and proven once: what a person must settle before it goes out, and what goes out."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from pipeline.catalogue import problem
from pipeline.opc import Parts, serialise, write
from pipeline.problems import Level, PaperError, Place, Problem
from pipeline.publish.cleaning import clean, remove_hidden
from pipeline.publish.fields import write_out
from pipeline.publish.parts import CORE_PART, LANGUAGE, assembled, core_properties, loaded
from pipeline.publish.privacy import privacy_problems
from pipeline.publish.unready import unready
from pipeline.word.accessibility import accessibility_problems
from pipeline.word.file import WordFile, read_parts
from pipeline.word.story import Story, shortened, shown_headers
from pipeline.word.structure import structure_problems
from pipeline.word.xml import ID, NAMESPACES, PARAGRAPH, Element, qn

_ANY_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_LEFT = "Type what stands there afresh, or paste it as text only, and tell IT of it: it is nothing for the public."
_BY_ID, _HEADER = f"{{{NAMESPACES['r']}}}id", qn("w:headerReference")
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """The same words as the draft, and nothing private. `problems` is what a person must settle, and may look at;
    `parts` is empty where the draft itself has an error.
    """

    title: str
    problems: tuple[Problem, ...]
    parts: Parts

    @classmethod
    def of(cls, content: bytes, *, title: str, name: str = "the draft") -> Self:
        """The public copy of the draft in `content`, with `title` as its title property.

        Its problems: C101-C108, C115, C190-C192, P514; and where nothing of that is an error, what it would not say as
        the draft does (C109), would have left in it (C111-C114), or have as a fault that the draft has not. Raises
        PaperError for a file that is no sound Word file.
        """
        draft = WordFile.opened(content, name)
        kept = loaded(draft)
        found = tuple(unready(draft, kept))
        if any(each.level is Level.ERROR for each in found):
            return cls(title, found, {})
        said, known = lines_of(draft), {fault.code for fault in _faults(draft)}
        clean(draft, kept)
        parts = assembled(kept, draft.parts, core_properties(title, _ANY_TIME))
        copy = WordFile(read_parts(write(parts), name), name)
        worse = (
            *differences(said, lines_of(copy), name),
            *(replace(private, cure=_LEFT) for private in privacy_problems(copy.parts, name)),
            *(fault for fault in _faults(copy) if fault.code not in known),
        )
        return cls(title, (*found, *worse), parts)

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from going out."""
        return [found for found in self.problems if found.level is Level.ERROR]

    def file(self, when: dt.datetime) -> bytes:
        """The Word file, `when` its time of making. Same draft and time, same bytes. Raises PaperError for errors."""
        if self.errors:
            raise PaperError(self.errors)
        return write({**self.parts, CORE_PART: core_properties(self.title, when)})


def as_read(content: bytes, name: str = "the draft") -> WordFile:
    """The draft without its hidden text, what shows and is not stored written out, marks and all else kept: for whoever
    quotes what the public reads.
    """
    draft = WordFile.opened(content, name)
    read = {}
    for story in draft.stories:
        write_out(story)
        remove_hidden(story.root, draft.styles)
        read[story.part] = serialise(story.root)
    return WordFile({**draft.parts, **read}, name)


def _faults(file: WordFile) -> list[Problem]:
    """Errors in how a file is put together and in how it can be read aloud."""
    found = structure_problems(file) + accessibility_problems(file, language=LANGUAGE, published=False)
    return [fault for fault in found if fault.level is Level.ERROR]


class Line(NamedTuple):
    """A paragraph that has words, and the kind of story it stands in."""

    story: str
    text: str


def lines_of(file: WordFile) -> list[Line]:
    """Every paragraph with words that a reader of the file sees, each note once for each reference to it.

    A draft and its public copy are read so, and compared. Nothing of the cleaning is used here.
    """
    found = list(_lines("text", file.text, file.text.root))
    for reference in shown_headers(file.text.root, file.related("settings")):
        part = file.links.get(reference.get(_BY_ID, ""), "")
        if part in file.parts:
            story = file.story(part)
            found += _lines("header" if reference.tag == _HEADER else "footer", story, story.root)
    for kind, number in _references(file.text):
        if (notes := file.story_of(kind)) is not None:
            for note in (note for note in notes.root if note.get(ID) == number):
                found += _lines(kind, notes, note)
                break
    return found


def _lines(kind: str, story: Story, holder: Element) -> Iterator[Line]:
    for paragraph in holder.iter(PARAGRAPH):
        if paragraph in story.paragraphs and (words := story.paragraphs[paragraph].text.strip()):
            yield Line(kind, words)


def _references(text: Story) -> Iterator[tuple[str, str]]:
    """Kind and number of each note that the text refers to where somebody sees it."""
    for seen in text.paragraphs.values():
        for piece in seen.pieces:
            if piece.kind == "layout" and piece.element.tag in _NOTES:
                yield _NOTES[str(piece.element.tag)], piece.element.get(ID, "")


def differences(draft: Sequence[Line], copy: Sequence[Line], name: str) -> list[Problem]:
    """An error (C109) for each paragraph of a draft that its copy does not say, or says otherwise."""
    found = []
    for _, first, last, start, end in _changes(draft, copy):
        was, now = draft[first:last], copy[start:end]
        after = "" if first == 0 else f"after “{shortened(draft[first - 1].text)}”"
        found.append(problem("C109", Place(name, near=after), words=shortened((was or now)[0].text)))
    return found


def _changes(draft: Sequence[Line], copy: Sequence[Line]) -> Iterable[tuple[str, int, int, int, int]]:
    if draft == copy:
        return ()
    matcher = difflib.SequenceMatcher(None, draft, copy, autojunk=False)
    return (change for change in matcher.get_opcodes() if change[0] != "equal")
