"""A paper opened for editing: its parts, the document as a tree, and the parts that the document refers to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from pipeline.problems import PaperError, Place, error
from pipeline.word.package import document_part, read_parts, write_parts
from pipeline.word.stories import refuse_damaged
from pipeline.word.xml import Element, qn

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def parse(content: bytes) -> Element:
    """The tree of an XML part; nothing outside it is ever fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def unparse(root: Element) -> bytes:
    """A tree as an XML part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


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

    @property
    def _links(self) -> str:
        folder, file = posixpath.split(self.main)
        return f"{folder}/_rels/{file}.rels"

    def related(self, kind: str) -> list[str]:
        """The parts that the document refers to as `kind` (`comments`, `styles`, `numbering`, `customXml`)."""
        if self._links not in self.parts:
            return []
        folder = posixpath.dirname(self.main)
        names = [
            posixpath.normpath(posixpath.join(folder, link.get("Target", ""))).lstrip("/")
            if not link.get("Target", "").startswith("/")
            else link.get("Target", "").lstrip("/")
            for link in self._tree(self._links)
            if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External"
        ]
        return [name for name in names if name in self.parts]

    def tree(self, kind: str) -> Element | None:
        """The tree of the first part of a kind, to be read only; None where there is none."""
        names = self.related(kind)
        return self._tree(names[0]) if names else None

    def _tree(self, name: str) -> Element:
        content, tree = self.trees.get(name, (b"", None))
        if tree is None or content is not self.parts[name]:
            tree = parse(self.parts[name])
            self.trees[name] = self.parts[name], tree
        return tree

    def addresses(self) -> dict[str, str]:
        """Where the links of the document lead, out of the paper, by the id of the relationship."""
        found = self._tree(self._links) if self._links in self.parts else ()
        return {e.get("Id", ""): e.get("Target", "") for e in found if e.get("TargetMode") == "External"}

    def relate(self, kind: str, name: str, content: bytes, content_type: str = "") -> None:
        """Adds a part that the document refers to as `kind`."""
        self.parts[name] = content
        link = etree.Element(f"{{{_RELATIONSHIPS}}}Relationship")
        links = parse(self.parts.get(self._links, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()))
        used = {other.get("Id") for other in links}
        link.set("Id", next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used))
        link.set("Type", f"{_OFFICE}/{kind}")
        link.set("Target", posixpath.relpath(name, posixpath.dirname(self.main)))
        links.append(link)
        self.parts[self._links] = unparse(links)
        if content_type:
            self._declare(name, content_type)

    def _declare(self, name: str, content_type: str) -> None:
        types = parse(self.parts["[Content_Types].xml"])
        override = etree.SubElement(types, f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", content_type)
        self.parts["[Content_Types].xml"] = unparse(types)

    def free_name(self, pattern: str) -> str:
        """The first part name of a pattern such as `customXml/item{}.xml` that is not taken."""
        return next(name for n in range(1, len(self.parts) + 2) if (name := pattern.format(n)) not in self.parts)

    def content(self) -> bytes:
        """The file. The same parts give the same bytes."""
        self.parts[self.main] = unparse(self.root)
        return write_parts(self.parts)


def open_paper(content: bytes, name: str) -> Paper:
    """A paper from a file's bytes; `name` is the file's, for messages. Raises PaperError for no sound Word file."""
    parts = read_parts(content, name)
    main = document_part(parts)
    try:
        paper = Paper(parts, main, parse(parts[main]))
        paper.body  # noqa: B018
    except (etree.XMLSyntaxError, ValueError) as reason:
        problem = error(
            "R102",
            Place(file=name),
            f"“{name}” cannot be read: its text is damaged.",
            "Open it in Word, let Word repair it, and save it.",
        )
        raise PaperError(problem) from reason
    refuse_damaged({part: each for part, each in parts.items() if part != main}, name)
    return paper
