"""A section as its author writes it in Word: sub-headings, lists in lists, links and looks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.documents import new_document

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
NOTE = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> {}</w:t></w:r></w:p></w:footnote>'
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
FORMS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%3."))
LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
OWN = (("upperLetter", "Option %1:"),)


class Narrative:
    """A Word file that an author writes line by line. `outline` and `again` are lists of one design, of which the
    second begins once more; `own` is one with words before its letters.
    """

    outline, again, own = 90, 91, 92

    def __init__(self) -> None:
        self.document: Document = new_document()
        self.notes: list[str] = []
        self._with_lists()

    def _with_lists(self) -> None:
        numbering = self.document.part.numbering_part.element
        for number, forms in ((self.outline, FORMS), (self.own, OWN)):
            levels = "".join(LEVEL.format(at, form, text) for at, (form, text) in enumerate(forms))
            design = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'
            numbering.find(qn("w:num")).addprevious(parse_xml(design))
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        lists = (self.outline, self.outline, ""), (self.again, self.outline, start), (self.own, self.own, "")
        for number, of_design, more in lists:
            of = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{of_design}"/>{more}</w:num>'
            numbering.append(parse_xml(of))

    def heading(self, text: str, level: int = 2) -> None:
        self.document.add_heading(text, level)

    def text(self, text: str) -> Any:
        return self.document.add_paragraph(text)

    def item(self, text: str, level: int = 0, of: int = outline) -> None:
        """An item of a list."""
        look = self.document.add_paragraph(text)._p.get_or_add_pPr()
        look.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'))

    def table(self, *rows: Sequence[str]) -> None:
        """A table whose first row is marked as its headings."""
        made = self.document.add_table(len(rows), len(rows[0]), "Table Grid")
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def link(self, paragraph: Any, text: str, address: str) -> None:
        """Words at the end of a paragraph that lead elsewhere."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.document.part.relate_to(address, LINK, is_external=True))
        paragraph._p.append(link)
        run = paragraph.add_run(text)._r
        link.append(run)

    def note(self, paragraph: Any, text: str) -> None:
        """A footnote at the end of a paragraph."""
        self.notes.append(text)
        run = paragraph.add_run()._r
        run.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{len(self.notes)}"/>'))

    def save(self, path: Path) -> None:
        if self.notes:
            notes = "".join(NOTE.format(number, text) for number, text in enumerate(self.notes, 1))
            content = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
            part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, content, self.document.part.package)
            self.document.part.relate_to(part, f"{OFFICE}footnotes")
        self.document.save(str(path))
