"""Lists in a comment: each item keeps the label that Word shows; words in colour are told of."""

from __future__ import annotations

import pytest

from pipeline.kinds import Comment
from pipeline.opc import Element
from pipeline.read import read_comment
from pipeline.word import Numbering, Styles, add_list, labelled, make, no_lists
from tests.read.making import word_file

LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
DESIGNS = {
    1: (LEVEL.format(0, 1, "decimal", "%1."), LEVEL.format(1, 1, "lowerLetter", "%2)")),
    2: (LEVEL.format(0, 5, "decimal", "%1."),),
    3: (LEVEL.format(0, 1, "upperLetter", "Option %1:"),),
    4: (LEVEL.format(0, 1, "lowerRoman", "(%1)"),),
    5: (LEVEL.format(0, 1, "bullet", "•"),),
    6: ('<w:numStyleLink w:val="Steps"/>',),
    10: ('<w:styleLink w:val="Steps"/>', LEVEL.format(0, 1, "decimal", "%1.")),
    7: (LEVEL.format(0, 1, "decimal", "%1."),),
    8: (LEVEL.format(0, 1, "ordinalText", "%1"),),
}
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>' for number, levels in DESIGNS.items()
) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in DESIGNS)
AGAIN = (
    '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)
NUMBERING = NUMBERING.replace(
    '<w:num w:numId="7"><w:abstractNumId w:val="7"/>',
    '<w:num w:numId="7"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    + LEVEL.format(0, 1, "upperLetter", "(%1)")
    + "</w:lvlOverride>",
)


def item(number: int, level: int = 0) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>Words.</w:t></w:r></w:p>"


def read(*items: str) -> tuple[list[str], list[str]]:
    """The labels that a paper would show before the items, blank before those of its own making, and what is told."""
    comment, problems = read_comment(word_file("".join(items), numbering=NUMBERING + AGAIN), "finance.docx", "finance")
    return labels_of(comment), [problem.code for problem in problems]


def labels_of(comment: Comment) -> list[str]:
    """The labels, counted as Word counts the lists that are written."""
    numbering, body = no_lists(), make("w:body")
    numbers: dict[str, int] = {}
    for each in comment.paragraphs:
        body.append(paragraph := make("w:p"))
        if each.listed:
            numbers.setdefault(each.listed.list, add_list(numbering, each.listed.levels))
            number(paragraph, numbers[each.listed.list], each.listed.level)
    return [found.label for found in labelled(body, Numbering(numbering, Styles(None)))]


def number(paragraph: Element, number: int, level: int) -> None:
    look, held = make("w:pPr"), make("w:numPr")
    held.extend([make("w:ilvl", val=level), make("w:numId", val=number)])
    look.append(held)
    paragraph.append(look)


@pytest.mark.parametrize(
    ("items", "labels"),
    [
        ((item(1), item(1), item(1)), ["1.", "2.", "3."]),
        ((item(4), item(4)), ["(i)", "(ii)"]),
        ((item(5), item(5), item(1)), ["", "", "1."]),
        ((item(1), item(1), item(0), item(9), item(9)), ["1.", "2.", "", "1.", "2."]),
        ((item(2), item(2)), ["5.", "6."]),
        ((item(1), item(1), item(9), item(9)), ["1.", "2.", "1.", "2."]),
        ((item(1), item(1, 1), item(1, 1), item(1), item(1, 1)), ["1.", "a)", "b)", "2.", "a)"]),
        ((item(3), item(3)), ["Option A:", "Option B:"]),
        ((item(1), item(0), item(1)), ["1.", "", "2."]),
        ((item(1), item(1).replace("Words.", ""), item(1)), ["1.", "3."]),
        ((item(1), item(2), item(1)), ["1.", "5.", "2."]),
        ((item(6), item(6)), ["1.", "2."]),
        ((item(7), item(7)), ["(A)", "(B)"]),
        ((item(0),), [""]),
    ],
)
def test_an_item_keeps_its_label(items: tuple[str, ...], labels: list[str]) -> None:
    assert read(*items) == (labels, [])


def test_a_label_that_no_list_can_show_for_certain_is_an_error_at_its_item() -> None:
    assert read(item(1), item(8), item(8))[1] == ["I530", "I530"]


@pytest.mark.parametrize(("look", "codes"), [("yellow", ["I529"]), ("none", [])])
def test_words_in_colour_are_told_and_printed(look: str, codes: list[str]) -> None:
    coloured = f'<w:r><w:rPr><w:highlight w:val="{look}"/></w:rPr><w:t>£5k</w:t></w:r>'
    body = f"<w:p><w:r><w:t>It costs </w:t></w:r>{coloured}</w:p>"
    comment, problems = read_comment(word_file(body), "finance.docx", "finance")
    assert "".join(run.text for run in comment.paragraphs[0].runs) == "It costs £5k"
    assert [problem.code for problem in problems] == codes
