# ruff: noqa: E501
"""`CANARIES=1000 pytest tests/publish/test_public_copy.py` for the long form."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import zipfile

import pytest

from pipeline.problems import Level, PaperError
from pipeline.publish import privacy_problems
from pipeline.word import paragraphs, read_parts, seen
from tests.publish.papers import Draft, complex_field, drawing, png, public_copy, text, unready
from tests.publish.private_places import PLACES, draft_with
from tests.word.fields import bare, drop_down

WHEN = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
SECRET = "CANARY7731"
PAPERS = int(os.environ.get("CANARIES", "15"))


def _copy(draft: Draft) -> dict[str, bytes]:
    return read_parts(public_copy(draft.bytes(), title="Best practice", when=WHEN), "copy")


def _everything(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return content + b"".join(each.encode() + package.read(each) for each in package.namelist())


def _said(content: bytes) -> list[str]:
    from lxml import etree

    tree = etree.fromstring(read_parts(content, "x")["word/document.xml"])
    return [words for each in paragraphs(tree) if (words := seen(each).text)]


@pytest.mark.parametrize("place", PLACES)
def test_nothing_private_comes_through(place: str) -> None:
    content = draft_with([place], SECRET).bytes()
    assert SECRET.encode() in _everything(content), "the paper should hold the canary to begin with"
    assert SECRET.encode() not in _everything(public_copy(content, title="Best practice", when=WHEN))


@pytest.mark.parametrize("place", PLACES)
def test_the_independent_scan_finds_the_same_draft_unclean(place: str) -> None:
    plain, found = (privacy_problems(read_parts(draft_with(each, SECRET).bytes(), "x")) for each in ([], [place]))
    assert {*found} - {*plain}


def test_it_finds_nothing_in_one_that_hides_nothing() -> None:
    assert privacy_problems(read_parts(public_copy(draft_with([], SECRET).bytes(), title="T", when=WHEN), "copy")) == []


def test_the_places_are_many() -> None:
    assert len(PLACES) >= 120


def test_hundreds_of_random_papers_keep_their_secrets() -> None:
    chance = random.Random(20170113)
    for which in range(PAPERS):
        secret = f"Qx{which}{chance.randrange(10**9)}"
        places = chance.sample(sorted(PLACES), chance.randrange(2, 16))
        content = draft_with(places, secret).bytes()
        copy = public_copy(content, title="Best practice", when=WHEN)
        assert secret.encode() not in _everything(copy), places
        assert not privacy_problems(read_parts(copy, "copy"))


def test_what_everybody_may_read_is_all_still_there() -> None:
    said = _said(public_copy(draft_with(PLACES, SECRET).bytes(), title="Best practice", when=WHEN))
    for words in (
        "Introduction", "Words for everybody.", "Spoken about. ", "Seen. Seen again.", "Seen.", "Seen after all.", "Seen",
        "the report", "the file", "the page", "Marked.", "See 1", "Says a result", "b", "shown",
        "Still seen.", "typed in", "In a control.", "Tagged.", "Wrapped.", "Noted.", "Numbered.", "Glows.", "May be edited.",
        "A picture was here.", "No picture.", "No remark.", "That the report is noted.",
    ):  # fmt: skip
        assert words in said


def test_the_same_draft_gives_the_same_bytes() -> None:
    content = draft_with(PLACES, SECRET).bytes()
    made = [public_copy(content, title="Best practice", when=WHEN) for _ in range(2)]
    assert made[0] == made[1]


def test_a_public_copy_of_a_public_copy_is_the_same_again() -> None:
    once = public_copy(draft_with(PLACES, SECRET).bytes(), title="Best practice", when=WHEN)
    assert public_copy(once, title="Best practice", when=WHEN) == once


def test_title_language_and_time_are_the_only_properties() -> None:
    core = _copy(draft_with(["core properties"], SECRET))["docProps/core.xml"].decode()
    for part in ("<dc:title>Best practice</dc:title>", "<dc:language>en-GB</dc:language>", "2017-01-13T09:00:00Z"):
        assert part in core
    assert "creator" not in core


def test_references_and_page_numbers_still_work_under_neutral_names() -> None:
    main = _copy(draft_with(["a bookmark pointed at"], "_cp_0123456789ab"))["word/document.xml"].decode()
    assert 'w:name="_Ref100000001"' in main
    assert " REF _Ref100000001 \\r \\h " in main
    assert b" PAGE " in _copy(draft_with([], SECRET))["word/header1.xml"]


def test_a_picture_stays_with_its_alternative_text() -> None:
    parts = _copy(draft_with(["a picture's names and notes"], SECRET))
    assert parts["word/media/image1.png"] == png()
    assert 'descr="A red dot"' in parts["word/document.xml"].decode()
    assert 'name="Picture 7"' in parts["word/document.xml"].decode()


def test_a_link_to_the_public_stays() -> None:
    parts = _copy(draft_with(["hidden text and a tip in a link"], SECRET))
    assert b"https://www.example.org/report" in parts["word/_rels/document.xml.rels"]


CHANGES = {
    "an addition": '<w:ins w:id="1" w:author="A">{}</w:ins>'.format(text("ADDED words")),
    "a deletion": '<w:del w:id="1" w:author="A"><w:r><w:delText>DELETED words</w:delText></w:r></w:del>',
    "a move": '<w:moveFrom w:id="1" w:author="A">{}</w:moveFrom>'.format(text("MOVED words")),
    "a change of look": text("Looks", '<w:rPrChange w:id="1" w:author="A"><w:rPr/></w:rPrChange>'),
}


@pytest.mark.parametrize(("what", "says"), [("an addition", "“ADDED words” has been added"), ("a deletion", "“DELETED words”"),
                                            ("a move", "“MOVED words”"), ("a change of look", "formatting")])  # fmt: skip
def test_a_change_that_nobody_accepted_stops_publication_and_is_named_with_its_heading(what: str, says: str) -> None:
    draft = draft_with([], SECRET)
    draft.add(CHANGES[what])
    with pytest.raises(PaperError) as told:
        public_copy(draft.bytes(), title="T", when=WHEN, name="draft 2.docx")
    (found,) = told.value.problems
    assert found.code == "C101"
    assert says in found.message
    assert str(found.place) == "draft 2.docx, under “Recommendations”"


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        (text("to be confirmed", '<w:highlight w:val="yellow"/>'), "C103"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{text('Click here')}</w:sdtContent></w:sdt>", "C104"),
        ('<w:r><w:drawing><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
         "</a:graphic></w:drawing></w:r>", "C106"),
    ],
)  # fmt: skip
def test_what_a_person_must_settle_stops_publication(piece: str, code: str) -> None:
    draft = draft_with([], SECRET)
    draft.add(piece)
    with pytest.raises(PaperError) as told:
        public_copy(draft.bytes(), title="T", when=WHEN)
    assert [each.code for each in told.value.problems] == [code]


MARKER = '<w:style w:type="character" w:styleId="M"><w:name w:val="Marker"/><w:rPr><w:highlight w:val="yellow"/></w:rPr></w:style>'
YELLOW, NO_HIGHLIGHT = '<w:highlight w:val="yellow"/>', '<w:highlight w:val="none"/>'
HIGHLIGHTED = [
    text("to be settled", '<w:rStyle w:val="M"/>'),
    '<w:r><w:rPr><w:highlight w:val="cyan"/></w:rPr><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    bare("FORMDROPDOWN", drop_down("to be settled"), YELLOW),
]


@pytest.mark.parametrize("piece", HIGHLIGHTED)
def test_a_highlight_is_seen_wherever_it_comes_from_and_whatever_it_marks(piece: str) -> None:
    draft = draft_with([], SECRET)
    draft.styles.append(MARKER)
    draft.add(piece)
    assert [each.code for each in unready(draft.bytes())] == ["C103"]


NEWER = "http://schemas.microsoft.com/office/word/2012/wordml"
OLD_SHAPE = (
    '<w:r><w:pict><v:shapetype coordsize="21600,21600" o:spt="202" path="m,l"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/><o:lock v:ext="edit" aspectratio="t"/></v:shapetype>'
    '<v:shape style="width:200pt;height:50pt"><o:lock v:ext="edit" shapetype="t"/><v:textbox><w:txbxContent><w:p>'
    f"{text('In a box.')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
LEFT_BEHIND = {
    "a highlight on the mark of a paragraph": f"<w:p><w:pPr><w:rPr>{YELLOW}</w:rPr></w:pPr>{text('Settled.')}</w:p>",
    "a highlight on a blank": f"<w:p>{text('Settled')}{text(' ', YELLOW)}{text('too.')}</w:p>",
    "a highlight that says none": f"<w:p>{text('Settled.', NO_HIGHLIGHT)}</w:p>",
    "a text box of an older Word": f"<w:p>{OLD_SHAPE}</w:p>",
    "what a newer Word adds": f'<w:p xmlns:w15="{NEWER}" w15:paraId="0A0B0C0D">{text("Settled.")}</w:p>',
}


@pytest.mark.parametrize("what", LEFT_BEHIND)
def test_what_says_nothing_to_a_reader_goes_and_stops_nothing(what: str) -> None:
    draft = draft_with([], SECRET)
    draft.body.append(LEFT_BEHIND[what])
    draft.styles.append(MARKER)
    assert unready(draft.bytes()) == []
    assert any(
        "Settled" in each or "In a box." in each for each in _said(public_copy(draft.bytes(), title="T", when=WHEN))
    )


def test_what_the_cleaning_would_leave_is_told_before_and_is_no_fault_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.publish.cleaning.strip_marks", lambda _: None)
    draft = draft_with([], SECRET)
    draft.add(f"<w:proofErr/>{text('Words.')}")
    told = unready(draft.bytes())
    assert {each.code for each in told} == {"C112"}
    with pytest.raises(PaperError) as refused:
        public_copy(draft.bytes(), title="T", when=WHEN)
    assert refused.value.problems == tuple(told)
    assert refused.value.exit_code == PaperError.exit_code


def test_a_document_joined_in_stops_publication() -> None:
    draft = draft_with([], SECRET)
    draft.body.append('<w:altChunk r:id="rId9"/>')
    assert [each.code for each in unready(draft.bytes())] == ["C105"]


def test_a_table_style_that_hides_stops_publication() -> None:
    draft = draft_with([], SECRET)
    draft.styles.append('<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:rPr><w:vanish/></w:rPr></w:style>')
    assert [each.code for each in unready(draft.bytes())] == ["C107"]


def test_a_change_of_a_style_stops_publication_too() -> None:
    draft = draft_with([], SECRET)
    changed = '<w:rPr><w:rPrChange w:id="1" w:author="A"><w:rPr/></w:rPrChange></w:rPr>'
    draft.styles.append(f'<w:style w:type="paragraph" w:styleId="S"><w:name w:val="S"/>{changed}</w:style>')
    assert [each.code for each in unready(draft.bytes())] == ["C101"]


def test_a_picture_that_can_hold_more_stops_publication() -> None:
    draft = draft_with([], SECRET)
    draft.part("word/media/plan.emf", b"\x01\0\0\0" + SECRET.encode(), "image/x-emf")
    draft.add(drawing(draft.link("image", "media/plan.emf")))
    assert [each.code for each in unready(draft.bytes())] == ["C115"]


@pytest.mark.parametrize(
    ("before", "words", "near"),
    [
        ("", text("The Council must have regard to the plan."), "in “The Council must have regard to the plan.”"),
        (text("Emissions fell."), "", "after “Emissions fell.”"),
        ("", "", "after “That the report is noted.”"),
    ],
)
@pytest.mark.parametrize("described", ["", ' descr="image1.png"'])
def test_a_picture_that_nobody_described_stops_publication_and_is_named_with_its_paragraph(
    before: str, words: str, near: str, described: str
) -> None:
    draft = draft_with([], SECRET)
    draft.part("word/media/a.png", png(), "image/png")
    if before:
        draft.add(before)
    draft.add(words + drawing(draft.link("image", "media/a.png")).replace(' descr="A red dot"', described))
    (told,) = unready(draft.bytes())
    assert (told.code, told.level) == ("P514", Level.ERROR)
    assert told.place.near.endswith(near)
    with pytest.raises(PaperError):
        public_copy(draft.bytes(), title="T", when=WHEN)


def test_a_cropped_picture_is_only_a_warning() -> None:
    draft = draft_with([], SECRET)
    draft.part("word/media/a.png", png(), "image/png")
    draft.add(drawing(draft.link("image", "media/a.png")).replace("<a:stretch>", '<a:srcRect l="20000"/><a:stretch>'))
    assert [(each.code, each.level) for each in unready(draft.bytes())] == [("C108", Level.WARNING)]
    public_copy(draft.bytes(), title="T", when=WHEN)


def test_an_open_comment_is_shown_before_it_is_taken_out_and_a_settled_one_is_not() -> None:
    draft = draft_with(["a comment and its author"], "Is this right")
    (told,) = unready(draft.bytes())
    assert (told.code, told.level) == ("C102", Level.WARNING)
    assert "“Is this right”" in told.message
    assert told.place.near == "under “Introduction”"
    settled = draft_with(["a comment and its author"], "Is this right")
    settled.comments[0] = settled.comments[0].replace("<w:p>", '<w:p w14:paraId="0A">')
    settled.part(
        "word/commentsExtended.xml",
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="0A" w15:done="1"/></w15:commentsEx>',
    )
    assert unready(settled.bytes()) == []


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    draft = draft_with([], SECRET)
    for piece in (CHANGES["an addition"], CHANGES["a deletion"], text("TBC", '<w:highlight w:val="yellow"/>')):
        draft.add(piece)
    with pytest.raises(PaperError) as told:
        public_copy(draft.bytes(), title="T", when=WHEN)
    assert [each.code for each in told.value.problems] == ["C101", "C101", "C103"]


def test_a_contents_list_with_links_stays_alive() -> None:
    draft = Draft()
    draft.add(
        '<w:bookmarkStart w:id="1" w:name="_Toc9"/>' + text("First") + '<w:bookmarkEnd w:id="1"/>', style="Heading1"
    )
    begin, end = complex_field('TOC \\o "1-3" \\h \\z \\u', "").split(text(""))
    page = complex_field("PAGEREF _Toc9 \\h", "2")
    draft.add(begin + f'<w:hyperlink w:anchor="_Toc9" w:history="1">{text("First")}{page}</w:hyperlink>')
    draft.add(end)
    main = _copy(draft)["word/document.xml"].decode()
    assert ' TOC \\o "1-3" \\h \\z \\u ' in main
    assert " PAGEREF _Ref100000001 \\h " in main
    assert '<w:hyperlink w:anchor="_Ref100000001">' in main
