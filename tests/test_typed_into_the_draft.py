"""What people type into a draft is judged as every other text before it is published, placed and quoted."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from pipeline.office import Standing, standing_of, typed_problems
from pipeline.problems import PaperError, Place, Problem
from pipeline.publish import as_read
from pipeline.store import Draft
from tests.office import Office, check, office, publish
from tests.revise.papers import W
from tests.test_publication import BEFORE, MEETING

Edit = Callable[[Any], None]
NAME = "2017-01-23 Best Value Plan Update (draft 1).docx"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Standing, Draft]:
    """The sample's paper and its draft, made once; each test edits a copy in memory."""
    desk = office(tmp_path_factory.mktemp("office"))
    order = desk.order(MEETING, now=BEFORE)
    made = standing_of(order)
    return made, Draft(Path(NAME), 1, made.rendered.content, {"holds_edits": True})


def edited(content: bytes, *edits: Edit) -> bytes:
    paper, out = docx.Document(io.BytesIO(content)), io.BytesIO()
    for edit in edits:
        edit(paper)
    paper.save(out)
    return out.getvalue()


def told(built: tuple[Standing, Draft], *edits: Edit) -> list[Problem]:
    """What is said of the draft with these edits, as the rules find it."""
    made, draft = built
    own = Draft(draft.path, 1, edited(draft.content, *edits), draft.record)
    read = as_read(own.content, own.path.name)
    return typed_problems(made.material, made.context, own, read, made.rendered.content)


def lines(problems: list[Problem]) -> list[str]:
    return [f"{each.level} {each.code} {each.message}" for each in problems if str(each.level) != "note"]


def typing(text: str, after: str = "Carrying out the Best Value") -> Edit:
    """A paragraph of its own, typed below another in its style."""

    def edit(paper: Any) -> None:
        above = next(each for each in paper.paragraphs if each.text.startswith(after))
        above._p.addnext(paper.add_paragraph(text, above.style)._p)

    return edit


KEEPS = "only keeps a place."
TYPED: dict[str, list[str]] = {
    "The cost is £XX,XXX.": [f"error P105 “£XX,XXX” {KEEPS}"],
    "The cost is £12.XXm.": [f"error P105 “£12.XX” {KEEPS}"],
    "The cost is £?? a year.": [f"error P105 “£??” {KEEPS}"],
    "Some XX% agreed.": [f"error P105 “XX” {KEEPS}"],
    "Agreed on xx January 2017.": [f"error P105 “xx” {KEEPS}"],
    "Agreed in March 20XX.": [f"error P105 “20XX” {KEEPS}"],
    "The lead is TBC.": [f"error P105 “TBC” {KEEPS}"],
    "The lead is tba, the sum ???.": [f"error P105 “tba” {KEEPS}", f"error P105 “???” {KEEPS}"],
    "See {{ board }} and {date}.": [f"error P105 “{{{{ board }}}}” {KEEPS}", f"error P105 “{{date}}” {KEEPS}"],
    "Dear <name>, see «Address».": [f"error P105 “<name>” {KEEPS}", f"error P105 “«Address»” {KEEPS}"],
    "[To be confirmed by finance]": [f"error P105 “[To be confirmed by finance]” {KEEPS}"],
    "It was [NAME], on [date].": [f"error P105 “[NAME]” {KEEPS}", f"error P105 “[date]” {KEEPS}"],
    "[NB: check with Jo] All is well.": [f"error P105 “[NB: check with Jo]” {KEEPS}"],
    "Insert figures here. INSERT CHART.": [f"error P105 “Insert figures” {KEEPS}", f"error P105 “INSERT” {KEEPS}"],
    "[name to be inserted] wrote.": [f"error P105 “[name to be inserted]” {KEEPS}"],
    "It came to X% (finance to complete).": [
        f"error P105 “X%” {KEEPS}", f"error P105 “(finance to complete)” {KEEPS}"
    ],
    "It is due on dd/mm/yyyy (?)": [f"error P105 “dd/mm/yyyy” {KEEPS}", f"error P105 “(?)” {KEEPS}"],
    "Click or tap here to enter text.": [f"error P105 “Click or tap here to enter text” {KEEPS}"],
    "As in Error! Reference source not found.": [f"error P105 “Error! Reference source not found” {KEEPS}"],
    "A rise of #DIV/0! was seen.": [f"error P105 “#DIV/0!” {KEEPS}"],
    "See page ? and paragraph X.": [f"error P105 “page ?” {KEEPS}", f"error P105 “paragraph X” {KEEPS}"],
    "Agreed by ______ in all.": [f"error P105 “______” {KEEPS}"],
    "They met on 1 Janurary 2017.": ["error P122 There is no “1 Janurary 2017”."],
    "They answered on 31.11.16 at last.": ["error P122 There is no “31.11.16”."],
    "It meets on Wed 23/01/2017 again.": ["error P123 “Wed 23/01/2017” was or will be a Monday."],
    "It meets on Tuesday the 23rd of January 2017.": [
        "warning P120 “Tuesday the 23rd of January 2017” is not in the style of this report’s dates.",
        "error P123 “Tuesday the 23rd of January 2017” was or will be a Monday.",
    ],
    "Her number is QQ 12 34 56 C.": ["warning P180 “QQ 12 34 56 C” stands in the text."],
    "Ring (020) 7364-5000.": ["warning P180 “(020) 7364-5000” stands in the text."],
    "She gave her date of birth: 3.5.61.": ["warning P180 “date of birth: 3.5.61.” stands in the text."],
    "Lorem ipsum dolor sit amet.": [f"error P105 “Lorem ipsum” {KEEPS}"],
    "There was a 31 February 2017.": ["error P122 There is no “31 February 2017”."],
    "Answers are wanted by 31 June.": ["error P122 There is no “31 June”."],
    "Answers are wanted by 30th of Feb.": ["error P122 There is no “30th of Feb”."],
    "Answers are wanted by 31/04/2017.": ["error P122 There is no “31/04/2017”."],
    "It meets on Monday 24 January 2017.": ["error P123 “Monday 24 January 2017” was or will be a Tuesday."],
    "It meets on Mon 24 January 2017.": ["error P123 “Mon 24 January 2017” was or will be a Tuesday."],
    "It met on 17th October 2016.": ["warning P120 “17th October 2016” is not in the style of this report’s dates."],
    "It met on 17 th October 2016.": ["warning P121 “17 th October 2016” is not how a date is written."],
    "The plan will be sent on 17 October 2016.": [
        "warning P130 “17 October 2016” is told as to come, but is past on 12 January 2017: "
        "“The plan will be sent on 17 October 2016.”"
    ],
    "A workshop was held on 24 January 2017.": [
        "warning P131 “24 January 2017” is told as done, but comes after 23 January 2017: "
        "“A workshop was held on 24 January 2017.”"
    ],
    "The rules are currently under review.": [
        "warning P140 “currently” in “The rules are currently under review.” may no longer be true at the meeting."
    ],
    "4.2 The Council met.": ["warning P112 “4.2” is typed before “The Council met.”."],
    "See Appendix 7.": ["error P170 There is no “Appendix 7” in this paper."],
    "See Appendix 2.": [
        "warning P171 “Appendix 2” is typed, and stays as it is when the appendices are numbered anew."
    ],
    "Write to jo.smith@example.org.": ["warning P180 “jo.smith@example.org” stands in the text."],
    "Ring 020 7364 5000.": ["warning P180 “020 7364 5000” stands in the text."],
    "All seven areas of focus are behind.": [
        "warning P166 “seven areas” stands here; the facts give six areas (Progress!A4)."
    ],
    "Twelve areas are behind.": ["warning P166 “Twelve areas” stands here; the facts give six areas (Progress!A4)."],
    "Of these, Communications is 79% complete.": [
        "warning P167 “79%” stands here; the cell gives 97% (Progress!E6)."
    ],
    "Commissioners held it on 7 December 2016.": [
        "warning P169 “7 December 2016” stands here; the facts give 6 December 2016 (Workshops!A2)."
    ],
    "A Direction was made on 5 May 2016.": ["warning I475 The register has no Direction of 5 May 2016."],
}  # fmt: skip


@pytest.fixture(scope="module")
def all_typed(built: tuple[Standing, Draft]) -> list[Problem]:
    """What is said of a draft into which all of these were typed."""
    return told(built, *map(typing, TYPED))


@pytest.mark.parametrize("text", TYPED)
def test_words_typed_into_a_draft_are_told_as_they_stand(text: str, all_typed: list[Problem]) -> None:
    near = f"under “Comments of the Chief Finance Officer”, in “{text}”"
    found = [each for each in all_typed if each.place == Place(NAME, near=near)]
    assert lines(found) == TYPED[text]
    assert all(each.cure for each in found)


def test_nothing_is_told_but_of_these(all_typed: list[Problem]) -> None:
    assert len(lines(all_typed)) == sum(map(len, TYPED.values()))


def test_a_slip_is_a_note(built: tuple[Standing, Draft]) -> None:
    text = "It met on the the day, and will again. The EDMO stands under the Housing Act 2004."
    assert [each.code for each in told(built, typing(text))] == ["P161", "P162", "P164"]


PROSE = (
    "Officers met residents on Monday 16 January 2017 and will report back on 27 February 2017.",
    "Of 120 answers 64% were in favour, 24% against and 12% had no view; the budget of £1.2m holds.",
    "The Mayor asked [officers] to “insert a new clause” in the plan [sic], as the court held in [2016] EWHC 249.",
    "The date of the next workshop is to be confirmed by the Commissioners, and its papers are to follow.",
    "Is this enough? The Council thinks so: see the letter from the Secretary of State.",
    "Section 3 of the Local Government Act 1999 (the best value duty) applies; Part 1 was read again.",
    "The Board may wish to insert the words “and partners” after “residents” (5 < 6), and add X-ray units.",
    "Costs: £12,000 in 2016/17; £15,500 in 2017/18 – both within the approved budget.",
    "The Board thanked Sir Ken Knight, Lead Commissioner, for his work since 17 December 2014.",
    "The letter said that “progress […] has been made [in] all areas” (see para 3.4 above); 38 of the 45 attended.",
    "Clause 31.4.10 and paragraph (x) of the schedule apply (members to confirm), as on page 10. [sic]",
    "Two areas are complete, three are nearly so, and the six areas will be looked at again by all three boards.",
    "A fourth update will follow the third update, and some 100 residents of 12 wards wrote on 19 points of law.",
    "Property spent £421k of £1.2m, 35% of its budget; the other 65% is held back until 2018/19.",
    "Training took place in November 2016 and will go on until 31 March 2017.",
)


def test_plain_prose_of_officers_is_not_flagged(built: tuple[Standing, Draft]) -> None:
    assert lines(told(built, *map(typing, PROSE))) == []


def test_what_the_program_wrote_is_not_told_again_wherever_it_was_moved_or_copied(
    built: tuple[Standing, Draft],
) -> None:
    def copied(paper: Any) -> None:
        whole = "The Secretary of State's reply is expected imminently"
        text = next(each.text for each in paper.paragraphs if each.text.startswith(whole))
        assert "soon" in text  # which is told at its cell
        typing(text)(paper)

    assert lines(told(built, copied)) == []


def test_words_of_the_program_beside_a_change_are_not_told_again(built: tuple[Standing, Draft]) -> None:
    def change(paper: Any) -> None:
        one = next(each for each in paper.paragraphs if "results expected soon" in each.text)
        one.runs[-1].text = one.runs[-1].text.replace("Partnership", "Partners TBC")

    assert lines(told(built, change)) == [f"error P105 “TBC” {KEEPS}"]


def cell(paper: Any) -> None:
    paper.tables[-1].rows[2].cells[1].paragraphs[0].runs[0].text = "Agree process [date]"


def header(paper: Any) -> None:
    paper.sections[0].header.is_linked_to_previous = False
    paper.sections[0].header.add_paragraph("Held on [date]")


def footer(paper: Any) -> None:
    paper.sections[0].footer.is_linked_to_previous = False
    paper.sections[0].footer.add_paragraph("Held on [date]")


def put(xml: str) -> Edit:
    def edit(paper: Any) -> None:
        paper.paragraphs[8]._p.addnext(parse_xml(xml.replace(">", f' xmlns:w="{W}">', 1)))

    return edit


RUN = "<w:p><w:r><w:t>Held on [date]</w:t></w:r></w:p>"
BOX = f"<w:p><w:r><w:pict><w:txbxContent>{RUN}</w:txbxContent></w:pict></w:r></w:p>"
CONTROL = f'<w:sdt><w:sdtPr><w:alias w:val="Day"/></w:sdtPr><w:sdtContent>{RUN}</w:sdtContent></w:sdt>'
TRACKED = '<w:p><w:ins w:id="900" w:author="A"><w:r><w:t>Held on [date]</w:t></w:r></w:ins></w:p>'
CHOSEN = (
    '<w:p><w:r><w:t xml:space="preserve">Held on </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Monday"/><w:listEntry w:val="day TBC"/></w:ddList></w:ffData>'
    '</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    "</w:p>"
)
NESTED = f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{RUN}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
PLACES: dict[str, tuple[Edit, str]] = {
    "a cell": (cell, "under “Background”, table 3, row 3, in “Agree process [date]”"),
    "a header": (header, "page header, in “Held on [date]”"),
    "a footer": (footer, "page footer, in “Held on [date]”"),
    "a text box": (put(BOX), "in “Held on [date]”"),
    "a content control": (put(CONTROL), "in “Held on [date]”"),
    "a tracked insertion": (put(TRACKED), "in “Held on [date]”"),
    "a table in a table": (put(NESTED), "in “Held on [date]”"),
}


@pytest.mark.parametrize("place", PLACES)
def test_words_are_found_wherever_a_draft_holds_them(place: str, built: tuple[Standing, Draft]) -> None:
    edit, near = PLACES[place]
    (found,) = told(built, edit)
    assert (found.code, found.message) == ("P105", f"“[date]” {KEEPS}")
    assert found.place.near.endswith(near)


def test_the_choice_of_an_old_drop_down_is_judged_like_typed_words(built: tuple[Standing, Draft]) -> None:
    (found,) = told(built, put(CHOSEN))
    assert (found.code, found.message) == ("P105", f"“TBC” {KEEPS}")


def test_hidden_and_deleted_words_are_not_for_the_public_and_not_told(built: tuple[Standing, Draft]) -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Check [date]</w:t></w:r></w:p>"
    deleted = '<w:p><w:del w:id="901" w:author="A"><w:r><w:delText>Check [date]</w:delText></w:r></w:del></w:p>'
    assert lines(told(built, put(hidden), put(deleted))) == []


def test_a_recommendation_typed_in_the_draft_begins_with_its_verb(built: tuple[Standing, Draft]) -> None:
    assert lines(told(built, typing("Progress since October.", "Note and comment"))) == [
        "warning P111 The recommendation “Progress since October.” does not begin with what is asked of the meeting."
    ]
    assert lines(told(built, typing("Agree the plan.", "Note and comment"))) == []


def test_a_cross_reference_of_words_own_is_not_typed(built: tuple[Standing, Draft]) -> None:
    field = '<w:fldSimple w:instr=" REF _Ref1 "><w:r><w:t>Appendix 2</w:t></w:r></w:fldSimple>'
    assert lines(told(built, put(f"<w:p><w:r><w:t>See </w:t></w:r>{field}</w:p>"))) == []


def typed_in(desk: Office, *texts: str) -> None:
    path = desk.build(MEETING, now=BEFORE).path
    typed = [typing(text, "In the letter that went") for text in texts]
    path.write_bytes(edited(path.read_bytes(), *typed))


def drafts_problems(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, str]]:
    return [(str(each.level), each.code) for each in problems if each.place.file == NAME]


def test_publish_refuses_what_check_tells(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    typed_in(desk, "The cost is £XX,XXX.", "There was a 31 February 2017.")
    order = desk.order(MEETING, now=BEFORE)
    with pytest.raises(PaperError) as refused:
        publish(order)
    wanted = [("error", "P105"), ("error", "P122")]
    assert drafts_problems(refused.value.problems) == drafts_problems(check(order)) == wanted
    monkeypatch.setattr("pipeline.office.standing.typed_problems", lambda *_: [])
    assert publish(order).version == 1  # the control: without the rules it would have gone out


def test_an_accepted_warning_of_the_draft_is_a_note_and_its_acceptance_is_used(desk: Office) -> None:
    typed_in(desk, "Write to jo.smith@example.org.", "The rules are currently under review.")
    desk_accepts(desk, "P180", "jo.smith@example.org")
    settings = desk.folder / "templates" / desk.report / "report.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[checks.levels]\nP140 = "error"\n', "utf-8")
    with pytest.raises(PaperError) as refused:
        publish(desk.order(MEETING, now=BEFORE))
    told = refused.value.problems
    assert drafts_problems(told) == [("error", "P140"), ("note", "P180")]
    assert not [each for each in told if each.code == "I491"]
    assert drafts_problems(check(desk.order(MEETING, now=BEFORE))) == [("error", "P140"), ("note", "P180")]


def desk_accepts(desk: Office, code: str, where: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Accepted"
    for row in (("Code", "Where", "Reason", "Accepted by"), (code, where, "Agreed with her", "A. Officer")):
        book.active.append(row)
    book.save(desk.inputs / "accepted.xlsx")


def test_an_unedited_draft_is_not_read_again(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build(MEETING, now=BEFORE)
    monkeypatch.setattr("pipeline.check.draft.check_draft", lambda *_: pytest.fail("nobody typed"))
    assert publish(desk.order(MEETING, now=BEFORE)).version == 1
