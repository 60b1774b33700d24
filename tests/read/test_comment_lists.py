"""Lists in a comment: a label that the paper would print as another is told of; words in colour are, too."""

from __future__ import annotations

import pytest

from pipeline.read import read_comment
from tests.read.making import word_file

LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
DESIGNS = {
    1: (LEVEL.format(0, 1, "decimal", "%1."), LEVEL.format(1, 1, "lowerLetter", "%2)")),
    2: (LEVEL.format(0, 5, "decimal", "%1."),),
    3: (LEVEL.format(0, 1, "upperLetter", "Option %1:"),),
    4: (LEVEL.format(0, 1, "lowerRoman", "(%1)"),),
    5: (LEVEL.format(0, 1, "bullet", "•"),),
}
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>' for number, levels in DESIGNS.items()
) + "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in DESIGNS)
AGAIN = (
    '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def item(number: int, level: int = 0) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>Words.</w:t></w:r></w:p>"


def told(*items: str) -> list[tuple[str, str]]:
    """What is told of the lists: the paragraph's number, and its label."""
    _, problems = read_comment(word_file("".join(items), numbering=NUMBERING + AGAIN), "finance.docx", "finance")
    assert {problem.code for problem in problems} <= {"I530"}
    return [(problem.place.near.split()[1], problem.message.split("“")[1].split("”")[0]) for problem in problems]


@pytest.mark.parametrize(
    "items",
    [
        (item(1), item(1), item(1)),
        (item(4), item(4)),
        (item(5), item(5), item(1), item(1)),
        (item(1), item(1), item(0), item(9), item(9)),
        (item(1), "<w:p/>", item(1)),
        (item(0),),
    ],
)
def test_a_list_that_counts_from_its_first_item_on_needs_no_word(items: tuple[str, ...]) -> None:
    assert told(*items) == []


@pytest.mark.parametrize(
    ("items", "labels"),
    [
        ((item(2), item(2)), [("1", "5."), ("2", "6.")]),
        ((item(1), item(1), item(9), item(9)), [("3", "1."), ("4", "2.")]),
        ((item(1), item(1, 1), item(1)), [("2", "a)"), ("3", "2.")]),
        ((item(3), item(3)), [("1", "Option A:"), ("2", "Option B:")]),
        ((item(1), item(0), item(1)), [("3", "2.")]),
    ],
)
def test_a_label_that_the_paper_prints_as_another_is_told_by_its_paragraph(
    items: tuple[str, ...], labels: list[tuple[str, str]]
) -> None:
    assert told(*items) == labels


@pytest.mark.parametrize(("look", "codes"), [("yellow", ["I529"]), ("none", [])])
def test_words_in_colour_are_told_and_printed(look: str, codes: list[str]) -> None:
    coloured = f'<w:r><w:rPr><w:highlight w:val="{look}"/></w:rPr><w:t>£5k</w:t></w:r>'
    body = f"<w:p><w:r><w:t>It costs </w:t></w:r>{coloured}</w:p>"
    comment, problems = read_comment(word_file(body), "finance.docx", "finance")
    assert "".join(run.text for run in comment.paragraphs[0].runs) == "It costs £5k"
    assert [problem.code for problem in problems] == codes
