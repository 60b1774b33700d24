# ruff: noqa: E501
"""Word files made from nothing, piece by piece."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.problems import Problem
from pipeline.publish import PublicCopy

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'mc:Ignorable="w14 wp14"'
)
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass
class Draft:
    """A Word file in the making: pieces of the body, of settings and styles, and further parts."""

    body: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str, bool]] = field(default_factory=list)
    package_links: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    numbering: list[str] = field(default_factory=list)
    first_header: str = ""

    def link(self, kind: str, target: str, *, external: bool = False, id_: str = "") -> str:
        """A relationship of the main part; its id."""
        made = id_ or f"rIdX{len(self.links)}"
        self.links.append((made, kind if "://" in kind else f"{R}/{kind}", target, external))
        return made

    def part(self, name: str, content: str | bytes, kind: str = "application/xml") -> None:
        """A further part."""
        self.parts[name] = content.encode() if isinstance(content, str) else content
        self.types[name] = kind

    def add(self, run: str, *, style: str = "") -> None:
        """A paragraph of the body."""
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        self.body.append(f"<w:p>{look}{run}</w:p>")

    def bytes(self) -> bytes:
        """The file."""
        self._fixed_parts()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                package.writestr(name, content)
        return out.getvalue()

    def _fixed_parts(self) -> None:
        for kind in ("styles", "settings", "numbering", "fontTable"):
            self.link(kind, f"{kind}.xml", id_=f"rId{kind}")
        header = self.link("header", "header1.xml", id_="rIdHeader")
        first = ""
        if self.first_header:
            self.part("word/header2.xml", story("hdr", self.first_header), f"{TYPE}.header+xml")
            first = f'<w:headerReference w:type="first" r:id="{self.link("header", "header2.xml")}"/>'
        if self.comments:
            self.link("comments", "comments.xml")
            self.part(
                "word/comments.xml",
                f"<w:comments {SPACES}>{''.join(self.comments)}</w:comments>",
                f"{TYPE}.comments+xml",
            )
        if self.notes:
            self.link("footnotes", "footnotes.xml")
            self.part(
                "word/footnotes.xml",
                f"<w:footnotes {SPACES}>{''.join(self.notes)}</w:footnotes>",
                f"{TYPE}.footnotes+xml",
            )
        self.part("word/document.xml", _document("".join(self.body), header, first), f"{TYPE}.document.main+xml")
        self.part("word/styles.xml", _styles("".join(self.styles)), f"{TYPE}.styles+xml")
        self.part("word/settings.xml", _settings("".join(self.settings)), f"{TYPE}.settings+xml")
        self.part(
            "word/numbering.xml",
            f"<w:numbering {SPACES}>{''.join(self.numbering)}</w:numbering>",
            f"{TYPE}.numbering+xml",
        )
        self.part(
            "word/fontTable.xml", f'<w:fonts {SPACES}><w:font w:name="Arial"/></w:fonts>', f"{TYPE}.fontTable+xml"
        )
        self.part(
            "word/header1.xml", story("hdr", f"{text('Page ')}{complex_field('PAGE', '1')}"), f"{TYPE}.header+xml"
        )
        self.parts["word/_rels/document.xml.rels"] = _relationships(self.links)
        package = [(f"rId{n}", kind, target, False) for n, (kind, target) in enumerate(self.package_links, 2)]
        self.parts["_rels/.rels"] = _relationships(
            [("rId1", f"{R}/officeDocument", "word/document.xml", False), *package]
        )
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items())
        self.parts["[Content_Types].xml"] = (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f"{overrides}</Types>"
        ).encode()


def text(words: str, look: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def complex_field(code: str, result: str, look: str = "") -> str:
    """A field of five runs."""

    def mark(kind: str) -> str:
        return f'<w:r><w:rPr>{look}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f'{mark("begin")}<w:r><w:rPr>{look}</w:rPr><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f"{mark('separate')}{text(result)}{mark('end')}"
    )


def png(note: str = "") -> bytes:
    """A picture of one pixel, with a note in its file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    notes = chunk(b"tEXt", b"Author\0" + note.encode()) if note else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + notes + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def jpeg(note: str) -> bytes:
    """A picture of one pixel as a camera makes it: notes of place, person and program in and after it."""

    def segment(kind: int, data: bytes) -> bytes:
        return b"\xff" + bytes([kind]) + struct.pack(">H", len(data) + 2) + data

    told = note.encode()
    notes = (0xE1, b"Exif\0\0MM\0*" + told), (0xED, b"Photoshop 3.0\0" + told), (0xFE, told)
    picture = (0xDB, b"\0" + bytes([1] * 64)), (0xC0, b"\x08\0\1\0\1\1\1\x11\0"), (0xC4, b"\0" + bytes(16))
    parts = ((0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), *notes, *picture, (0xDA, b"\1\1\0\0\x3f\0"))
    return b"\xff\xd8" + b"".join(segment(*each) for each in parts) + b"\0\xff\xd9" + told


def drawing(
    id_: str, *, name: str = "Picture 1", alt: str = "A red dot", inner: str = "", extra: str = "", number: int = 7
) -> str:
    """A run with a picture."""
    return (
        f'<w:r><w:drawing><wp:inline {extra}><wp:extent cx="9525" cy="9525"/><wp:docPr id="{number}" name="{name}" descr="{alt}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{inner}" descr="{inner}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id_}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def story(tag: str, content: str) -> str:
    return f"<w:{tag} {SPACES}><w:p>{content}</w:p></w:{tag}>"


def _document(body: str, header: str, first: str) -> str:
    return (
        f'<w:document {SPACES}><w:body>{body}<w:sectPr>{first}<w:headerReference w:type="default" r:id="{header}"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" '
        'w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _styles(more: str) -> str:
    return (
        f'<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="24"/>'
        '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name '
        'w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        f"{more}</w:styles>"
    )


def _settings(more: str) -> str:
    return f'<w:settings {SPACES}>{more}<w:defaultTabStop w:val="720"/><w:compat/></w:settings>'


def _relationships(links: Iterable[tuple[str, str, str, bool]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if external else ""}/>'
        for id_, kind, target, external in links
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'.encode()


def public_copy(content: bytes, *, title: str, when: dt.datetime, name: str = "the draft") -> bytes:
    """The file that goes out; raises PaperError where an error stands."""
    return PublicCopy.of(content, title=title, name=name).file(when)


def unready(content: bytes, name: str = "the draft") -> list[Problem]:
    """All that stands against a draft's going out, and what a person may look at."""
    return list(PublicCopy.of(content, title="A paper", name=name).problems)
