"""What an officer puts in that is not words (an equation, a shape, a control, a link) is as safe as their words."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.opc import relationships_part
from pipeline.problems import PaperError
from pipeline.revise import Paper, open_paper, prove_draft, take_out
from pipeline.word import ROW, TEXT, Element, paragraphs, seen
from tests.revise import resolve
from tests.revise.spots import SPOTS, A, B, Spot, edited, redraft

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:shapes"'
)
PARA, *_ = SPOTS
EQUATION = "<m:oMath><m:r><m:t>x=34</m:t></m:r></m:oMath>"
BOX = "<w:txbxContent><w:p/></w:txbxContent>"
OBJECTS = {
    "equation": EQUATION,
    "equation on its own line": f"<m:oMathPara>{EQUATION}</m:oMathPara>",
    "embedded object": '<w:r><w:object r:id="rId90"/></w:r>',
    "shape": f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:wsp>{BOX}</wps:wsp></mc:Choice>"
    "</mc:AlternateContent></w:r>",
    "empty text box": f"<w:r><w:pict><v:shape>{BOX}</v:shape></w:pict></w:r>",
    "reading aid": "<w:r><w:ruby><w:rt><w:r><w:t>ann</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>",
    "content control": "<w:sdt><w:sdtPr/><w:sdtContent><w:r/></w:sdtContent></w:sdt>",
}


def xml(text: str) -> Element:
    return etree.fromstring(f"<x {SPACES}>{text}</x>")[0]


def with_object(spot: Spot, text: str) -> bytes:
    return edited(spot.make(A), lambda paragraph: paragraph.append(xml(text)))


def holder(content: bytes, words: str) -> Element:
    return next(p for p in paragraphs(open_paper(content, "x").body) if seen(p).kept == words)


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.name)
def test_what_an_officer_put_in_stays_when_the_facts_drop_its_paragraph(spot: Spot, name: str) -> None:
    revision = redraft(with_object(spot, OBJECTS[name]), spot.make(None))
    tag = xml(OBJECTS[name]).tag if not OBJECTS[name].startswith("<w:r>") else xml(OBJECTS[name])[0].tag
    assert next(holder(revision.content, A).iter(tag), None) is not None
    assert [o.action for o in revision.outcomes if o.key == spot.key] == ["conflict"]
    assert len(resolve.comments(revision.content)) == 1


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.name)
def test_what_an_officer_put_in_stays_when_the_words_around_it_change(spot: Spot) -> None:
    revision = redraft(with_object(spot, EQUATION), spot.make(B))
    assert next(holder(revision.content, B).iter(xml(EQUATION).tag), None) is not None


@pytest.mark.parametrize("ours", [False, True], ids=["officer's", "template's"])
def test_a_link_of_an_officers_stays_and_one_of_the_templates_holds_nothing_up(ours: bool) -> None:
    def linked(content: bytes) -> Paper:
        paper = open_paper(content, "x")
        paper.relate("hyperlink", "plan", b"")
        links = relationships_part(paper.main)
        paper.parts[links] = paper.parts[links].replace(
            b'Target="../plan"', b'Target="https://example.org/plan" TargetMode="External"'
        )
        del paper.parts["plan"]
        return paper

    paper = linked(PARA.make(A))
    (number,) = (n for n, address in paper.addresses().items() if address.endswith("/plan"))
    paragraph = next(p for p in paragraphs(paper.body) if seen(p).kept == A)
    link = xml(f'<w:hyperlink r:id="{number}"/>')
    next(paragraph.iter(TEXT)).getparent().addprevious(link)  # type: ignore[union-attr]
    link.append(link.getnext())  # type: ignore[arg-type]
    fresh = PARA.make(None)
    revision = redraft(paper.content(), linked(fresh).content() if ours else fresh)
    assert (A in resolve.flat(resolve.accepted(revision.content))) is not ours


def test_a_draft_that_lost_an_equation_is_refused_and_the_equation_is_named() -> None:
    for spot in SPOTS:
        before = open_paper(with_object(spot, EQUATION), "x")
        after = open_paper(before.content(), "x")
        lost = next(p for p in paragraphs(after.body) if seen(p).kept == A)
        take_out(next(lost.iterancestors(ROW), lost))
        with pytest.raises(PaperError, match="an equation x=34") as caught:
            prove_draft(before, after.content(), spot.base(A).blocks, (), "the draft")
        assert {problem.code for problem in caught.value.problems} == {"R103"}
