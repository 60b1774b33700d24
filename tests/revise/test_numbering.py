from __future__ import annotations

import pytest

from pipeline.blocks import mark_name
from pipeline.opc import parse
from pipeline.revise import END, START, labels, open_paper, put_marks, referred
from pipeline.word import NAME, Numbering, Styles, formatted, labelled, make, paragraphs, qn
from tests.revise.board import FEBRUARY
from tests.revise.papers import W, paper


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (3, "decimal", "3"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (9, "lowerRoman", "ix"),
        (14, "upperRoman", "XIV"),
    ],
)
def test_numbers_are_written_as_word_writes_them(number: int, form: str, text: str) -> None:
    assert formatted(number, form) == text


@pytest.mark.parametrize("odd", ["", "XYZ", "-1", "²", "1.5", "99999999999999"])
def test_numbers_of_a_damaged_list_count_as_their_defaults(odd: str) -> None:
    form = '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
    level = f'<w:lvl w:ilvl="{odd}"><w:start w:val="{odd}"/>{form}</w:lvl>'
    again = f'<w:lvlOverride w:ilvl="{odd}"><w:startOverride w:val="{odd}"/></w:lvlOverride>'
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/>{again}</w:num></w:numbering>'
    )
    listed = f'<w:numPr><w:ilvl w:val="{odd}"/><w:numId w:val="1"/></w:numPr>'
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="L"><w:pPr>{listed}</w:pPr></w:style></w:styles>'
    both = (listed, '<w:pStyle w:val="L"/>')
    body = f'<w:body xmlns:w="{W}">{"".join(f"<w:p><w:pPr>{each}</w:pPr></w:p>" for each in both)}</w:body>'
    lists = Numbering(parse(numbering.encode()), Styles(parse(styles.encode())))
    assert [label for _, label, *_ in labelled(parse(body.encode()), lists)] == ["I.", "II."]


def test_a_reference_shows_the_number_of_the_list_that_the_style_gives() -> None:
    opened = open_paper(paper(FEBRUARY), "x")
    keys = {"appendix/survey": "Appendix 1", "appendix/plan": "Appendix 3", "workshop": "3.4", "rec-survey": "3"}
    assert labels(opened, {mark_name(key) for key in keys}) == {mark_name(key): text for key, text in keys.items()}


def test_a_list_that_starts_again_counts_from_its_new_start() -> None:
    opened = open_paper(paper(FEBRUARY), "x")
    name = opened.related("numbering")[0]
    again = b'<w:num w:numId="99"><w:abstractNumId w:val="73"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    opened.parts[name] = opened.parts[name].replace(
        b"</w:numbering>", again + b"</w:lvlOverride></w:num></w:numbering>"
    )
    last = list(paragraphs(opened.body))[-1]
    numbered = make("w:numPr")
    numbered.extend([make("w:ilvl", val=0), make("w:numId", val=99)])
    properties = last.find(qn("w:pPr"))
    assert properties is not None
    properties.append(numbered)
    mark = mark_name("appendix/plan")
    assert labels(opened, {mark}) == {mark: "Appendix 7"}


def test_marks_are_put_back_once_each_and_a_stray_one_stays_where_a_reference_needs_it() -> None:
    opened = open_paper(paper(FEBRUARY), "x")
    needed = referred(opened.body)
    assert mark_name("appendix/letter") in needed
    first = next(paragraphs(opened.body))
    put_marks(opened.body, {"only": (first, first)})
    names = [start.get(NAME) for start in opened.body.iter(START)]
    assert set(names) == needed | {mark_name("only")}
    assert len(list(opened.body.iter(END))) == len(names)
