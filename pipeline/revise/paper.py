"""A paper opened for editing: its parts, the document as a tree, and the parts that the document refers to."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.opc import OFFICE, Element, Unsound, linked, main_part, parse, related, relationships, serialise, write
from pipeline.problems import PaperError, Place, error
from pipeline.word.numbering import Numbering
from pipeline.word.package import read_parts
from pipeline.word.story import refuse_damaged
from pipeline.word.styles import Styles
from pipeline.word.xml import qn

_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(slots=True)
class Paper:
    """`parts` by name; `main` is the document's part and `root` its tree, which `content` writes back."""

    parts: dict[str, bytes]
    main: str
    root: Element
    trees: dict[str, tuple[bytes, Element]] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        """The `w:body`."""
        found = self.root.find(qn("w:body"))
        if found is None:
            raise ValueError("a document without a body")
        return found

    def related(self, kind: str) -> list[str]:
        """The parts that the document refers to as `kind` (`comments`, `styles`, `numbering`, `customXml`)."""
        return related(self.parts, self.main, kind)

    def tree(self, kind: str) -> Element | None:
        """The tree of the first part of a kind, to be read only; None where there is none."""
        name = next(iter(self.related(kind)), "")
        if not name:
            return None
        content, tree = self.trees.get(name, (b"", None))
        if tree is None or content is not self.parts[name]:
            tree = parse(self.parts[name], name)
            self.trees[name] = self.parts[name], tree
        return tree

    @property
    def styles(self) -> Styles:
        """The styles of the paper."""
        return Styles(self.tree("styles"))

    @property
    def numbering(self) -> Numbering:
        """The lists of the paper, with its styles."""
        return Numbering(self.tree("numbering"), self.styles)

    def addresses(self) -> dict[str, str]:
        """Where the links of the document lead, out of the paper, by the id of the relationship."""
        return {link.id: link.target for link in relationships(self.parts, self.main) if link.external}

    def relate(self, kind: str, name: str, content: bytes, content_type: str = "") -> None:
        """Adds a part that the document refers to as `kind`."""
        self.parts = {**linked(self.parts, self.main, f"{OFFICE}{kind}", name, content_type), name: content}

    def content(self) -> bytes:
        """The file. The same parts give the same bytes."""
        self.parts[self.main] = serialise(self.root)
        return write(self.parts)


def open_paper(content: bytes, name: str) -> Paper:
    """A paper from a file's bytes; `name` is the file's, for messages. Raises PaperError for no sound Word file."""
    parts = read_parts(content, name)
    main = main_part(parts)
    try:
        paper = Paper(parts, main, parse(parts[main], main))
        paper.body  # noqa: B018
    except (Unsound, ValueError) as reason:
        problem = error(
            "R102",
            Place(file=name),
            f"“{name}” cannot be read: its text is damaged.",
            "Open it in Word, let Word repair it, and save it.",
        )
        raise PaperError(problem) from reason
    refuse_damaged({part: each for part, each in parts.items() if part != main}, name)
    return paper


def title_of(paper: Paper) -> str:
    """The title property."""
    core = paper.parts.get(_CORE)
    return "" if core is None else parse(core).findtext(_TITLE, "")


def set_title(paper: Paper, title: str) -> None:
    """Sets the title property, if the paper has one."""
    core = parse(paper.parts[_CORE]) if _CORE in paper.parts else None
    found = None if core is None else core.find(_TITLE)
    if core is not None and found is not None and found.text != title:
        found.text = title
        paper.parts[_CORE] = serialise(core)
