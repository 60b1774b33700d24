"""The text of a Word file as its reader sees it, paragraph by paragraph, and what cannot go into a paper with it."""

from __future__ import annotations

from pipeline.blocks import Run
from pipeline.problems import PaperError
from pipeline.read import limits
from pipeline.read.packages import Package
from pipeline.read.refusals import damaged, too_large
from pipeline.read.word_fields import FIELD_PARTS, OpenFields
from pipeline.read.word_found import Found, Trouble, Words
from pipeline.read.word_styles import TOGGLES, Looks, Styles, is_on, value_of, word_name
from pipeline.read.xml import feed, parser_for
from pipeline.word.fields import FieldText

_OLD = frozenset(("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange"))
_SKIPPED = _OLD | {"http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback", "sectPr"}
_MATH_TEXT = "http://schemas.openxmlformats.org/officeDocument/2006/math t"
_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "br": "\n", "noBreakHyphen": "\u2011"}
_TROUBLES: dict[str, Trouble] = {
    "drawing": "picture",
    "pict": "picture",
    "object": "picture",
    "commentReference": "comment",
    "footnoteReference": "footnote",
    "endnoteReference": "footnote",
    "altChunk": "embedded",
    "subDoc": "embedded",
    "sym": "symbol",
}


def read_text(package: Package, part: str, styles: Styles) -> tuple[list[Words], list[Found]]:
    """The paragraphs of a part in order, and what was found in them. Raises PaperError: I113, I114, I117.

    Inserted text is in the paragraphs, deleted and hidden text is not (both are in what was found); the text of tables
    and text boxes is, each row of a table as one paragraph.
    """
    reader = _Reader(package.name, styles)
    parser = parser_for(package.name)
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    feed(parser, package.chunks(part), package.name)
    return reader.paragraphs, reader.found


class _Reader:
    """Handlers for the parser; what is being read is kept in stacks, since paragraphs stand in one another."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.name, self.styles = name, styles
        self.paragraphs: list[Words] = []
        self.found: list[Found] = []
        self.open: list[Words] = []
        self.row: list[Words] = []
        self.first_row: Words | None = None
        self.fields = OpenFields()
        self.looks: Looks = {}
        self.character = self.raised = ""
        self.depth = self.skipped = self.tables = self.inserted = self.deleted = self.boxes = 0
        self.in_paragraph_properties = self.in_text = self.prompt = False

    def start(self, full: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > limits.DEPTH * 2:
            raise PaperError(damaged(self.name))
        name = word_name(full)
        if self.skipped or name in _SKIPPED:
            self.skipped += 1
        elif name in _TROUBLES:
            self.find(_TROUBLES[name], "")
        elif self.in_paragraph_properties:
            self.paragraph_property(name, attributes)
        elif self.fields.in_form:
            self.fields.data(name, attributes)
        elif name in ("p", "pPr", "r", "tbl", "txbxContent", *_INSERTED, *_DELETED):
            self.container(name)
        else:
            self.inline(name, attributes)

    def container(self, name: str) -> None:
        if name == "p":
            self.open.append(Words())
        elif name == "pPr":
            self.in_paragraph_properties = bool(self.open)
        elif name == "r":
            self.looks, self.character, self.raised = {}, "", ""
        elif name == "tbl":
            self.tables += 1
        elif name == "txbxContent":
            self.boxes += 1
        elif name in _INSERTED:
            self.inserted += 1
        else:
            self.deleted += 1

    def paragraph_property(self, name: str, attributes: dict[str, str]) -> None:
        paragraph = self.open[-1]
        if name == "pStyle":
            paragraph.style = value_of(attributes)
        elif name == "ilvl":
            paragraph.level = value_of(attributes)
        elif name == "numId":
            paragraph.numbering = (value_of(attributes), paragraph.level)
        elif name in _INSERTED:
            self.find("inserted", "\n")
        elif name in _DELETED:
            self.find("deleted", "\n")

    def inline(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("t", "delText", _MATH_TEXT):
            self.in_text = True
            if name == _MATH_TEXT:
                self.find("equation", "")
        elif name in TOGGLES:
            self.looks[name] = is_on(attributes)
        elif name == "rStyle":
            self.character = value_of(attributes)
        elif name == "vertAlign":
            self.raised = value_of(attributes)
        elif name in FIELD_PARTS:
            self.say(self.fields.start(name, attributes))
        elif name in _MARKS:
            self.add(" " if value_of(attributes, "type") in ("page", "column") else _MARKS[name])
        elif name == "showingPlcHdr":
            self.prompt = is_on(attributes)

    def say(self, says: FieldText | None) -> None:
        """A field prints its result, or what its code or the form behind it says; anything else is found."""
        if says and self.open and says.kind == "text":
            self.put(says.text)
        elif says and self.open:
            self.find("prompt" if says.kind == "prompt" else "field", says.text)

    def characters(self, data: str) -> None:
        if not self.skipped and self.fields.in_code:
            self.fields.code(data)
        elif not self.skipped and self.in_text:
            self.add(data)

    def add(self, text: str) -> None:
        if self.open and self.fields.are_seen:
            self.fields.text(text)
            self.put(text)

    def put(self, text: str) -> None:
        trouble = self.trouble()
        if trouble:
            self.find(trouble, text)
        if trouble not in ("deleted", "hidden", "struck"):
            paragraph = self.open[-1]
            paragraph.runs.append(Run(text, self.look("b"), self.look("i")))

    def trouble(self) -> Trouble | None:
        """What is wrong with text added now, the gravest first."""
        if self.deleted:
            return "deleted"
        if self.look("vanish"):
            return "hidden"
        if self.look("strike") or self.look("dstrike"):
            return "struck"
        if self.inserted:
            return "inserted"
        if self.prompt:
            return "prompt"
        return "raised" if self.raised in ("superscript", "subscript") else None

    def look(self, name: str) -> bool:
        if name in self.looks:
            return self.looks[name]
        return self.styles.look(name, self.open[-1].style if self.open else "", self.character)

    def find(self, what: Trouble, text: str) -> None:
        """Note something found; text that follows on from the last is one with it."""
        paragraph = self.open[-1] if self.open else Words()
        last = self.found[-1] if self.found else None
        if last and text and last.text and what != "field" and (last.what, last.paragraph) == (what, paragraph):
            self.found[-1] = Found(what, last.text + text, paragraph)
        else:
            self.found.append(Found(what, text, paragraph))
        if len(self.found) > limits.FINDINGS:
            raise PaperError(too_large(self.name))

    def end(self, full: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
            return
        name = word_name(full)
        if name in ("t", "delText", _MATH_TEXT):
            self.in_text = False
        elif name in FIELD_PARTS:
            self.say(self.fields.end(name))
        elif name == "pPr":
            self.in_paragraph_properties = False
        elif name == "p" and self.open:
            self.end_paragraph(self.open.pop())
        elif self.in_paragraph_properties:
            return
        elif name in ("tr", "tbl", "txbxContent", "sdt"):
            self.end_container(name)
        elif name in _INSERTED:
            self.inserted -= 1
        elif name in _DELETED:
            self.deleted -= 1

    def end_container(self, name: str) -> None:
        if name == "tr" and self.tables == 1:
            self.end_row()
        elif name == "tbl":
            self.end_table()
        elif name == "txbxContent":
            self.boxes -= 1
        elif name == "sdt":
            self.prompt = False

    def end_paragraph(self, paragraph: Words) -> None:
        paragraph.listed = self.styles.list_style(paragraph.style, paragraph.numbering)
        if self.styles.is_heading(paragraph.style) and paragraph.text.strip():
            self.found.append(Found("heading", paragraph.text, paragraph))
        if self.boxes and self.open:
            if paragraph.text.strip():
                self.found.append(Found("text box", paragraph.text, paragraph))
            self.open[-1].boxes += [paragraph, *paragraph.boxes]
        elif self.tables:
            self.row += [paragraph, *paragraph.boxes]
        else:
            self.paragraphs += [paragraph, *paragraph.boxes]

    def end_row(self) -> None:
        filled = [paragraph for paragraph in self.row if paragraph.text.strip()]
        self.row = []
        if not filled:
            return
        row = Words()
        for paragraph in filled:
            row.runs += [*([Run("\t")] if row.runs else []), *paragraph.runs]
        self.paragraphs.append(row)
        self.first_row = self.first_row or row
        of_row = {id(paragraph) for paragraph in filled}
        self.found = [Found(one.what, one.text, row) if id(one.paragraph) in of_row else one for one in self.found]

    def end_table(self) -> None:
        self.tables -= 1
        if not self.tables and self.first_row is not None:
            self.found.append(Found("table", self.first_row.text, self.first_row))
            self.first_row = None
