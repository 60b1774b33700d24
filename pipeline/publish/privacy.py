"""An independent look at a finished public copy: is there anything in it that is not for the public?

It shares no code with the cleaning (but for reading pictures), and turns its question round: the cleaning takes known
private things out, this lets only known public things pass.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from collections.abc import Mapping
from urllib.parse import urlsplit

from pipeline.catalogue import problem
from pipeline.problems import Place, Problem
from pipeline.publish.pictures import has_notes

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(?:_rels/)?(?:document|styles|numbering|settings|"
    r"fontTable|theme|footnotes|endnotes|(?:header|footer)\d+)\.xml(?:\.rels)?|word/media/image\d+\.(?:png|jpe?g)"
)
_RELATIONS = re.compile(
    r"http://schemas\.openxmlformats\.org/(?:officeDocument/2006/relationships/(?:officeDocument|styles|numbering|"
    r"settings|fontTable|theme|footnotes|endnotes|header|footer|image|hyperlink)|"
    r"package/2006/relationships/metadata/core-properties)"
)
_TARGET = re.compile(r"(?:docProps/core|word/document|(?:document|styles|numbering|settings|fontTable|theme|footnotes|"
                     r"endnotes|(?:header|footer)\d+))\.xml|media/image\d+\.\w+")  # fmt: skip
_NAMESPACES = (
    "http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/word/2010/wordprocessing",
    "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:word", "http://purl.org/dc/",
    "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema-instance",
    "http://schemas.microsoft.com/office/drawing/2017/decorative",
)  # fmt: skip
_PRIVATE_WORDS = (
    "ins del moveFrom moveTo delText delInstrText rPrChange pPrChange sectPrChange tblPrChange tblGridChange "
    "tcPrChange trPrChange tblPrExChange numberingChange cellIns cellDel cellMerge moveFromRangeStart moveToRangeStart "
    "commentReference commentRangeStart commentRangeEnd annotationRef vanish specVanish sdt sdtPr smartTag "
    "customXml proofErr permStart permEnd rsid rsids docVars docVar attachedTemplate mailMerge writeProtection "
    "documentProtection OLEObject control object altChunk subDoc printerSettings ffData fldData highlight "
    "embedRegular embedBold embedItalic embedBoldItalic movie externalData saveThroughXslt aliases nsid tmpl Fallback "
    "hidden"
)
_PRIVATE_ELEMENTS = frozenset(_PRIVATE_WORDS.split())
_HIDES_NOTHING = {("vanish", "word/numbering.xml"), ("hidden", "word/styles.xml")}
"""Hidden numbers of lists, and styles that Word does not offer."""
_PRIVATE_ATTRIBUTES = re.compile(
    r"rsid\w*|author|date|initials|paraId|textId|tooltip|editId|anchorId|link|spid|docLocation|tplc|href|class"
    r"|Ignorable"
)
_CODE = re.compile(
    r' (?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|STYLEREF "(?:Heading [1-9]|[1-9]|Title)"(?: \\[lnprtw])*|'
    r'(?:REF|PAGEREF) _Ref\d{9}(?: \\[hnprtw])*|TOC(?: \\[hzuwx]| \\[on] "[1-9]-[1-9]")*|'
    r'HYPERLINK (?:\\l "_Ref\d{9}"|"(?:https?|mailto):[^"]+")) '
)
_STYLE = re.compile(rb'styleId="([^"]*)"')
_OWN_STYLE, _BOOKMARK, _ANYTHING = re.compile(r"Style\d+"), re.compile(r"_Ref\d{9}"), re.compile(".*", re.DOTALL)
_ON = frozenset({"1", "true", "on"})
_PICTURE = (re.compile(r"Picture ?\d*"), "a picture with a name of its own")
_THEME = (re.compile("Public"), "a theme with a name of its own")
_SIGN = (re.compile(".?"), "a sign of more than one letter")
_STYLED = frozenset(("pStyle", "rStyle", "tblStyle"))
_NAMED = {
    ("decimalSymbol", "val"): _SIGN,
    ("listSeparator", "val"): _SIGN,
    ("bookmarkStart", "name"): (_BOOKMARK, "a bookmark with a name of its own"),
    ("docPr", "name"): _PICTURE,
    ("cNvPr", "name"): _PICTURE,
    **{(name, "name"): _THEME for name in ("theme", "clrScheme", "fontScheme", "fmtScheme", "custClr")},
    ("hyperlink", "anchor"): (_BOOKMARK, "a link to nowhere"),
}
"""How a name or a link that stands in the file must be written, by element and attribute; and what another is."""
_CORE = frozenset({"coreProperties", "title", "language", "created", "modified"})


def privacy_problems(parts: Mapping[str, bytes], name: str = "the public copy") -> list[Problem]:
    """Every private or unknown thing in the parts of a Word file (C111-C114, errors); empty where it is clean."""
    found: list[Problem] = []
    styles = frozenset(map(bytes.decode, _STYLE.findall(parts.get("word/styles.xml", b""))))
    for part, content in sorted(parts.items()):
        place = Place(name, near=f"part {part}")
        if not _PARTS.fullmatch(part):
            found.append(problem("C111", Place(name), part=part))
        elif part.startswith("word/media/"):
            found += [problem("C114", place)] if has_notes(content) else []
        else:
            code = "C113" if part.startswith("docProps") else "C112"
            found += [problem(code, place, what=what) for what in _Scan(part, styles).of(content)]
    return found


class _Scan:
    """One pass over a part by the plainest parser there is; what it finds, each once."""

    def __init__(self, part: str, styles: frozenset[str]) -> None:
        self.part, self.styles = part, styles
        self.found: dict[str, None] = {}
        self.code: list[str] | None = None

    def of(self, content: bytes) -> list[str]:
        parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        parser.EndElementHandler = self._end
        parser.CommentHandler = lambda _: self._note("a remark between the lines")
        parser.ProcessingInstructionHandler = lambda *_: self._note("an instruction to another program")
        parser.StartDoctypeDeclHandler = lambda *_: self._note("a declaration")
        try:
            parser.Parse(content, True)
        except xml.parsers.expat.ExpatError:
            self._note("damage")
        return list(self.found)

    def _note(self, what: str) -> None:
        self.found[what] = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        self._element(space, name)
        given = [(key.rpartition(" ")[2], value) for key, value in attributes.items()]
        for key, value in given:
            self._attribute(name, key, value)
        self._style(dict(given))
        if name == "Relationship":
            self._relation(attributes)
        self.code = [] if name == "instrText" else self.code

    def _element(self, space: str, name: str) -> None:
        if space and not space.startswith(_NAMESPACES):
            self._note(f"an extension ({name})")
        if name in _PRIVATE_ELEMENTS and (name, self.part) not in _HIDES_NOTHING:
            self._note(f"a private mark ({name})")
        if self.part == "docProps/core.xml" and name not in _CORE:
            self._note(f"a personal property ({name})")

    def _style(self, given: Mapping[str, str]) -> None:
        if given.get("customStyle", "0") in _ON and not _OWN_STYLE.fullmatch(given.get("styleId", "")):
            self._note("a style with a name of its own")

    def _attribute(self, name: str, key: str, value: str) -> None:
        hidden = name == "docPr" and key == "hidden" and value not in {"0", "false"}
        if hidden or _PRIVATE_ATTRIBUTES.fullmatch(key):
            self._note(f"a private note ({key})")
        if key == "instr":
            self._field(value)
        if name in _STYLED and key == "val" and value not in self.styles:
            self._note("the name of a style that is not there")
        plain, what = _NAMED.get((name, key), (_ANYTHING, ""))
        if not plain.fullmatch(value):
            self._note(what)

    def _field(self, code: str) -> None:
        if not _CODE.fullmatch(code):
            self._note("a field code that is not known to be public")

    def _relation(self, attributes: Mapping[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if not _RELATIONS.fullmatch(kind):
            self._note("a link of an unknown kind")
        elif attributes.get("TargetMode") == "External":
            address = urlsplit(target)
            if not kind.endswith("/hyperlink") or address.scheme.lower() not in {"http", "https", "mailto"}:
                self._note("a link to a file or program")
            elif "@" in address.netloc:
                self._note("a link with a name or a password in it")
        elif not _TARGET.fullmatch(target):
            self._note("a part with a name of its own")

    def _text(self, text: str) -> None:
        if self.code is not None:
            self.code.append(text)

    def _end(self, tag: str) -> None:
        if self.code is not None and tag.endswith(" instrText"):
            self._field("".join(self.code))
            self.code = None
