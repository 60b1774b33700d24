"""A section written in Word by its author stands in the paper as it was written, in the council's own styles: it is
merged, published and proven like everything else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document

from pipeline import office as functions
from pipeline.office import Order
from pipeline.problems import Level, PaperError
from pipeline.word import TABLE, Numbering, WordFile, labelled, rows, seen, style_of
from tests import hands
from tests.narrative import Narrative
from tests.office import Office, asked, build, check, explain, publish
from tests.revise.libreoffice import saved_again
from tests.validators import problems_of

MEETING = "2017-01-23"
NOW = dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)
ADDRESS = "https://example.gov.uk/plan?ward=1&year=2017"


def order(desk: Office) -> Order:
    return desk.order(MEETING, now=NOW, as_at=NOW.date())


def needs_no_clearance(desk: Office) -> None:
    settings = desk.folder / "templates" / desk.report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[comments.finance]\n", "[comments.finance]\nclearance = false\n"), "utf-8")


def programme(*more: str) -> Narrative:
    """What the author sends; `more` are items at the end of the first list."""
    made = Narrative()
    made.heading("Housing")
    covers = made.text("The programme covers 40 m")
    covers.add_run("2").font.superscript = True
    covers.add_run(" and is done ")
    covers.add_run("without").underline = True
    covers.add_run(" delay: see ")
    made.link(covers, "the plan", ADDRESS)
    for text, level in (("Mend the roofs", 0), ("north side", 1), ("south side", 1), ("annex", 2), ("Paint", 0)):
        made.item(text, level)
    made.text("As 2 shows, paint is cheap.")
    for text in ("Sweep the yards", *more):
        made.item(text)
    made.heading("Roads")
    made.heading("Bridges", 3)
    made.text("Two bridges are closed.")
    made.item("Mill Lane", of=made.again)
    made.item("Ford Street", of=made.again)
    return made


LABELS = [
    ("1.", "Mend the roofs"),
    ("(a)", "north side"),
    ("(b)", "south side"),
    ("i.", "annex"),
    ("2.", "Paint"),
    ("3.", "Sweep the yards"),
    ("1.", "Mill Lane"),
    ("2.", "Ford Street"),
]


def opened(path: Path) -> WordFile:
    return WordFile.opened(path.read_bytes(), path.name)


def labels(path: Path) -> list[tuple[str, str]]:
    """What stands in the section, each paragraph with the label that Word shows before it."""
    file = opened(path)
    numbering = Numbering(file.related("numbering"), file.styles)
    found = [(each.label, seen(each.paragraph).text) for each in labelled(file.text.body, numbering)]
    texts = [text for _, text in found]
    return found[texts.index("Comments of the Chief Finance Officer") + 1 : texts.index("Legal comments")]


def items(path: Path) -> list[tuple[str, str]]:
    """Those with a label that is none of the paper's own paragraph numbers."""
    return [each for each in labels(path) if each[0] and not re.match(r"4\.\d", each[0])]


def send(desk: Office, narrative: Narrative) -> None:
    narrative.save(desk.inputs / "comments" / "finance.docx")


def drafted(desk: Office) -> Path:
    return build(order(desk)).path


@pytest.fixture
def sent(desk: Office) -> Office:
    """The office with the narrative, which need not be cleared."""
    needs_no_clearance(desk)
    send(desk, programme())
    return desk


def test_items_keep_their_labels_and_headings_stand_below_that_of_the_section(sent: Office) -> None:
    path = drafted(sent)
    assert items(path) == LABELS
    styles = [(each.element, each.text) for each in opened(path).text.paragraphs.values()]
    headings = {text: style_of(element) for element, text in styles if style_of(element).startswith("Heading")}
    wanted = {"Comments of the Chief Finance Officer": "Heading1", "Housing": "Heading2", "Roads": "Heading2"}
    assert {text: headings.get(text) for text in (*wanted, "Bridges")} == {**wanted, "Bridges": "Heading3"}
    assert ("", "Bridges") in labels(path)
    assert problems_of(path.read_bytes()) == []


def test_looks_stay_and_a_link_leads_where_it_led_in_the_public_copy_too(sent: Office) -> None:
    path = drafted(sent)
    (published,) = publish(order(sent)).folder.glob("*.docx")
    for each in (path, published):
        text = opened(each).parts["word/document.xml"].decode()
        assert f' HYPERLINK "{ADDRESS.replace("&", "&amp;")}" ' in text
        assert '<w:vertAlign w:val="superscript"/>' in text
        assert '<w:u w:val="single"/>' in text
        assert items(each) == LABELS
        assert problems_of(each.read_bytes()) == []


def test_the_next_draft_goes_on_with_what_people_typed_and_with_the_lists(sent: Office) -> None:
    path = drafted(sent)
    hands.typed(path, "paint is cheap", "paint is dear")
    more = programme("Mend the fences")
    more.text("A list of its own:")
    more.item("Sell", of=more.own)
    more.item("Let", of=more.own)
    send(sent, more)
    after = drafted(sent)
    assert "As 2 shows, paint is dear." in hands.says(after)
    fences = [("4.", "Mend the fences"), *LABELS[6:]]
    assert items(after) == [*LABELS[:6], *fences, ("Option A:", "Sell"), ("Option B:", "Let")]
    assert problems_of(after.read_bytes()) == []


COSTS = (("Scheme", "Cost"), ("Roads", "£5,000"), ("Homes", "£12,000"))


def tables(path: Path) -> list[list[tuple[str, ...]]]:
    """The tables of the section: those after the template's own two and the header's."""
    story = opened(path).text
    found = [[story.kept(row) for row in rows(table)] for table in story.body.iter(TABLE)]
    return found[3:]


def with_costs(*costs: Sequence[str]) -> Narrative:
    made = programme()
    made.table(*costs)
    made.text("These costs are final.")
    return made


def test_a_table_stands_as_its_author_drew_it_in_the_style_of_the_councils_own(sent: Office) -> None:
    send(sent, with_costs(*COSTS))
    path = drafted(sent)
    assert tables(path) == [[*COSTS]]
    assert labels(path)[-1] == ("4.4", "These costs are final.")
    text = opened(path).parts["word/document.xml"].decode()
    assert text.count('<w:tblStyle w:val="CouncilTable"/>') == 4
    (published,) = publish(order(sent)).folder.glob("*.docx")
    assert tables(published) == [[*COSTS]]
    assert problems_of(path.read_bytes()) == problems_of(published.read_bytes()) == []


def test_what_people_typed_into_a_table_stays_and_new_rows_and_tables_come(sent: Office) -> None:
    send(sent, with_costs(*COSTS))
    path = drafted(sent)
    hands.typed(path, "Homes", "Houses")
    more = with_costs(COSTS[0], ("Bridges", "£900"), ("Roads", "£6,000"), COSTS[2])
    more.table(("Ward", "Visits"), ("North", "12"))
    more.table(("Ward", "Letters"), ("South", "3"))
    send(sent, more)
    after = drafted(sent)
    assert tables(after) == [
        [COSTS[0], ("Bridges", "£900"), ("Roads", "£6,000"), ("Houses", "£12,000")],
        [("Ward", "Visits"), ("North", "12")],
        [("Ward", "Letters"), ("South", "3")],
    ]
    assert not [table for table in opened(after).text.body.iter(TABLE) if getattr(table.getnext(), "tag", "") == TABLE]
    assert problems_of(after.read_bytes()) == []


def test_a_cell_of_such_a_table_is_explained_and_a_change_of_it_told_with_its_column(sent: Office) -> None:
    send(sent, with_costs(*COSTS))
    drafted(sent)
    (answer,) = explain(order(sent), "£12,000")
    assert (answer.where, answer.sources[0].place.file) == (
        "Finance: table row Homes, column 2",
        "comments/finance.docx",
    )
    send(sent, with_costs(COSTS[0], ("Roads", "£6,000"), COSTS[2]))
    later = sent.order("2017-02-27", now=dt.datetime(2017, 2, 16, 9, tzinfo=dt.UTC))
    build(later)
    changes = functions.diff(sent.report, **asked(later)).changes
    assert [(each.old, each.new) for each in changes if each.key.startswith("finance/")] == [
        ("Cost: £5,000", "Cost: £6,000")
    ]


def test_notes_stand_below_the_section_and_are_merged_and_published_like_its_words(sent: Office) -> None:
    def written(note: str) -> Narrative:
        made = programme()
        made.note(made.text("It costs £5,000"), note)
        return made

    send(sent, written("Subject to audit."))
    path = drafted(sent)
    assert labels(path)[-2:] == [("4.4", "It costs £5,000[1]"), ("", "[1] Subject to audit.")]
    hands.typed(path, "paint is cheap", "paint is dear")
    send(sent, written("Audited."))
    after = drafted(sent)
    assert labels(after)[-1] == ("", "[1] Audited.")
    (published,) = publish(order(sent)).folder.glob("*.docx")
    assert labels(published)[-2:] == [("4.4", "It costs £5,000[1]"), ("", "[1] Audited.")]
    assert problems_of(after.read_bytes()) == problems_of(published.read_bytes()) == []


def test_a_row_that_may_not_be_public_is_found_in_such_a_table(sent: Office) -> None:
    secret = "The sale of Poplar Baths to Acme Holdings Limited"
    sent.put("tracker.xlsx", "Actions", C9=secret, K5="Exempt (Sch 12A para)", K9="3")
    send(sent, with_costs(*COSTS, (secret, "£1")))
    drafted(sent)
    with pytest.raises(PaperError) as refused:
        publish(order(sent))
    assert "C160" in {each.code for each in refused.value.problems}


def test_a_section_is_cleared_by_somebody_unless_its_setting_says_otherwise(desk: Office) -> None:
    send(desk, programme())
    path = drafted(desk)
    hands.typed(path, "paint is cheap", "paint is dear")
    assert [each.code for each in check(order(desk)) if each.level is Level.ERROR] == ["C210"]
    needs_no_clearance(desk)
    assert not [each for each in check(order(desk)) if each.level is Level.ERROR]


def test_a_loop_within_a_line_has_no_place_for_a_table_and_is_told_so(sent: Office) -> None:
    template = Document(str(sent.folder / "templates" / sent.report / "template.docx"))
    for paragraph in template.paragraphs:
        if "block in finance" in paragraph.text:
            paragraph.runs[0].text = "{% for block in finance %}{{r block.text }}{% endfor %}"
            for run in paragraph.runs[1:]:
                run.text = ""
            inside = paragraph._p.getnext()
            while "endfor" not in "".join(inside.itertext()):
                inside = inside.getnext()
                inside.getparent().remove(inside.getprevious())
            inside.getparent().remove(inside)
            break
    template.save(str(sent.folder / "templates" / sent.report / "template.docx"))
    send(sent, with_costs(*COSTS))
    with pytest.raises(PaperError) as refused:
        drafted(sent)
    cure = "Put “{%p for block in finance %}” and “{%p endfor %}” in lines of their own."
    assert [each.code for each in refused.value.problems if each.cure == cure] == ["P901"]


def test_until_the_section_has_come_nothing_is_published(desk: Office) -> None:
    needs_no_clearance(desk)
    (desk.inputs / "comments" / "finance.docx").unlink()
    drafted(desk)
    with pytest.raises(PaperError) as refused:
        publish(order(desk))
    assert "I604" in {each.code for each in refused.value.problems}


@pytest.mark.deep
@pytest.mark.libreoffice
def test_lists_and_tables_go_on_in_a_draft_that_libreoffice_saved(sent: Office) -> None:
    send(sent, with_costs(*COSTS))
    path = drafted(sent)
    (again,) = saved_again([path.read_bytes()])
    path.write_bytes(again)
    hands.typed(path, "Homes", "Houses")
    more = programme("Mend the fences")
    more.table(COSTS[0], ("Bridges", "£900"), *COSTS[1:])
    more.text("These costs are final.")
    send(sent, more)
    after = drafted(sent)
    assert items(after) == [*LABELS[:6], ("4.", "Mend the fences"), *LABELS[6:]]
    assert tables(after) == [[COSTS[0], ("Bridges", "£900"), COSTS[1], ("Houses", "£12,000")]]


def test_what_several_typed_into_copies_of_it_is_joined(sent: Office) -> None:
    send(sent, with_costs(*COSTS))
    path = drafted(sent)
    copy = hands.copied(path, "draft JS.docx")
    hands.typed(path, "paint is cheap", "paint is dear")
    hands.typed(copy, "Homes", "Houses")
    more = with_costs(*COSTS)
    more.item("Let", of=more.own)
    send(sent, more)
    after = drafted(sent)
    assert items(after) == [*LABELS, ("Option A:", "Let")]
    assert tables(after) == [[COSTS[0], COSTS[1], ("Houses", "£12,000")]]
    assert "paint is dear" in hands.says(after)
    assert problems_of(after.read_bytes()) == []
