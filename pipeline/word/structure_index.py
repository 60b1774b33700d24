"""The elements of a Word file that its structure hangs on, gathered in one pass over each story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.opc import Unsound, parse
from pipeline.word.story import Story, read_styles, story_names
from pipeline.word.xml import Element, qn

_NAMES = (
    "w:p", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:pStyle", "w:rStyle", "w:tblStyle", "w:numId", "w:sdt",
    "w:bookmarkStart", "w:bookmarkEnd", "w:hyperlink", "w:comment", "w:footnote", "w:endnote", "w:commentReference",
    "w:footnoteReference", "w:endnoteReference",
)  # fmt: skip
_TAGS = tuple(map(qn, _NAMES))
_FALLBACK = qn("mc:Fallback")


@dataclass(frozen=True, slots=True)
class Index:
    """A story and its elements by tag, each list in document order."""

    story: Story
    found: Mapping[str, list[Element]]

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names (`w:p`), one name after the other."""
        for name in names:
            yield from self.found[qn(name)]


def index_of(story: Story) -> Index:
    """One pass over a story. What stands in the fallback of a drawing is there twice, and counts once."""
    found: dict[str, list[Element]] = {tag: [] for tag in _TAGS}
    has_fallback = next(story.root.iter(_FALLBACK), None) is not None
    for element in story.root.iter(*_TAGS):
        if not has_fallback or next(element.iterancestors(_FALLBACK), None) is None:
            found[element.tag].append(element)
    return Index(story, found)


def read_indexes(parts: Mapping[str, bytes], name: str) -> list[Index]:
    """An index of every story that can be read, the main text first."""
    styles, indexes = read_styles(parts), []
    for part in story_names(parts):
        root = root_of(parts, part)
        if root is not None:
            indexes.append(index_of(Story(root, styles, part, name)))
    return indexes


def root_of(parts: Mapping[str, bytes], part: str) -> Element | None:
    """The root of a part, None where it is missing or cannot be read (which is a problem of its own, P551)."""
    try:
        return parse(parts[part], part)
    except (KeyError, Unsound):
        return None
