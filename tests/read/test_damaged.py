"""Whatever stands in a file, reading it ends in values or in a problem that names the file, and soon."""

from __future__ import annotations

import random
import re

import pytest

from pipeline import sheets
from pipeline.kinds import Field
from pipeline.problems import PaperError
from pipeline.read import profile_of, read_comment, read_table
from tests.documents import packed, parts_of
from tests.read.making import formats, raw_workbook, saved, sheet_of, word_file

TABLE = [
    ["Ref", "Area of\nfocus", "Deadline", "% complete"],
    ["A1", "Grants", "January 2017", 0.5],
    ["A2", None, "TBC", "97%"],
]
BOOK = saved(sheet_of(TABLE))
RAW = raw_workbook(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><f>A1</f><v>42000</v></c></row>'
    '<row r="2"><c t="inlineStr"><is><r><t>x</t></r></is></c></row>',
    strings=["Ref", "<si><r><rPr><strike/></rPr><t>gone</t></r></si>"],
    styles=formats("dd/mm/yyyy"),
    after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
)
WORD = word_file(
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>One</w:t></w:r>"
    '<w:ins w:id="1"><w:r><w:t> two</w:t></w:r></w:ins>'
    '<w:del w:id="2"><w:r><w:delText>three</w:delText></w:r></w:del></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    styles='<w:style w:styleId="a" w:type="paragraph"><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>',
)
TEXT = 'Ref;Date;Note\r\nA1;01/02/2017;"two\nlines"\r\nA2;;’\r\n'.encode()
COLUMNS = (
    Field(name="ref", headings=("Ref",), unique=True, required=True),
    Field(name="area", headings=("Area of focus", "Date"), fill_down=True),
    Field(name="deadline", headings=("Deadline",), type="when", open_words=("TBC",)),
    Field(name="percent", headings=("% complete", "Note"), type="percent"),
)
BITS = (
    b"<",
    b">",
    b"/>",
    b"&#0;",
    b"&#xD800;",
    b"<!--",
    b"]]>",
    b"<c/>",
    b"<row/>",
    b"1e999",
    b"-1",
    b"9" * 30,
    b"\x00",
    b"\xff",
    b"<v>",
    b"</v>",
    b"<is>",
    b"<t>",
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"<w:del>",
    b'r="ZZZ9"',
    b"_xD83D_",
    b"<si>",
)


def hurt_bytes(content: bytes, pick: random.Random) -> bytes:
    for _ in range(pick.choice((1, 1, 3, 20))):
        at, length = pick.randrange(len(content) + 1), pick.choice((1, 2, 40))
        new = pick.choice((b"", pick.randbytes(pick.choice((1, 4))), content[at : at + length] * 2, pick.choice(BITS)))
        content = content[:at] + new + content[at + length :]
    return content


def hurt_markup(part: bytes, pick: random.Random) -> bytes:
    for _ in range(pick.choice((1, 2, 6))):
        spots = [match.span() for match in re.finditer(rb'<[^>]*>|"[^"]*"', part)] or [(0, 0)]
        (start, end), (other, over) = pick.choice(spots), pick.choice(spots)
        new = pick.choice(
            (b"", part[start:end] * 2, part[other:over], pick.choice(BITS), b'"' + pick.choice(BITS) + b'"')
        )
        part = part[:start] + new + part[end:]
    return part


def hurt(content: bytes, pick: random.Random) -> bytes:
    if not content.startswith(b"PK") or pick.random() < 0.2:
        return hurt_bytes(content, pick)
    parts = parts_of(content)
    names = sorted(name for name in parts if "theme" not in name and "docProps" not in name)
    name = pick.choice(names)
    if pick.random() < 0.2:
        parts[name] = parts[pick.choice(names)]
    elif pick.random() < 0.1:
        del parts[name]
    else:
        parts[name] = pick.choice((hurt_markup, hurt_markup, hurt_bytes))(parts[name], pick)
    return packed(parts)


def read_somehow(content: bytes, word: bool) -> bool:
    """Reads it to the end; False where it was refused, naming the file."""
    try:
        if word:
            read_comment(content, "given.file", "finance")
        else:
            workbook = sheets.read(content, "given.file")
            assert profile_of(workbook).name == "given.file"
            for sheet in workbook.sheets:
                read_table(sheet, COLUMNS)
    except PaperError as refused:
        check_refusal(refused)
        return False
    return True


def check_refusal(refused: PaperError) -> None:
    assert all("given.file" in str(problem) and problem.cure for problem in refused.problems)


@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_a_damaged_file_is_read_or_refused_by_name(start: int) -> None:
    endings = set()
    for seed in range(start, start + 100):
        pick = random.Random(seed)
        whole = pick.choice((BOOK, RAW, WORD, TEXT))
        endings.add(read_somehow(hurt(whole, pick), whole is WORD))
    assert endings == {True, False}, "both endings must occur, or the damage is too small or too great to tell anything"


@pytest.mark.parametrize("whole", [BOOK, RAW, TEXT, WORD])
def test_the_same_files_undamaged_are_read(whole: bytes) -> None:
    assert read_somehow(whole, whole is WORD)


@pytest.mark.parametrize("whole", [BOOK, WORD])
def test_a_file_cut_off_anywhere_is_refused(whole: bytes) -> None:
    for at in range(4, len(whole) - 1, max(len(whole) // 60, 1)):
        assert not read_somehow(whole[:at], whole is WORD)


@pytest.mark.parametrize("depth", [1000, 200_000])
def test_elements_inside_one_another_without_end_are_refused(depth: int) -> None:
    nested = "<row>" * depth + "<c><v>1</v></c>" + "</row>" * depth
    assert not read_somehow(raw_workbook(nested), False)
    deep = "<w:sdt>" * depth + "</w:sdt>" * depth
    assert not read_somehow(word_file(deep), True)
