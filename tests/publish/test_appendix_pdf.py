"""What goes out of an appendix: its pages and nothing else; words that a page only covers are refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.publish import Appendix, collected

TEXT = b"BT /F1 12 Tf 72 700 Td (The letter.) Tj ET"
BOX = b"0 g 60 690 200 30 re f"
SECRET = b"CANARY"
Made = Callable[[Any], None]


def pdf(content: bytes = TEXT, *changes: Made, resources: Any = None) -> bytes:
    """A PDF of one page with this content, changed."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = made.add_blank_page(page_size=(595, 842))
    page["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), **(resources or {}))
    page["/Contents"] = made.make_stream(content)
    for change in changes:
        change(made)
    out = io.BytesIO()
    made.save(out, fix_metadata_version=False, compress_streams=False)
    return out.getvalue()


def published(content: bytes, folder: Path) -> tuple[bytes, list[tuple[str, str]]]:
    """The appendix as it goes out, and what is told of it."""
    (folder / "letter.pdf").write_bytes(content)
    files, problems = collected([Appendix(1, "Letter", "letter.pdf")], folder)
    return files["Appendix 1 - Letter.pdf"], [(problem.code, problem.message) for problem in problems]


def attachment(made: Any) -> None:
    made.attachments["salaries.xlsx"] = SECRET


def script(made: Any) -> None:
    made.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(SECRET))


def script_of_a_page(made: Any) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(SECRET))
    made.pages[0]["/AA"] = pikepdf.Dictionary(O=action)


def remark(made: Any) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=pikepdf.String(SECRET), Rect=[0, 0, 9, 9]
    )
    made.pages[0]["/Annots"] = pikepdf.Array([made.make_indirect(note)])


def author(made: Any) -> None:
    made.docinfo["/Author"] = SECRET.decode()


def described(made: Any) -> None:
    made.Root["/Metadata"] = made.make_stream(b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>")


def unused(made: Any) -> None:
    made.Root["/PieceInfo"] = pikepdf.Dictionary(Word=pikepdf.Dictionary(Private=pikepdf.String(SECRET)))


def everything(content: bytes) -> bytes:
    """All that a PDF holds, its streams unpacked."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            fix_metadata_version=False,
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        (attachment, "attachments"), (script, "scripts"), (script_of_a_page, "scripts"), (remark, "remarks"),
        (author, "names of people"), (described, ""), (unused, ""),
    ],
)  # fmt: skip
def test_what_no_page_shows_does_not_go_out(change: Made, taken: str, tmp_path: Path) -> None:
    kept = pdf(TEXT, change)
    assert SECRET in everything(kept)
    content, told = published(kept, tmp_path)
    assert SECRET not in everything(content)
    assert b"The letter." in everything(content)
    said = f"“letter.pdf” goes out without what no page of it shows: {taken}."
    assert told == ([("C126", said)] if taken else [])


def test_an_earlier_version_in_the_file_does_not_go_out(tmp_path: Path) -> None:
    first = pdf(b"BT /F1 12 Tf 72 700 Td (CANARY) Tj ET")
    assert SECRET in everything(first)
    revised = with_content(first, TEXT)
    assert SECRET in revised
    content, told = published(revised, tmp_path)
    assert content.count(b"%%EOF") == 1
    assert SECRET not in everything(content)
    assert [code for code, _ in told] == ["C126"]


def with_content(content: bytes, now: bytes) -> bytes:
    """The PDF with other content on its page, put behind the old as programs do that save quickly."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        number, size = opened.pages[0]["/Contents"].objgen[0], int(opened.trailer["/Size"])
    (root,) = re.findall(rb"/Root (\d+ \d+ R)", content)
    before = int(content[content.rfind(b"startxref") :].split()[1])
    stream = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(now), now)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %s /Prev %d >>\n" % (
        number, len(content), size, root, before,
    )  # fmt: skip
    return content + stream + table + b"startxref\n%d\n%%%%EOF\n" % (len(content) + len(stream))


@pytest.mark.parametrize(
    "content",
    [
        TEXT + b" " + BOX,
        TEXT + b" q 1 0 0 1 10 10 cm 0 g 50 680 200 30 re f Q",
        b"BT /F1 12 Tf 14 TL 72 714 Td (First.) Tj T* (Name.) Tj ET " + BOX,
        b"q 2 0 0 2 0 0 cm BT /F1 6 Tf 1 0 0 1 36 350 Tm (Name.) Tj ET Q " + BOX,
        TEXT + b" 1 g 60 690 200 30 re f*",
    ],
)
def test_words_under_a_box_are_refused_with_their_page(content: bytes, tmp_path: Path) -> None:
    _, told = published(pdf(content), tmp_path)
    assert told == [
        (
            "C127",
            "“letter.pdf” cannot be published: words stand under a box on page 1, and can be copied from there.",
        )
    ]


def shining() -> Any:
    return {"ExtGState": pikepdf.Dictionary(H=pikepdf.Dictionary(BM=pikepdf.Name.Multiply))}


@pytest.mark.parametrize(
    ("content", "resources"),
    [
        (BOX + b" " + TEXT, None),
        (TEXT + b" 60 690 200 30 re S", None),
        (TEXT + b" 0 g 60 400 200 30 re f", None),
        (TEXT + b" q /H gs 1 1 0 rg 60 690 200 30 re f Q", shining),
        (b"BT 3 Tr /F1 12 Tf 72 700 Td (scanned) Tj ET " + BOX, None),
    ],
)
def test_a_box_under_words_beside_them_or_of_a_highlighter_covers_nothing(
    content: bytes, resources: Any, tmp_path: Path
) -> None:
    assert published(pdf(content, resources=resources and resources()), tmp_path)[1] == []


def test_marks_of_a_reviewer_on_the_page_are_refused(tmp_path: Path) -> None:
    def stamped(made: Any) -> None:
        stamp = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9])
        made.pages[0]["/Annots"] = pikepdf.Array([stamp])

    assert [code for code, _ in published(pdf(TEXT, stamped), tmp_path)[1]] == ["C127"]


def test_links_and_the_title_stay(tmp_path: Path) -> None:
    def linked(made: Any) -> None:
        made.docinfo["/Title"] = "Letter"
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        made.pages[0]["/Annots"] = pikepdf.Array([link])

    content, told = published(pdf(TEXT, linked), tmp_path)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert str(opened.docinfo["/Title"]) == "Letter"
        assert str(opened.pages[0]["/Annots"][0].A.URI) == "https://example.org"
    assert told == []


def test_a_locked_or_damaged_file_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert "it is locked with a password" in published(out.getvalue(), tmp_path)[1][0][1]
    assert "it is damaged" in published(b"%PDF-1.7 and no more", tmp_path)[1][0][1]


def test_the_samples_letters_lose_nothing_that_a_page_shows() -> None:
    for letter in sorted(Path("inputs").glob("*/appendices/*.pdf")):
        _, problems = collected([Appendix(1, "Letter", letter.name)], letter.parent)
        assert [problem.code for problem in problems if problem.code == "C127"] == []
