"""A Word file as it was opened: each part parsed once, its styles and its stories, for all who ask."""

from __future__ import annotations

from functools import cached_property

from pipeline.catalogue import problem
from pipeline.opc import Element, Parts, Unsound, main_part, parse, relationships
from pipeline.problems import PaperError, Place
from pipeline.word.package import read_parts
from pipeline.word.story import Story
from pipeline.word.styles import Styles

_TEXTS = ("header", "footer", "footnotes", "endnotes")


class WordFile:
    """The parts of a Word file, and the name that messages call it by. A tree may be changed: what was asked for
    before stays as it was read.
    """

    def __init__(self, parts: Parts, name: str) -> None:
        self.parts, self.name = parts, name
        self._roots: dict[str, Element] = {}
        self._stories: dict[str, Story] = {}

    @classmethod
    def opened(cls, content: bytes, name: str) -> WordFile:
        """A file by its content. Raises PaperError as `read_parts`, and where a part is damaged (F204), its properties
        and data aside.
        """
        file = cls(read_parts(content, name), name)
        for part in file.parts:
            is_data = part.startswith(("docProps/", "customXml/"))
            if part.endswith((".xml", ".rels")) and not is_data and file.tree(part) is None:
                raise PaperError(problem("F204", Place(name), "part", name=name, part=part))
        return file

    def root(self, part: str) -> Element:
        """The root of a part. Raises KeyError where it is not there, Unsound where it cannot be read."""
        if part not in self._roots:
            self._roots[part] = parse(self.parts[part], part)
        return self._roots[part]

    def tree(self, part: str) -> Element | None:
        """The root of a part; None where it is not there or cannot be read."""
        try:
            return self.root(part)
        except (KeyError, Unsound):
            return None

    @cached_property
    def main(self) -> str:
        """The name of the part with the text."""
        return main_part(self.parts)

    @cached_property
    def links(self) -> dict[str, str]:
        """The parts that the text refers to, by the id of the reference."""
        return {link.id: link.target for link in relationships(self.parts, self.main) if not link.external}

    def related(self, kind: str) -> Element | None:
        """The root of the part that the text refers to as of this kind, such as `numbering`."""
        return next((self.tree(name) for name in self._related(kind)), None)

    def _related(self, *kinds: str) -> list[str]:
        links = relationships(self.parts, self.main)
        targets = [link.target for link in links if link.kind in kinds and not link.external]
        return [name for name in dict.fromkeys(targets) if name in self.parts]

    def story_of(self, kind: str) -> Story | None:
        """What stands in the part that the text refers to as of this kind, such as `footnotes`."""
        return next((self.story(name) for name in self._related(kind)), None)

    @cached_property
    def styles(self) -> Styles:
        """Its styles; without any where there are none that can be read."""
        return Styles(self.related("styles"))

    @property
    def text(self) -> Story:
        """The main story."""
        return self.story(self.main)

    @property
    def stories(self) -> list[Story]:
        """The text, and the headers, footers and notes that it refers to; not the comments beside it."""
        return [self.story(name) for name in (self.main, *self._related(*_TEXTS))]

    def story(self, part: str) -> Story:
        """What stands in a part, read once. Raises Unsound where it cannot be read."""
        if part not in self._stories:
            self._stories[part] = Story(self.root(part), self.styles, part, self.name)
        return self._stories[part]
