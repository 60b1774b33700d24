# ruff: noqa: E501
"""What a person sees in the draft stands in the public copy, word for word; what cannot is told by its place."""

from __future__ import annotations

import datetime as dt
import os
import random

import pytest

from pipeline.problems import Level, PaperError
from pipeline.publish import Line, differences, lines_of, privacy_problems
from pipeline.word import WordFile, read_parts
from tests.publish.papers import TYPE, Draft, complex_field, public_copy, story, text, unready
from tests.publish.private_places import PLACES, draft_with
from tests.word.fields import PROMPTS, SHOWN, SILENT, UNREAD, bare, drop_down, in_font, parted, sign, tick_box

WHEN = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
TRIES = int(os.environ.get("CANARIES", "60"))
TRACKED = ("<w:del ", "<w:ins ", "<w:moveFrom ")
GOES_OUT = [(piece, words) for piece, words in SHOWN if not piece.startswith(TRACKED)]


def copy_of(draft: Draft) -> dict[str, bytes]:
    parts = read_parts(public_copy(draft.bytes(), title="T", when=WHEN), "copy")
    assert privacy_problems(parts) == []
    return parts


def lines(parts: dict[str, bytes]) -> list[str]:
    return [each.text for each in lines_of(WordFile(parts, "x"))]


def told(draft: Draft) -> list[tuple[str, str]]:
    found = [each for each in unready(draft.bytes(), "draft 2.docx") if each.level is Level.ERROR]
    with pytest.raises(PaperError) as refused:
        public_copy(draft.bytes(), title="T", when=WHEN, name="draft 2.docx")
    assert refused.value.problems == tuple(found), "what the check tells is what publishing obeys"
    return [(each.code, each.place.near) for each in found]


def test_what_a_person_sees_goes_out_as_text_that_any_program_shows() -> None:
    draft = draft_with([], "x")
    pieces = [each for each in GOES_OUT if "AUTONUM" not in each[0]]
    for number, (piece, _) in enumerate(pieces):
        draft.add(text(f"Before {number} ") + piece + text(" after."))
    parts = copy_of(draft)
    expected = [f"Before {number} {words} after." for number, (_, words) in enumerate(pieces)]
    assert [each for each in lines(parts) if each.startswith("Before")] == expected
    main = parts["word/document.xml"].decode()
    for mark in ("<w:sym", "ffData", "FORM", "SYMBOL", "Wingdings", 'w:ascii="Symbol"', "symEx", " XE "):
        assert mark not in main


@pytest.mark.parametrize(("piece", "words"), [each for each in GOES_OUT if "AUTONUM" in each[0]])
def test_a_number_goes_out(piece: str, words: str) -> None:
    draft = draft_with([], "x")
    draft.add(piece + text(" Numbered."))
    assert f"{words} Numbered." in lines(copy_of(draft))


def test_paragraphs_of_nothing_to_see_leave_no_blank_lines() -> None:
    draft = draft_with([], "x")
    draft.add(text("Above."))
    before = copy_of(draft)["word/document.xml"].count(b"<w:p>")
    draft = draft_with([], "x")
    draft.add(text("Above."))
    for piece in SILENT:
        if not piece.startswith((*TRACKED, "<w:r><w:softHyphen")):
            draft.add(piece)
    assert copy_of(draft)["word/document.xml"].count(b"<w:p>") == before


CODES = {"prompt": "C104", "field": "C190", "symbol": "C191", "control": "C192"}


def test_what_nobody_filled_in_or_can_tell_stops_publication_each_by_its_place() -> None:
    draft = draft_with([], "x")
    expected = [*((piece, "prompt", about) for piece, about in PROMPTS), *UNREAD]
    for number, (piece, *_) in enumerate(expected):
        draft.add(text(f"Sum {number} is ") + piece + text("."))
    codes = told(draft)
    messages = [each.message for each in unready(draft.bytes())]
    for number, ((code, near), message, (_, kind, about)) in enumerate(zip(codes, messages, expected, strict=True)):
        assert code == CODES[kind]
        assert near.startswith(f"under “Recommendations”, in “Sum {number} is")
        assert about in message


def with_everywhere(piece: str) -> Draft:
    """A draft with a piece in a table, a header, a footnote and a text box."""
    draft = draft_with([], "x")
    cell = "<w:tc><w:tcPr><w:tcW w:w='3000' w:type='dxa'/></w:tcPr><w:p>{}</w:p></w:tc>"
    draft.body.append(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='3000'/><w:gridCol w:w='3000'/></w:tblGrid><w:tr>"
        f"{cell.format(text('Cell ') + piece)}{cell.format(text('beside'))}</w:tr></w:tbl>"
    )
    draft.notes.append(f'<w:footnote w:id="9"><w:p>{text("Note ")}{piece}</w:p></w:footnote>')
    draft.add(text("Noted.") + '<w:r><w:footnoteReference w:id="9"/></w:r>')
    box = f"<w:txbxContent><w:p>{text('Box ')}{piece}</w:p></w:txbxContent>"
    draft.add(
        '<w:r><w:pict><v:shape style="width:9pt;height:9pt" alt="A box"><v:textbox>'
        f"{box}</v:textbox></v:shape></w:pict></w:r>"
    )
    draft.part("word/header5.xml", story("hdr", text("Head ") + piece), f"{TYPE}.header+xml")
    draft.body.append(
        f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="{draft.link("header", "header5.xml")}"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>{text("Last of a section.")}</w:p>'
    )
    return draft


def test_it_holds_in_tables_headers_notes_and_text_boxes() -> None:
    found = lines(copy_of(with_everywhere(bare("FORMDROPDOWN", drop_down("Yes", "No", result="1")))))
    assert {"Cell No", "Head No", "Note No", "Box No"} <= set(found)
    codes = told(with_everywhere(bare("EQ x")))
    assert [code for code, _ in codes] == ["C190"] * 4
    assert any("page header" in near for _, near in codes)
    assert any("footnotes" in near for _, near in codes)


def test_a_number_of_a_page_that_keeps_no_result_stays_a_number_of_a_page() -> None:
    draft = draft_with([], "x")
    draft.part("word/header5.xml", story("hdr", text("Page ") + bare("PAGE")), f"{TYPE}.header+xml")
    draft.body.append(
        f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="{draft.link("header", "header5.xml")}"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>{text("Last of a section.")}</w:p>'
    )
    assert any(b" PAGE " in content and b"separate" not in content for content in copy_of(draft).values())


def test_the_look_of_a_field_stays_with_its_words() -> None:
    draft = draft_with([], "x")
    draft.add(text("Outcome: ") + bare("FORMDROPDOWN", drop_down("Yes", "No"), "<w:b/>"))
    assert "<w:r><w:rPr><w:b/></w:rPr><w:t" in copy_of(draft)["word/document.xml"].decode()


def test_a_sign_of_a_style_in_a_symbol_font_goes_out_in_a_font_that_has_it() -> None:
    draft = draft_with([], "x")
    draft.styles.append(
        '<w:style w:type="character" w:styleId="T"><w:name w:val="T"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>'
    )
    draft.add(text("Done ") + text("ü", '<w:rStyle w:val="T"/>'))
    parts = copy_of(draft)
    assert "Done ✓" in lines(parts)
    assert "Segoe UI Symbol" in parts["word/document.xml"].decode()


def test_a_copy_that_would_say_less_is_refused_by_the_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the writing-out switched off, the comparison finds what is lost, and nothing goes out."""
    monkeypatch.setattr("pipeline.publish.cleaning.write_out", lambda *_: None)
    draft = draft_with([], "x")
    draft.add(
        text("Outcome: ") + bare("FORMDROPDOWN", drop_down("Choose", "Approved", result="1")) + text(" by Cabinet")
    )
    draft.add(bare("FORMCHECKBOX", tick_box("<w:checked/>")) + text(" No impact"))
    assert [each[0] for each in told(draft)] == ["C109"]
    (found,) = [each for each in unready(draft.bytes(), "draft 2.docx") if each.code == "C109"]
    assert found.message == "“Outcome: Approved by Cabinet” would not read the same in the public copy."
    assert str(found.place) == "draft 2.docx, after “That the report is noted.”"


def test_without_the_comparison_the_words_would_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.publish.cleaning.write_out", lambda *_: None)
    monkeypatch.setattr("pipeline.publish.public_copy.differences", lambda *_: [])
    draft = draft_with([], "x")
    draft.add(text("20") + bare("SYMBOL 176") + text("C"))
    assert "20C" in lines(copy_of(draft))


def test_a_blank_line_that_only_the_copy_would_have_is_told_by_its_place() -> None:
    draft = draft_with([], "x")
    draft.numbering.append(
        '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    )
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    draft.body.append(f"<w:p>{numbered}{bare('XE x')}</w:p>")
    assert told(draft) == [("P511", "under “Recommendations”")]


def test_every_place_of_a_difference_is_told() -> None:
    draft = [Line("text", each) for each in ("One", "Two", "Three", "Four")]
    assert differences(draft, draft, "x") == []
    found = differences(draft, [draft[0], Line("text", "2"), draft[2]], "x")
    assert [(each.place.near, each.message[:7]) for each in found] == [
        ("after “One”", "“Two” w"),
        ("after “Three”", "“Four” "),
    ]
    assert len(differences(draft[:1], [*draft[:1], Line("footer", "Secret")], "x")) == 1


def test_a_note_that_only_hidden_text_refers_to_is_said_by_nobody() -> None:
    draft = draft_with(["a footnote of hidden text", "hidden text in a header", "a header never shown"], "Qz7")
    assert not any("Qz7" in each for each in lines(read_parts(draft.bytes(), "draft")))
    assert "Noted." in lines(read_parts(draft_with(["hidden text in a footnote"], "Qz7").bytes(), "draft"))


def pieces_of(chance: random.Random) -> Draft:
    """A draft of pieces of every kind, and of private things, in any order."""
    every = [piece for piece, *_ in ((*SHOWN, *PROMPTS, *UNREAD) if chance.random() < 0.5 else GOES_OUT)]
    places = [name for name in PLACES if name != "a comment and its author"]
    draft = draft_with(chance.sample(places, 4), f"Qx{chance.randrange(10**9)}")
    for _ in range(6):
        draft.add("".join(chance.sample(every, chance.randrange(1, 4))))
        draft.add(text("Words between.") + complex_field("REF x", "Appendix 1"))
    return draft


def outcomes(seed: int, papers: int) -> set[str]:
    chance = random.Random(seed)
    found = set[str]()
    for _ in range(papers):
        draft = pieces_of(chance)
        try:
            parts = copy_of(draft)
        except PaperError as refused:
            found |= {each.code for each in refused.problems}
        else:
            found.add("out")
            assert (
                differences(lines_of(WordFile.opened(draft.bytes(), "draft")), lines_of(WordFile(parts, "copy")), "x")
                == []
            )
    return found


def test_nothing_that_a_paragraph_holds_is_a_fault_of_the_program() -> None:
    assert {"out", "C101", "C104", "C190"} <= outcomes(20170113, 16)


@pytest.mark.deep
def test_nothing_that_thousands_of_paragraphs_hold_is_a_fault_of_the_program() -> None:
    assert {"out", "C101", "C104", "C190", "C191", "C192"} <= outcomes(7, 20 * TRIES)


def test_a_field_in_the_unseen_result_of_another_goes_with_it() -> None:
    inner = parted("REF plan", "", text("unseen"))
    draft = draft_with([], "x")
    draft.add(text("Vote: ") + parted("FORMDROPDOWN", drop_down("For", "Against"), inner) + in_font("Wingdings", "ü"))
    draft.add(sign("Symbol", "F0B7") + text("tight"))
    main = copy_of(draft)["word/document.xml"].decode()
    assert "unseen" not in main
    assert "Vote: For✓" in lines({**copy_of(draft)})
