"""A simulated officer who also puts in what is more than words: comments and answers, tracked changes, notes, pictures,
charts, controls, sections and headers; and who edits where colleagues edit too.
"""

from __future__ import annotations

import copy
import datetime as dt
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from pipeline.opc import parse, related, relationships, serialise
from pipeline.revise import Comments, Paper, Revisions, edits, free_ids, rewrite
from pipeline.word import PARAGRAPH, RUN, TEXT, W14, Element, make, qn, seen
from tests.revise.officer import Officer
from tests.revise.papers import run

WHEN = dt.datetime(2017, 1, 12, 16, tzinfo=dt.UTC)
_KINDS = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_KINDS}wordprocessingml."
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_THREADS = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DRAWING = (
    f'<w:r {_W} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:drawing><wp:inline>'
    '<wp:extent cx="914400" cy="914400"/><wp:docPr id="{0}" name="Picture {0}" descr="{1}"/>'
    "<a:graphic>{2}</a:graphic></wp:inline></w:drawing></w:r>"
)
_CHART = (
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{0}"/></a:graphicData>'
)
_PICTURE = (
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="p"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{0}"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
)
_CHART_PART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p>'
    "<a:r><a:t>{0}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea/></c:chart></c:chartSpace>"
)
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8d"
    "b00000000049454e44ae426082"
)
_NOTES = (
    f"<w:footnotes {_W}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


@dataclass
class Colleague(Officer):
    """An officer with a name. `described`: what they said of pictures for who cannot see them."""

    name: str = "Ann Lee"

    def __post_init__(self) -> None:
        super().__post_init__()
        self.described: list[str] = []
        self.numbers = count(1)

    def work(self, edits: int, spots: Sequence[int] = (), *, sections: bool = False) -> None:
        """Makes so many edits, others in those spots where colleagues edit too; `sections`: and what belongs to whole
        pages.
        """
        mine = [each for each in self.paper.body.findall(PARAGRAPH) if len(seen(each).kept) > 60]
        rows = self._rows()
        for spot in spots:
            self._edit(mine[spot % len(mine)])
            self._edit_row(rows[spot % len(rows)])
        if spots:
            self._edit_as_all_do(mine[(spots[0] + 1) % len(mine)])
        super().work(edits)
        more = [self.remark, self.retrack, self.note, self.chart, self.picture, self.control, self.answer]
        for _ in range(1 + edits // 3):
            there = [each for each in self.paper.body.findall(PARAGRAPH) if each.find(RUN) is not None]
            self.rng.choice(more)(self.rng.choice(there))
        if sections:
            self.rng.choice([self.section, self.header])(self.rng.choice(self.paper.body.findall(PARAGRAPH)))

    def _edit(self, paragraph: Element) -> None:
        acts: list[Callable[[Element], None]] = [
            self.tweak, self.tweak, self.insert, self.delete, self.remark, self.retrack, self.track, self.bold,
            self.note,
        ]  # fmt: skip
        if paragraph.getparent() is not None:
            self.rng.choice(acts)(paragraph)

    def _edit_row(self, row: Element) -> None:
        texts = list(row.iter(TEXT))
        if texts and row.getparent() is not None and self.rng.random() < 0.6:
            text = self.rng.choice(texts)
            text.text = f"{text.text} {self.word()}" if self.rng.random() < 0.6 else self.word()

    @staticmethod
    def _edit_as_all_do(paragraph: Element) -> None:
        text = next((each for each in paragraph.iter(TEXT) if len(each.text or "") > 20), None)
        if text is not None:
            word = f"same{zlib.crc32((text.text or '')[:20].encode()) % 10**6}x"
            text.text = (text.text or "").replace(" the ", f" {word} ", 1)

    def _put(self, paragraph: Element, *what: Element) -> None:
        last = paragraph.findall(RUN)[-1:]
        for each in reversed(what):
            last[0].addnext(each) if last else paragraph.append(each)

    def remark(self, paragraph: Element) -> None:
        comments = Comments(self.paper, WHEN, self.name)
        comments.add(paragraph, paragraph, f"Please check {self.word()}")
        comments.save()

    def answer(self, paragraph: Element) -> None:
        """A comment of their own, and an answer to it."""
        self.remark(paragraph)
        name = self.paper.related("comments")[0]
        root = parse(self.paper.parts[name])
        first, second = root[-1], copy.deepcopy(root[-1])
        second.set(qn("w:id"), str(max(int(each.get(qn("w:id"), "0")) for each in root) + 1))
        list(second.iter(TEXT))[-1].text = f"It is {self.word()}"
        ids = [f"{self.rng.randrange(1, 0x7FFFFFFF):08X}" for _ in range(2)]
        for comment, number in ((first, ids[0]), (second, ids[1])):
            list(comment.iter(PARAGRAPH))[-1].set(f"{W14}paraId", number)
        root.append(second)
        self.paper.parts[name] = serialise(root)
        for mark in ("w:commentRangeStart", "w:commentRangeEnd"):
            paragraph.append(make(mark, id=second.get(qn("w:id"), "")))
        reference = make("w:r")
        reference.append(make("w:commentReference", id=second.get(qn("w:id"), "")))
        paragraph.append(reference)
        self._thread(*ids)

    def _thread(self, first: str, second: str) -> None:
        name = "word/commentsExtended.xml"
        root = (
            parse(self.paper.parts[name])
            if name in self.paper.parts
            else etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15})
        )
        for number, parent in ((first, ""), (second, first)):
            entry = etree.SubElement(root, f"{{{_W15}}}commentEx")
            entry.set(f"{{{_W15}}}paraId", number)
            if parent:
                entry.set(f"{{{_W15}}}paraIdParent", parent)
            entry.set(f"{{{_W15}}}done", "0")
        if name in self.paper.parts:
            self.paper.parts[name] = serialise(root)
        else:
            self.paper.relate("commentsExtended", name, serialise(root), _THREADS)

    def retrack(self, paragraph: Element) -> None:
        """Strikes a word out and puts another in, tracked."""
        text = seen(paragraph).kept
        parts = text.split(" ")
        if len(parts) < 5 or list(paragraph.iter(qn("w:fldChar"), qn("w:del"), qn("w:ins"))):
            return
        parts[self.rng.randrange(1, len(parts) - 1)] = self.word()
        revisions = Revisions(free_ids(self.paper.root), WHEN, self.name)
        rewrite(paragraph, edits(text, " ".join(parts)), {}, revisions)

    def note(self, paragraph: Element) -> None:
        """A footnote."""
        if not self.paper.related("footnotes"):
            self.paper.relate("footnotes", "word/footnotes.xml", _NOTES.encode(), f"{_WORD}footnotes+xml")
        name = self.paper.related("footnotes")[0]
        root = parse(self.paper.parts[name])
        number = str(max(int(each.get(qn("w:id"), "0")) for each in root) + 1)
        note, inside = make("w:footnote", id=number), make("w:p")
        inside.append(run(f"See {self.word()}."))
        note.append(inside)
        root.append(note)
        self.paper.parts[name] = serialise(root)
        reference = make("w:r")
        reference.append(make("w:footnoteReference", id=number))
        self._put(paragraph, reference)

    def chart(self, paragraph: Element) -> None:
        self._draw(paragraph, "chart", _CHART_PART.format(self.word()).encode(), f"{_KINDS}drawingml.chart+xml", _CHART)

    def picture(self, paragraph: Element) -> None:
        self._draw(paragraph, "image", _PIXEL + self.word().encode(), "image/png", _PICTURE)
        self.wrote.pop()

    def _draw(self, paragraph: Element, kind: str, content: bytes, content_type: str, graphic: str) -> None:
        n, ending = self.rng.randrange(10**6), "png" if kind == "image" else "xml"
        name = f"word/{'media' if kind == 'image' else 'charts'}/{kind}{n}.{ending}"
        self.paper.relate(kind, name, content, content_type)
        link = next(number for number, target in _links(self.paper, kind).items() if target == name)
        said = f"What {self.word()} looks like"
        self.described.append(said)
        self._put(paragraph, etree.fromstring(_DRAWING.format(n, said, graphic.format(link))))

    def control(self, paragraph: Element) -> None:
        control, about, inside = make("w:sdt"), make("w:sdtPr"), make("w:sdtContent")
        about.append(make("w:alias", val="A choice"))
        about.append(make("w:id", val=str(self.rng.randrange(1, 10**8))))
        inside.append(run(f" {self.word()}"))
        control.extend([about, inside])
        self._put(paragraph, control)

    def section(self, paragraph: Element) -> None:
        """A section of its own, laid across the page."""
        whole = self.paper.body.find(qn("w:sectPr"))
        if whole is None or paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            return
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            properties = make("w:pPr")
            paragraph.insert(0, properties)
        properties.append(copy.deepcopy(whole))

    def header(self, _: Element) -> None:
        root = make("w:hdr")
        root.append(make("w:p"))
        root[0].append(run(f"Draft {self.word()}"))
        self.paper.relate("header", "word/header77.xml", serialise(root), f"{_WORD}header+xml")
        link = next(number for number, target in _links(self.paper, "header").items() if "header77" in target)
        whole = self.paper.body.find(qn("w:sectPr"))
        if whole is not None:
            reference = make("w:headerReference", type="first")
            reference.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", link)
            whole.insert(0, reference)


def _links(paper: Paper, kind: str) -> dict[str, str]:
    """The parts that the document refers to as a kind, by the id of the relationship."""
    there = related(paper.parts, paper.main, kind)
    return {each.id: each.target for each in relationships(paper.parts, paper.main) if each.target in there}
