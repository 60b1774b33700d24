"""A sound paper, made of a shipped template's own styles and numbering, to be broken in one place at a time."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
Parts = dict[str, bytes]
Change = Callable[[Parts], None]

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" mc:Ignorable="w14"'
)
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
    '<wp:docPr id="1" name="Picture 1" descr="Bar chart: complaints fell from 22 to 14"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="chart"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId21"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="Decision"/><w:id w:val="77"/></w:sdtPr><w:sdtContent>'
    '<w:p><w:pPr><w:pStyle w:val="NumberedParagraph"/></w:pPr><w:r><w:t>Agreed.</w:t></w:r></w:p>'
    "</w:sdtContent></w:sdt>"
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    held = content if content.startswith("<") or not content else run(content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{held}</w:p>'


def field(code: str, result: str) -> str:
    """A field with its stored result."""
    turn = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{turn('begin')}{told}{turn('separate')}{run(result)}{turn('end')}"


def marked(number: int, name: str, content: str) -> str:
    """Runs inside a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def row(*texts: str, header: bool = False) -> str:
    """A table row that does not split; the first of a table is marked as such."""
    style = "TableHeading" if header else "TableText"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{paragraph(style, each)}</w:tc>' for each in texts
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def table(*rows: str) -> str:
    """A table of three columns as the templates make them."""
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="CouncilTable"/><w:tblW w:w="9000" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/><w:tblCaption w:val="Work in hand"/></w:tblPr>'
        + "<w:tblGrid>"
        + '<w:gridCol w:w="3000"/>' * 3
        + "</w:tblGrid>"
        + "".join(rows)
        + "</w:tbl>"
    )


FIRST_ROW = row("Area", "Activity", "Deadline", header=True)
_LINK = f'<w:hyperlink r:id="rId20">{run("register of roads, 2026")}</w:hyperlink>'
_REFERENCE = field("REF _cp_000000000002 \\r \\h", "Appendix 1")
_OPENING = marked(101, "_cp_000000000001", run("Roads &amp; paths: the year’s work is under way."))
BODY = (
    paragraph("Title", "Highways Panel")
    + paragraph("Heading1", "Introduction")
    + paragraph("NumberedParagraph", _OPENING)
    + paragraph("NumberedParagraph", run("The letter is ") + _REFERENCE + run("."))
    + paragraph("Heading1", "Progress")
    + table(FIRST_ROW, row("Bridges", "Paint the rails", "May 2026"), row("Paths", "Cut the hedges", "June 2026"))
    + paragraph("NumberedParagraph", run("The ") + _LINK + run(" has the rest."))
    + PICTURE
    + CONTROL
    + paragraph("AppendixHeading", "Appendices")
    + paragraph("AppendixItem", marked(102, "_cp_000000000002", run("Letter from the contractor")))
)


def sound_parts() -> Parts:
    """The parts of the sound paper."""
    with zipfile.ZipFile(TEMPLATES / "best-value-board" / "template.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    settings = parts[DOCUMENT].decode().rpartition("<w:sectPr>")[2].partition("</w:body>")[0]
    parts[DOCUMENT] = f"<w:document {_NS}><w:body>{BODY}<w:sectPr>{settings}</w:body></w:document>".encode()
    parts["word/media/image1.png"] = _PIXEL
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        f'<Relationship Id="rId20" Type="{kinds}/hyperlink" Target="https://roads.example/" TargetMode="External"/>'
        f'<Relationship Id="rId21" Type="{kinds}/image" Target="media/image1.png"/></Relationships>'
    )
    swap("</Relationships>", links, "word/_rels/document.xml.rels")(parts)
    swap("<Default ", '<Default Extension="png" ContentType="image/png"/><Default ', "[Content_Types].xml")(parts)
    return parts


def swap(old: str, new: str, part: str = DOCUMENT) -> Change:
    """A change that puts `new` in the place of the first `old`, which must be there."""

    def change(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, f"{old} is not in {part}"
        parts[part] = text.replace(old, new, 1).encode()

    return change


def at_end(markup: str) -> Change:
    """A change that adds markup to the end of the text."""
    return swap("<w:sectPr>", f"{markup}<w:sectPr>")


def without(part: str) -> Change:
    """A change that takes a part out."""

    def change(parts: Parts) -> None:
        del parts[part]

    return change


def changed(*changes: Change) -> Parts:
    """The sound paper with these changes."""
    parts = sound_parts()
    for change in changes:
        change(parts)
    return parts
