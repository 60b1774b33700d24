"""Comments in Word files: every word is printed as it reads or named as a problem, whatever Word has put around it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks import Run
from pipeline.kinds import Comment, Paragraph
from pipeline.problems import Level, PaperError, Problem
from pipeline.read import cleared_text, read_comment, text_hash
from tests.documents import new_document, packed, parts_of
from tests.read.making import W, codes, saved, word_file
from tests.word.fields import FIELDS, FORMS, PROMPTS, SILENT, UNREAD

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "inputs" / "comments"


def read(body: str, **parts: str) -> tuple[Comment, list[Problem]]:
    return read_comment(word_file(body, **parts), "finance.docx", "finance")


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(comment: Comment) -> list[str]:
    return ["".join(one.text for one in paragraph.runs) for paragraph in comment.paragraphs]


PLAIN = paragraph(run("Plain."))


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference inputs are not beside this repository")
@pytest.mark.parametrize(("name", "count"), [("finance.docx", 1), ("legal.docx", 4)])
def test_the_reference_comments_read_as_python_docx_reads_them(name: str, count: int) -> None:
    content = (REFERENCE / name).read_bytes()
    comment, problems = read_comment(content, name, "finance")
    assert (len(comment.paragraphs), problems) == (count, [])
    assert texts(comment) == [one.text for one in Document(io.BytesIO(content)).paragraphs]


@pytest.mark.parametrize(("piece", "words"), [each for each in (*FORMS, *FIELDS) if "AUTONUM" not in each[0]])
def test_a_field_is_printed_as_a_person_sees_it(piece: str, words: str) -> None:
    comment, problems = read(paragraph(run("Before "), piece, run(" after.")))
    assert texts(comment) == [f"Before {words} after."]
    assert problems == []


@pytest.mark.parametrize("piece", [each for each in SILENT if "w:id=" not in each and "vanish" not in each])
def test_a_field_that_shows_nothing_is_no_problem(piece: str) -> None:
    comment, problems = read(paragraph(run("Before"), piece, run(" after.")))
    assert (texts(comment), problems) == (["Before after."], [])


@pytest.mark.parametrize(("piece", "about"), PROMPTS)
def test_a_form_field_that_nobody_filled_in_is_named(piece: str, about: str) -> None:
    _, problems = read(paragraph(run("The sum is "), piece, run(".")))
    assert [each.code for each in problems] == ["I517"]
    assert f"“{about}”" in problems[0].message
    assert problems[0].place.near.startswith("paragraph 1 (“The sum is")


@pytest.mark.parametrize("piece", [each for each, kind, _ in UNREAD if kind == "field" and "dayLong" not in each])
def test_a_field_that_keeps_nothing_is_named(piece: str) -> None:
    _, problems = read(paragraph(run("The sum is "), piece, run(".")))
    assert {each.code for each in problems} == {"I528"}
    assert {each.level for each in problems} == {Level.ERROR}
    assert problems[0].place.near.startswith("paragraph 1 (“The sum is")


def test_a_comment_made_in_word_keeps_paragraphs_runs_and_lists() -> None:
    document = new_document()
    first = document.add_paragraph("Costs of ")
    first.add_run("£5m").bold = True
    first.add_run(" fall on ")
    first.add_run("reserves").italic = True
    document.add_paragraph("")
    document.add_paragraph("a point", style="List Bullet")
    document.add_paragraph("a step", style="List Number")
    comment, problems = read_comment(saved(document), "finance.docx", "finance")
    assert problems == []
    assert comment.paragraphs[0].runs == (
        Run("Costs of "),
        Run("£5m", bold=True),
        Run(" fall on "),
        Run("reserves", italic=True),
    )
    assert [(one.style, one.runs[0].text) for one in comment.paragraphs[1:]] == [
        ("bullet", "a point"),
        ("number", "a step"),
    ]
    assert comment.paragraphs[1].source.near == "paragraph 2 (“a point”)"
    assert (comment.section, comment.source.file) == ("finance", "finance.docx")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=30), max_size=5
    )
)
def test_any_paragraphs_that_python_docx_writes_read_back(paragraphs: list[str]) -> None:
    document = new_document()
    for one in paragraphs:
        document.add_paragraph(one)
    comment, problems = read_comment(saved(document), "a.docx", "legal")
    assert texts(comment) == [one.strip() for one in paragraphs if one.strip()]
    assert codes(problems) == ([] if texts(comment) else ["I503"])


LOOKS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bold"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Bold"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Listed"><w:name w:val="Listed"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


@pytest.mark.parametrize(
    ("style", "look", "bold"),
    [
        ("Normal", "", False),
        ("Normal", "<w:b/>", True),
        ("Normal", '<w:b w:val="0"/>', False),
        ("Normal", '<w:b w:val="true"/>', True),
        ("Bold", "", True),
        ("Child", "", True),
        ("Loop", "", False),
        ("Bold", '<w:b w:val="false"/>', False),
        ("Normal", '<w:rStyle w:val="Strong"/>', True),
        ("Bold", '<w:rStyle w:val="Strong"/>', False),
        ("Nothing", "", False),
        ("Normal", '<w:rPrChange w:id="1"><w:rPr><w:b/></w:rPr></w:rPrChange>', False),
    ],
)
def test_bold_comes_from_the_run_or_its_styles_as_in_word(style: str, look: str, bold: bool) -> None:
    body = paragraph(run("text", look), properties=f'<w:pStyle w:val="{style}"/><w:rPr><w:b/></w:rPr>')
    comment, problems = read(body, styles=LOOKS)
    assert (comment.paragraphs[0].runs, problems) == ((Run("text", bold=bold),), [])


LISTS = (
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="none"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
)


@pytest.mark.parametrize(
    ("properties", "style"),
    [
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "bullet"),
        ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', "number"),
        ('<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>', ""),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>', ""),
        ('<w:pStyle w:val="Listed"/>', "bullet"),
        ('<w:pStyle w:val="Listed"/><w:numPr><w:numId w:val="0"/></w:numPr>', ""),
    ],
)
def test_lists_are_told_by_their_numbering(properties: str, style: str) -> None:
    comment, _ = read(paragraph(run("x"), properties=properties), styles=LOOKS, numbering=LISTS)
    assert comment.paragraphs[0].style == style


NUMBERED = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize(
    ("body", "printed", "found", "quoted"),
    [
        (paragraph(run("A "), f'<w:ins w:id="1">{run("new ")}</w:ins>', run("word")), ["A new word"], ["I510"], "new"),
        (
            paragraph(run("A "), '<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>', run("word")),
            ["A word"],
            ["I511"],
            "old",
        ),
        (
            paragraph(
                f'<w:moveFrom w:id="1">{run("gone")}</w:moveFrom>', f'<w:moveTo w:id="2">{run("come")}</w:moveTo>'
            ),
            ["come"],
            ["I511", "I510"],
            "gone",
        ),
        (paragraph(run("A"), properties='<w:rPr><w:ins w:id="1"/></w:rPr>'), ["A"], ["I510"], "a paragraph break"),
        (
            f"{PLAIN}<w:tbl><w:tr><w:tc>{paragraph(run('Cost'))}</w:tc><w:tc>{paragraph(run('£5m'))}</w:tc></w:tr></w:tbl>",
            ["Plain.", "Cost\t£5m"],
            ["I512"],
            "begins with “Cost”",
        ),
        (paragraph(run("A"), '<w:r><w:commentReference w:id="0"/></w:r>'), ["A"], ["I513"], "remark"),
        (paragraph(run("A"), '<w:r><w:footnoteReference w:id="2"/></w:r>'), ["A"], ["I514"], "does not hold"),
        (paragraph(run("A"), "<w:r><w:drawing/></w:r>"), ["A"], ["I515"], "picture"),
        (
            paragraph(
                run("A"), f"<w:r><w:pict><w:txbxContent>{paragraph(run('boxed'))}</w:txbxContent></w:pict></w:r>"
            ),
            ["A", "boxed"],
            ["I515", "I516"],
            "picture",
        ),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{paragraph(run('Click here'))}</w:sdtContent></w:sdt>",
            ["Click here"],
            ["I517"],
            "Click here",
        ),
        (f"<w:sdt><w:sdtContent>{PLAIN}</w:sdtContent></w:sdt>", ["Plain."], [], ""),
        (paragraph(run("A "), run("secret", "<w:vanish/>")), ["A"], ["I518"], "secret"),
        (paragraph(run("A "), run("gone", "<w:strike/>")), ["A"], ["I519"], "gone"),
        (paragraph(run("A "), run("gone", "<w:dstrike/>")), ["A"], ["I519"], "gone"),
        (
            paragraph(
                run("A"),
                '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>',
            ),
            ["Ax"],
            ["I520"],
            "equation",
        ),
        (
            paragraph('<w:hyperlink r:id="x" w:anchor="above" xmlns:r="r">', run("see above"), "</w:hyperlink>"),
            ["see above"],
            ["I531"],
            "see above",
        ),
        (PLAIN + '<w:altChunk r:id="x" xmlns:r="r"/>', ["Plain."], ["I522"], "embedded"),
        (
            paragraph(run("Finance"), properties='<w:pStyle w:val="H"/>') + PLAIN,
            ["Finance", "Plain."],
            ["I523"],
            "Finance",
        ),
        (paragraph(run("A"), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), ["A"], ["I524"], "symbol"),
        (paragraph(run("a\u202eb")), ["ab"], ["I526"], "cannot be printed"),
        ("<w:p/>", [], ["I503"], "has no text"),
        (
            paragraph(
                run("A"),
                "<w:r><w:br/></w:r>",
                run("B"),
                "<w:r><w:tab/></w:r>",
                run("C"),
                '<w:r><w:br w:type="page"/></w:r>',
            ),
            ["A\nB\tC"],
            [],
            "",
        ),
        (
            paragraph(run("non"), "<w:r><w:noBreakHyphen/></w:r>", run("stop"), "<w:r><w:softHyphen/></w:r>"),
            ["non\u2011stop"],
            [],
            "",
        ),
        (paragraph('<w:hyperlink r:id="x" xmlns:r="r">', run("a link"), "</w:hyperlink>"), ["a link"], [], ""),
        (
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                run("today"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
                run(" it is"),
            ),
            ["today it is"],
            [],
            "",
        ),
        (paragraph('<w:fldSimple w:instr="DATE">', run("today"), "</w:fldSimple>"), ["today"], [], ""),
        (
            paragraph(
                f'<mc:AlternateContent xmlns:mc="{NUMBERED}"><mc:Choice>',
                run("once"),
                "</mc:Choice><mc:Fallback>",
                run("twice"),
                "</mc:Fallback></mc:AlternateContent>",
            ),
            ["once"],
            [],
            "",
        ),
        (paragraph("<w:smartTag><w:customXml>", run("kept"), "</w:customXml></w:smartTag>"), ["kept"], [], ""),
        (paragraph(run("{{ x }} &amp; &lt;i&gt; ’")), ["{{ x }} & <i> ’"], [], ""),
    ],
)
def test_nothing_is_dropped_without_a_word(body: str, printed: list[str], found: list[str], quoted: str) -> None:
    comment, problems = read(body, styles=LOOKS)
    assert (texts(comment), codes(problems)) == (printed, found)
    assert not problems or quoted in problems[0].message
    assert all(problem.place.file == "finance.docx" and problem.cure for problem in problems)


def test_a_problem_is_placed_by_the_number_and_first_words_of_its_paragraph() -> None:
    _, (problem,) = read(
        PLAIN + "<w:p/>" + paragraph(run("The second, "), run("hidden", "<w:vanish/>"), run("it says."))
    )
    assert str(problem.place) == "finance.docx, paragraph 2 (“The second, it says.”)"
    assert problem.level is Level.ERROR


def test_what_stands_between_paragraphs_or_in_a_table_is_placed_by_what_is_near() -> None:
    picture = "<w:p><w:r><w:drawing/></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('Cost'), '<w:r><w:drawing/></w:r>')}</w:tc></w:tr></w:tbl>"
    _, problems = read(picture + PLAIN + picture + table)
    assert [(problem.code, problem.place.near) for problem in problems] == [
        ("I515", "after the start"),
        ("I515", "after paragraph 1 (“Plain.”)"),
        ("I512", "paragraph 2 (“Cost”)"),
        ("I515", "paragraph 2 (“Cost”)"),
    ]


def test_a_table_is_one_problem_however_many_rows_it_has() -> None:
    rows = "".join(f"<w:tr><w:tc>{paragraph(run(f'row {number}'))}</w:tc></w:tr>" for number in range(5))
    comment, problems = read(f"<w:tbl>{rows}</w:tbl>")
    assert (len(comment.paragraphs), codes(problems)) == (5, ["I512"])
    assert "“row 0”" in problems[0].message


def cell(*paragraphs: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def test_a_table_is_read_as_it_is_drawn() -> None:
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="1000"/><w:gridCol w:w="1000"/></w:tblGrid>'
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{''.join(cell(paragraph(run(each))) for each in 'ABC')}</w:tr>"
    two = cell(paragraph(run("£5m"), properties='<w:jc w:val="right"/>'), "<w:p/>", look='<w:gridSpan w:val="2"/>')
    high = cell(paragraph(run("Roads")), look='<w:vMerge w:val="restart"/>')
    rows = f"<w:tr>{high}{two}</w:tr><w:tr>{cell('<w:p/>', look='<w:vMerge/>')}{two}</w:tr>"
    comment, problems = read(f"{PLAIN}<w:tbl>{grid}{head}{rows}</w:tbl>{PLAIN}")
    assert (problems, [each.row is not None for each in comment.paragraphs]) == ([], [False, True, True, True, False])
    first, second, third = (each.row for each in comment.paragraphs if each.row)
    assert (first.heads, second.heads, third.heads, first.widths) == (True, False, False, (2000, 1000, 1000))
    assert [each.text for each in first.cells] == ["A", "B", "C"]
    assert [(each.text, each.span, each.merge) for each in second.cells] == [("Roads", 1, "restart"), ("£5m", 2, "")]
    assert [(each.text, each.merge) for each in third.cells] == [("", "continue"), ("£5m", "")]
    assert second.cells[1].texts[0].align == "right"


def test_a_table_in_a_table_is_told_of_and_none_of_its_words_lost() -> None:
    inner = f"<w:tbl><w:tr>{cell(paragraph(run('inside')))}</w:tr></w:tbl>"
    comment, problems = read(f"<w:tbl><w:tr>{cell(paragraph(run('outside')), inner, '<w:p/>')}</w:tr></w:tbl>")
    (row,) = (each.row for each in comment.paragraphs if each.row)
    assert ([each.text for each in row.cells], codes(problems)) == (["outside\ninside"], ["I532", "I512"])


def note(number: int, *paragraphs: str, kind: str = "footnote", type_: str = "normal") -> str:
    return f'<w:{kind} w:type="{type_}" w:id="{number}">{"".join(paragraphs)}</w:{kind}>'


def test_notes_stand_below_the_text_by_the_numbers_at_which_it_refers_to_them() -> None:
    mark, at_end = '<w:r><w:footnoteReference w:id="{}"/></w:r>', '<w:r><w:endnoteReference w:id="3"/></w:r>'
    body = paragraph(run("£5m"), mark.format(5), run(" or £6m"), at_end, run(".")) + paragraph(
        run("Again"), mark.format(5)
    )
    feet = note(-1, "<w:p/>", type_="separator") + note(4, paragraph(run("Unused.")))
    feet += note(5, paragraph("<w:r><w:footnoteRef/></w:r>", run(" Subject to "), run("audit", "<w:i/>")), PLAIN)
    ends = note(3, paragraph(run("See the plan.")), kind="endnote")
    comment, problems = read(body, footnotes=feet, endnotes=ends)
    assert (texts(comment), problems) == (
        ["£5m[1] or £6m[2].", "Again[1]", "[1] Subject to audit", "Plain.", "[2] See the plan."],
        [],
    )
    assert [each.style for each in comment.paragraphs] == ["", "", "note", "note", "note"]
    assert comment.paragraphs[0].runs[1] == Run("[1]", raised="superscript")
    assert comment.paragraphs[2].runs[-1] == Run("audit", italic=True)


def test_what_is_wrong_in_a_note_is_told_as_in_the_text() -> None:
    hidden = paragraph(run("Seen "), run("secret", "<w:vanish/>"))
    _, problems = read(paragraph(run("A"), '<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=note(1, hidden))
    assert [(each.code, each.place.near) for each in problems] == [("I518", "paragraph 2 (“[1] Seen”)")]


def test_words_inserted_piece_by_piece_are_one_problem() -> None:
    pieces = "".join(f'<w:ins w:id="{number}">{run(letter)}</w:ins>' for number, letter in enumerate("word"))
    _, problems = read(paragraph(pieces) + paragraph(pieces))
    assert [problem.message[:7] for problem in problems] == ["“word” ", "“word” "]


def test_many_of_one_kind_are_summed_up() -> None:
    body = "".join(paragraph(run(f"word {number}", "<w:strike/>"), run("kept")) for number in range(100))
    _, problems = read(body)
    assert len(problems) == 31
    assert problems[-1].message.startswith("70 more")


def test_text_in_a_header_is_a_note() -> None:
    _, problems = read(PLAIN, header=f'<w:p xmlns:w="{W}"><w:r><w:t>OFFICIAL</w:t></w:r></w:p>')
    assert [(problem.code, problem.level) for problem in problems] == [("I527", Level.NOTE)]
    assert "OFFICIAL" in problems[0].message


def test_strict_files_read_as_any_other() -> None:
    parts = parts_of(word_file(paragraph(run("Strict.", "<w:b/>"))))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    comment, problems = read_comment(packed(parts), "a.docx", "legal")
    assert (comment.paragraphs[0].runs, problems) == ((Run("Strict.", bold=True),), [])


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_definitions_of_entities_are_refused(part: str) -> None:
    parts = parts_of(word_file(PLAIN))
    parts[part] = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + parts[part]
    with pytest.raises(PaperError, match="I117"):
        read_comment(packed(parts), "a.docx", "legal")


def test_the_hash_is_of_what_is_read_not_of_how_word_stores_it() -> None:
    whole, _ = read(paragraph(run("One text."), run(" More.", "<w:b/>")))
    cut, _ = read(paragraph(run("One "), run("te"), run("xt."), run(" Mo", "<w:b/>"), run("re.", "<w:b/>")) + "<w:p/>")
    assert whole.sha256 == cut.sha256 == text_hash(whole.paragraphs)
    changed = [
        paragraph(run("One text. More.")),
        paragraph(run("One text."), run(" More.", "<w:i/>")),
        paragraph(run("One text.")) + paragraph(run("More.", "<w:b/>")),
        paragraph(run("One text,"), run(" More.", "<w:b/>")),
    ]
    assert len({whole.sha256, *(read(body)[0].sha256 for body in changed)}) == 5


def test_the_text_cleared_tells_a_list_from_a_paragraph() -> None:
    runs = (Run("x"),)
    assert cleared_text([Paragraph(runs)]) != cleared_text([Paragraph(runs, "bullet")])
