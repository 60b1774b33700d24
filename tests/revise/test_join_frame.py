"""What people change around the words comes along, or is named: headers, the page, looks of styles, sections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipeline.opc import parse, serialise
from pipeline.revise import Joined, Paper, join_copies, left_in, lost_in, open_paper
from pipeline.word import PARAGRAPH, TEXT, Element, make, qn
from tests.revise.papers import paper, run
from tests.revise.simulate import OLD

WHEN = datetime(2017, 1, 20, 9, tzinfo=UTC)
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
DRAFT = paper(OLD)


def copy(*changes: Callable[[Paper], None], of: bytes = DRAFT) -> bytes:
    """A copy in which somebody made these changes."""
    made = open_paper(of, "a copy")
    for change in changes:
        change(made)
    return made.content()


def joined(*copies: bytes, of: bytes = DRAFT) -> Joined:
    return join_copies(of, dict(zip("abc", copies, strict=False)), WHEN)


def section(made: Paper) -> Element:
    return next(made.body.iterchildren(qn("w:sectPr")))


def header(words: str) -> Callable[[Paper], None]:
    def change(made: Paper) -> None:
        root = make("w:hdr")
        root.append(make("w:p"))
        root[0].append(run(words))
        number = len(made.related("header")) + 1
        made.relate("header", f"word/header{number}.xml", serialise(root), HEADER_TYPE)
        links = parse(made.parts["word/_rels/document.xml.rels"])
        link = next(each.get("Id") for each in links if each.get("Target", "").endswith(f"header{number}.xml"))
        old = [each for each in section(made) if each.tag == qn("w:headerReference")]
        for each in old:
            section(made).remove(each)
        reference = make("w:headerReference", type="default")
        reference.set(qn("r:id"), str(link))
        section(made).insert(0, reference)

    return change


def headers(content: bytes) -> list[str]:
    made = open_paper(content, "a paper")
    links = {each.get("Id"): each.get("Target") for each in parse(made.parts["word/_rels/document.xml.rels"])}
    references = section(made).iterchildren(qn("w:headerReference"))
    parts = (links[reference.get(qn("r:id"))] for reference in references)
    return ["".join(text.text or "" for text in parse(made.parts[f"word/{part}"]).iter(TEXT)) for part in parts]


def landscape(made: Paper) -> None:
    size = section(made).find(qn("w:pgSz"))
    assert size is not None
    for name, value in (("w", "15840"), ("h", "12240"), ("orient", "landscape")):
        size.set(qn(f"w:{name}"), value)


def size(content: bytes) -> str | None:
    found = section(open_paper(content, "a paper")).find(qn("w:pgSz"))
    return None if found is None else found.get(qn("w:w"))


def styled(**looks: str) -> Callable[[Paper], None]:
    def change(made: Paper) -> None:
        root = made.tree("styles")
        assert root is not None
        style = next(each for each in root if each.get(qn("w:styleId")) == "Heading1")
        properties = style.find(qn("w:rPr"))
        assert properties is not None
        for name, value in looks.items():
            for old in properties.findall(qn(f"w:{name}")):
                properties.remove(old)
            properties.append(make(f"w:{name}", val=value))
        made.parts[made.related("styles")[0]] = serialise(root)

    return change


def heading(content: bytes, name: str) -> str:
    found = open_paper(content, "a paper").styles.merged("Heading1", qn("w:rPr")).get(name)
    return found.value if found else ""


def new_section(made: Paper) -> None:
    """A section that ends after the second paragraph, on a page that lies across."""
    last = make("w:p")
    last.append(make("w:pPr"))
    last[0].append(make("w:sectPr"))
    last[0][0].append(make("w:pgSz", w="15840", h="12240", orient="landscape"))
    list(made.body.iterchildren(PARAGRAPH))[1].addnext(last)


def test_a_header_that_one_person_made_is_in_the_joined_draft() -> None:
    made = joined(copy(header("For members only")), copy(landscape))
    assert (headers(made.content), size(made.content), made.differences, made.lost) == (
        *(["For members only"], "15840"),
        *((), ()),
    )


def test_of_two_headers_the_first_stands_and_the_other_is_named() -> None:
    old = copy(header("Draft"))
    made = joined(copy(header("For members"), of=old), copy(header("For the board"), of=old), of=old)
    assert len(headers(made.content)) == 1
    [left] = made.differences
    assert (left.why, left.others[0].text) == ("not carried", "the header")


def test_the_looks_of_a_style_come_along_and_two_peoples_do_not_mix() -> None:
    made = joined(copy(styled(color="FF0000", sz="40")))
    assert (heading(made.content, "color"), heading(made.content, "sz"), made.differences) == ("FF0000", "40", ())
    made = joined(copy(styled(color="FF0000")), copy(styled(color="00FF00")))
    assert [each.others[0].text for each in made.differences] == ["the looks of the style “heading 1”"]


@pytest.mark.parametrize("other", [landscape, header("For members")])
def test_a_section_of_somebodys_own_comes_along(other: Callable[[Paper], None]) -> None:
    made = joined(copy(new_section), copy(other))
    sections = list(open_paper(made.content, "a paper").body.iter(qn("w:sectPr")))
    assert (len(sections), made.differences, made.lost) == (2, (), ())
    assert sections[0].find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"  # type: ignore[union-attr]


def test_a_paragraph_in_which_a_section_ends_keeps_it_when_somebody_types_there() -> None:
    def ends(made: Paper) -> None:
        paragraph = list(made.body.iterchildren(PARAGRAPH))[2]
        properties = paragraph.find(qn("w:pPr"))
        assert properties is not None
        properties.append(make("w:sectPr"))

    def types(made: Paper) -> None:
        paragraph = list(made.body.iterchildren(PARAGRAPH))[2]
        next(paragraph.iter(TEXT)).text = "Typed by somebody in the paragraph that ends the section."

    old = copy(ends)
    made = joined(copy(types, of=old), of=old)
    assert len(list(open_paper(made.content, "a paper").body.iter(qn("w:sectPr")))) == 2
    assert (made.differences, made.lost) == ((), ())


def test_what_is_not_carried_is_named_and_stops_nothing_else() -> None:
    """The control: a draft that lacks it all."""
    theirs = copy(header("For members"), new_section, landscape, styled(color="FF0000"))
    named = ("the header", "the size of the page", "the looks of the style “heading 1”", "a section of its own")
    assert left_in(DRAFT, theirs, DRAFT) == named
    assert (left_in(DRAFT, DRAFT, DRAFT), lost_in(DRAFT, [theirs], DRAFT)) == ((), ())
