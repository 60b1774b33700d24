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


AT = b"1 0 0 1 72 700 Tm (Secret) Tj"
PICTURE = b" q 200 0 0 30 60 690 cm /P Do Q "
UNSEEN = {
    "white": (b"1 g", AT, "words have the colour of what lies behind them"),
    "nearly white": (b"0.99 0.99 0.99 rg", AT, "words have the colour of what lies behind them"),
    "white in four inks": (b"0 0 0 0 k", AT, "words have the colour of what lies behind them"),
    "white in a space by name": (b"/D cs 1 1 1 sc", AT, "words have the colour of what lies behind them"),
    "black on a black box": (BOX, AT, "words have the colour of what lies behind them"),
    "blue on a blue shape of lines": (
        b"0 0 1 rg 60 690 m 260 690 l 260 720 l 60 720 l h f",
        AT,
        "words have the colour of what lies behind them",
    ),
    "one point high": (b"", b"/F1 1 Tf " + AT, "words are too small to be seen"),
    "scaled to nothing": (b"", b"0.05 0 0 0.05 72 700 Tm (Secret) Tj", "words are too small to be seen"),
    "left of the page": (b"", b"1 0 0 1 -300 700 Tm (Secret) Tj", "words lie beyond the edges"),
    "above the page": (b"", b"1 0 0 1 72 900 Tm (Secret) Tj", "words lie beyond the edges"),
    "below the page": (b"", b"1 0 0 1 72 -60 Tm (Secret) Tj", "words lie beyond the edges"),
    "transparent": (b"/G gs", AT, "words are transparent"),
    "invisible without a scan": (b"3 Tr", AT, "words are written invisibly"),
    "only for clipping": (b"7 Tr", AT, "words are written invisibly"),
}
SEEN = {
    "black": (b"", AT),
    "white on a dark box": (b"0.1 g 60 690 200 30 re f 1 g", AT),
    "white on a dark shape with round corners": (b"0.1 g 60 690 m 60 700 260 700 260 720 c 60 720 l h f 1 g", AT),
    "white on a picture": (PICTURE + b"1 g", AT),
    "white with a line around": (b"1 g 2 Tr", AT),
    "a colour of its own": (b"/S cs 1 scn", AT),
    "black after a colour of its own": (b"/S cs 1 scn 0 g", AT),
    "footnotes": (b"", b"/F1 6 Tf " + AT),
    "a large scale": (b"", b"/F1 1 Tf 12 0 0 12 72 700 Tm (Secret) Tj"),
    "upside down": (b"", b"-1 0 0 -1 172 700 Tm (Secret) Tj"),
    "into the page from its left": (b"", b"1 0 0 1 -10 700 Tm (Secret) Tj"),
    "a blank that is white, and small": (b"1 g", b"/F1 1 Tf 1 0 0 1 72 700 Tm ( ) Tj"),
    "half transparent": (b"/F gs", AT),
    "what was read from a scan": (b"q 595 0 0 842 0 0 cm /P Do Q 3 Tr", AT),
}


def shown(look: bytes, letters: bytes, after: bytes = b"") -> bytes:
    """A page that shows words so, drawn with a highlighter, glass, pictures and a colour of its own at hand."""
    return pdf(b"q " + look + b" BT /F1 12 Tf " + letters + b" ET Q" + after, furnished)


def furnished(made: Any) -> None:
    def picture() -> Any:
        return pikepdf.Stream(
            made, b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip

    holed = picture()
    holed["/SMask"] = picture()
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1)
    spot = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.Gold, pikepdf.Name.DeviceGray, tint])
    shines = {"H": {"/BM": pikepdf.Name.Multiply}, "G": {"/ca": 0}, "F": {"/ca": 0.5}}
    resources = made.pages[0].Resources
    resources["/XObject"] = pikepdf.Dictionary(P=picture(), M=holed)
    resources["/ColorSpace"] = pikepdf.Dictionary(S=spot, D=pikepdf.Name.DeviceRGB)
    resources["/ExtGState"] = pikepdf.Dictionary({f"/{name}": pikepdf.Dictionary(s) for name, s in shines.items()})


@pytest.mark.parametrize("name", UNSEEN)
def test_words_that_nobody_sees_are_refused_with_their_page(name: str, tmp_path: Path) -> None:
    look, letters, why = UNSEEN[name]
    said = f"“letter.pdf” cannot be published: {why} on page 1, and can be copied from there."
    assert published(shown(look, letters), tmp_path)[1] == [("C127", said)]


@pytest.mark.parametrize("name", SEEN)
def test_words_that_are_seen_are_not(name: str, tmp_path: Path) -> None:
    assert published(shown(*SEEN[name]), tmp_path)[1] == []


def test_words_under_a_picture_are_refused_and_several_pages_are_named(tmp_path: Path) -> None:
    def again(made: Any) -> None:
        made.pages.append(made.pages[0])

    (told,) = published(pdf(TEXT + PICTURE, furnished, again), tmp_path)[1]
    assert "words stand under a picture on pages 1, 2, and can" in told[1]


@pytest.mark.parametrize(
    "content",
    [
        b"0.8 g 60 690 200 30 re f 0 g " + TEXT,
        TEXT + b" 60 690 200 30 re S",
        TEXT + b" 0 g 60 400 200 30 re f",
        TEXT + b" q /H gs 1 1 0 rg 60 690 200 30 re f Q",
        TEXT + b" q 200 0 0 30 60 690 cm /M Do Q",
        TEXT + b" q 595 0 0 842 0 0 cm /P Do Q",
        TEXT + b" 60 690 m 260 690 l 260 700 100 720 60 720 c h f",
    ],
)
def test_what_is_under_words_beside_them_or_lets_them_through_covers_nothing(content: bytes, tmp_path: Path) -> None:
    assert published(pdf(content, furnished), tmp_path)[1] == []


def test_layers_that_are_switched_off_are_refused(tmp_path: Path) -> None:
    def layered(made: Any) -> None:
        layer = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Notes")))
        made.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))

    assert "layers that are switched off" in published(pdf(TEXT, layered), tmp_path)[1][0][1]


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
