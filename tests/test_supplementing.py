"""News after publication: set against what the public read, told in a paper that the public may have as it is."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.text.paragraph import Paragraph

from pipeline.office import settle, verify, withdraw
from pipeline.problems import NeedsPerson, PaperError
from pipeline.publish import privacy_problems
from pipeline.word import read_parts
from tests import hands
from tests.office import Office, asked, day, publish, status, supplement
from tests.reader import read_paper
from tests.test_months import february

MEETING = "2017-01-23"
BEFORE = dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)
AFTER = dt.datetime(2017, 1, 18, 9, tzinfo=dt.UTC)
SECRET = "CANARY7731"


def typed(path: Path, beginning: str, words: str, *, hidden: bool = False) -> None:
    """Words typed at the end of a paragraph of a draft."""
    paper = docx.Document(str(path))
    run = next(each for each in paper.paragraphs if each.text.startswith(beginning)).add_run(words)
    run.font.hidden = hidden
    paper.save(str(path))


def retyped(path: Path, beginning: str, words: str) -> None:
    """A paragraph of a draft typed anew, so that its hidden mark is gone."""
    paper = docx.Document(str(path))
    paragraph = next(each for each in paper.paragraphs if each.text.startswith(beginning))
    for mark in paragraph._p.xpath("./w:bookmarkStart | ./w:bookmarkEnd"):
        paragraph._p.remove(mark)
    paragraph.text = words
    paper.save(str(path))


def split(path: Path, beginning: str, at: str) -> None:
    """A paragraph of a draft parted with the Enter key before the words `at`."""
    paper = docx.Document(str(path))
    first = next(each for each in paper.paragraphs if each.text.startswith(beginning))
    head, tail = first.text.partition(at)[0], at + first.text.partition(at)[2]
    second = copy.deepcopy(first._p)
    for mark in second.xpath("./w:bookmarkStart | ./w:bookmarkEnd"):
        second.remove(mark)
    first._p.addnext(second)
    first.runs[0].text, Paragraph(second, first._parent).runs[0].text = head.strip(), tail
    paper.save(str(path))


def run_together(path: Path, beginning: str) -> None:
    """The paragraph after the one that begins so, made part of it with the Delete key."""
    paper = docx.Document(str(path))
    every = paper.paragraphs
    at = next(number for number, each in enumerate(every) if each.text.startswith(beginning))
    every[at].add_run(f" {every[at + 1].text}")
    every[at + 1]._p.getparent().remove(every[at + 1]._p)
    paper.save(str(path))


def paper_of(made: Any) -> Path:
    """The Word file of a supplement."""
    path: Path = made.folder / made.files[0]
    return path


def news(desk: Office) -> tuple[str, ...]:
    """What `status` says of a published paper."""
    [paper] = status(desk.order(now=AFTER)).papers
    return paper.look


def everything(content: bytes) -> str:
    """All that a Word file holds."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(name + package.read(name).decode(errors="replace") for name in package.namelist())


def test_hidden_text_of_the_draft_is_neither_quoted_nor_sent_to_the_agenda_system(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    typed(built.path, "The Mayor answered", f" {SECRET}", hidden=True)
    typed(built.path, "Note and comment", f" {SECRET}", hidden=True)
    made = publish(desk.order(MEETING, now=BEFORE))
    assert SECRET not in (made.folder / "agenda item.json").read_text(encoding="utf-8")
    february(desk)
    late = supplement(desk.order(MEETING, now=AFTER))
    text = everything(paper_of(late).read_bytes())
    assert "The Mayor answered" in text
    assert SECRET not in text


def test_a_supplement_may_be_published_as_it_is(published: Office) -> None:
    february(published)
    made = supplement(published.order(MEETING, now=AFTER))
    assert privacy_problems(read_parts(paper_of(made).read_bytes(), "supplement")) == []


def test_news_is_told_although_a_later_draft_has_it_already(published: Office) -> None:
    february(published)
    published.build(MEETING, now=AFTER)
    made = supplement(published.order(MEETING, now=AFTER))
    assert "The Secretary of State replied on 16 January 2017 (Appendix 3)." in read_paper(paper_of(made).read_bytes())


def test_the_draft_that_was_published_is_asked_for_where_it_is_gone(published: Office) -> None:
    paper = published.folder / "outputs" / published.report / MEETING
    (kept,) = (paper / "record").glob("published *.docx")
    kept.unlink()
    february(published)
    with pytest.raises(NeedsPerson) as found:
        supplement(published.order(MEETING, now=AFTER))
    assert [each.code for each in found.value.problems] == ["C155"]


def test_the_letters_that_are_new_go_with_the_supplement_under_their_numbers(published: Office) -> None:
    february(published)
    made = supplement(published.order(MEETING, now=AFTER))
    assert list(made.files) == [
        "2017-01-23 Best Value Plan Update supplement.docx",
        "Appendix 3 - Second letter from Secretary of State.pdf",
    ]
    assert "Appendix 3 Second letter from Secretary of State" in read_paper(paper_of(made).read_bytes())


def test_what_was_planned_and_then_happened_is_one_change_and_recommendations_are_told_from_sections(
    published: Office,
) -> None:
    february(published)
    text = read_paper(paper_of(supplement(published.order(MEETING, now=AFTER))).read_bytes())
    assert " 3.6 | A second workshop is arranged for 17 January 2017" in text
    assert "Withdrawn" not in text.split("A second workshop is arranged")[1].split("3.7")[0]
    assert " 2(1) | New, after this paragraph | Note the Secretary of State's reply" in text


def test_a_supplement_claims_no_urgency_for_its_item_is_on_the_agenda_and_says_why_it_is_late_where_officers_do(
    published: Office,
) -> None:
    published.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-11"))
    published.calendar_says(MEETING, Why_late="The letter came on the 16th.")
    in_time = supplement(published.order(MEETING, now=dt.datetime(2017, 1, 13, 9, tzinfo=dt.UTC)))
    late = supplement(published.order(MEETING, now=AFTER))
    texts = [read_paper(paper_of(each).read_bytes()) for each in (in_time, late)]
    assert ["The letter came on the 16th." in each for each in texts] == [False, True]
    assert not any("urgen" in each for each in texts)


def test_text_that_changed_after_it_was_cleared_gets_into_no_supplement(published: Office) -> None:
    path = published.inputs / "comments" / "finance.docx"
    typed(path, "Carrying out", " There is no money left.")
    with pytest.raises(PaperError) as found:
        supplement(published.order(MEETING, now=AFTER))
    assert [each.code for each in found.value.problems] == ["C203"]


def test_it_is_a_version_in_the_history_sealed_and_verified_like_one(published: Office) -> None:
    paper = published.folder / "outputs" / published.report / MEETING
    first = json.loads((paper / "published" / "history.json").read_bytes())
    february(published)
    made = supplement(published.order(MEETING, now=AFTER))
    acts = json.loads((paper / "published" / "history.json").read_bytes())
    assert acts[:1] == first
    assert [(each["version"], each["action"]) for each in acts] == [(1, "published"), (2, "supplement")]
    manifest = json.loads((made.folder / "manifest.json").read_bytes())
    assert (made.folder, manifest["about"]["supplement_to"]) == (paper / "published" / "v2", "1")
    order = published.order(MEETING, now=AFTER)
    assert verify(order.report, seal=made.seal, **asked(order)).problems == ()
    paper_of(made).write_bytes(b"changed")
    assert [each.code for each in verify(order.report, **asked(order)).problems] == ["C135"]
    withdraw(order.report, reason="The wrong file.", **asked(order))
    with pytest.raises(NeedsPerson) as found:
        supplement(order)
    assert [each.code for each in found.value.problems] == ["C152"]


def test_a_second_one_goes_on_from_the_first(published: Office) -> None:
    february(published)
    published.build(MEETING, now=AFTER)
    assert [each.split(":")[0] for each in news(published)] == ["Changed since the public was told"]
    first = supplement(published.order(MEETING, now=AFTER))
    with pytest.raises(NeedsPerson) as found:
        supplement(published.order(MEETING, now=AFTER))
    assert [each.code for each in found.value.problems] == ["C153"]
    assert news(published) == ()
    published.put("correspondence.xlsx", "Log", K6="the end of every Direction")
    published.add(
        "correspondence.xlsx", "Log",
        ["COR-046", day("2017-01-18"), "In", "Secretary of State", "Mayor", "Note", "More", 3, "COR-045", None, None,
         "Third letter from Secretary of State", "COR-045.pdf"],
    )  # fmt: skip
    second = supplement(published.order(MEETING, now=AFTER))
    text = read_paper(paper_of(second).read_bytes())
    old, new = (
        f"The Secretary of State replied on 16 January 2017 (Appendix 3). The letter covers {said}."
        for said in (
            "the end of the procurement Direction, the return of powers over grants and one Commissioner fewer",
            "the end of every Direction",
        )
    )  # fmt: skip
    assert f"3.4 | {old} | {new}" in text
    assert "A second workshop" not in text
    assert (first.version, second.version) == (2, 3)
    assert "Appendix 4 Third letter from Secretary of State" in text


def test_what_officers_wrote_into_the_published_paper_stands_in_what_replaces_it(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    hands.typed(built.path, "This report tells the Board", "This paper of ours tells the Board")
    hands.typed(built.path, "Action Plan for Community Buildings Policy", "Plan for the Halls")
    publish(desk.order(MEETING, now=BEFORE))
    february(desk)
    desk.put("tracker.xlsx", "Actions", D8=day("2017-04-30"))
    text = read_paper(paper_of(supplement(desk.order(MEETING, now=AFTER))).read_bytes())
    assert (
        "This paper of ours tells the Board how far" in text.split("29 April 2015, 6 May 2015 and 16 January 2017")[0]
    )
    assert (
        "Area of focus: Property / Activities: Plan for the Halls / Deadline: January 2017 | "
        "Area of focus: Property / Activities: Plan for the Halls / Deadline: April 2017"
    ) in text


def test_where_the_facts_moved_under_published_words_a_person_settles_it_first(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    typed(built.path, "The Mayor answered", " Nobody was surprised.")
    publish(desk.order(MEETING, now=BEFORE))
    typed(built.path, "The Mayor answered", " Typed after publication.")
    february(desk)
    order = desk.order(MEETING, now=AFTER)
    with pytest.raises(NeedsPerson) as found:
        supplement(order)
    assert [each.code for each in found.value.problems] == ["C170"]
    assert "settle best-value-board --meeting 2017-01-23 --as-at 2017-01-18" in found.value.problems[0].cure
    order = desk.order(MEETING, now=AFTER, as_at=AFTER.date())
    number = next(each.number for each in settle(order.report, **asked(order)).differences if "Mayor" in each.words[0])
    words = "The Mayor answered on 15 December 2016. Nobody was surprised."
    settle(order.report, both=str(number), text=words, by="Ann Lee", **asked(order))
    text = read_paper(paper_of(supplement(order)).read_bytes())
    assert f"on these points. Nobody was surprised. | {words}" in text
    assert "Typed after publication." not in text


@pytest.mark.deep
def test_a_row_is_found_by_the_number_printed_above_it_although_an_officer_typed_that_paragraph(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    retyped(built.path, "A second workshop is arranged", "What remains to be done:")
    publish(desk.order(MEETING, now=BEFORE))
    desk.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-11"))
    desk.add("tracker.xlsx", "Actions", ["BV-900", "Grants", "Tell the applicants", day("2017-03-31"), "In progress"])
    text = read_paper(paper_of(supplement(desk.order(MEETING, now=AFTER))).read_bytes())
    assert " 3.6 | Area of focus: Communications / Activities: Communication Strategy & Action Plan" in text
    assert " 3.6 | New, after this paragraph | Area of focus: Grants / Activities: Tell the applicants" in text


def test_a_new_background_paper_is_placed_by_the_heading_above_it_for_a_bullet_is_no_number(published: Office) -> None:
    published.add(
        "correspondence.xlsx", "Log", ["COR-042", day("2016-10-12"), "In", "Commissioners", "Mayor", "Note", "X", 3]
    )
    text = read_paper(paper_of(supplement(published.order(MEETING, now=AFTER))).read_bytes())
    assert "| Background papers | New, under this heading | Note, Commissioners to Mayor, 12 October 2016" in text


def test_a_row_that_leaves_the_table_is_not_said_to_be_withdrawn_for_that_is_a_status(published: Office) -> None:
    published.put("tracker.xlsx", "Actions", E7="Completed", G7=day("2017-01-11"))
    text = read_paper(paper_of(supplement(published.order(MEETING, now=AFTER))).read_bytes())
    assert "| No longer in the table (Completed) |" in text
    assert "Withdrawn" not in text


def test_a_supplement_warns_of_a_new_letter_that_it_leaves_out_and_of_a_file_used_twice(published: Office) -> None:
    row = ["In", "Residents", "Mayor", "Petition", "Parking", 3, None, None, None]
    same = "COR-041 Mayor 2016-12-15.pdf"
    published.add("correspondence.xlsx", "Log", ["COR-046", day("2017-01-16"), *row, "Petition of residents", same])
    published.put("tracker.xlsx", "Actions", E7="Complete", G7=day("2017-01-11"))
    made = supplement(published.order(MEETING, now=AFTER))
    told = {each.code: each.message for each in made.problems}
    assert "“COR-046”" in told["P173"]
    assert f"“{same}”" in told["I455"]


def test_a_paragraph_that_an_officer_split_is_replaced_with_both_its_halves(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    split(built.path, "A second workshop is arranged", "The table below")
    publish(desk.order(MEETING, now=BEFORE))
    text = read_paper(paper_of(supplement(desk.order(MEETING, now=AFTER))).read_bytes())
    assert "| 3.6–3.7 | A second workshop is arranged" in text
    assert text.count("The table below shows") == 2


@pytest.mark.deep
def test_news_of_a_paragraph_that_an_officer_ran_into_another_is_left_to_a_person(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    run_together(built.path, "A workshop with the Commissioners")
    publish(desk.order(MEETING, now=BEFORE))
    made = supplement(desk.order(MEETING, now=AFTER))
    (told,) = (each for each in made.problems if each.code == "C156")
    assert "“A second workshop is arranged" in told.message
    text = read_paper(paper_of(made).read_bytes())
    assert "A second workshop, with the Commissioners" in text
    assert "A second workshop is arranged" not in text


@pytest.mark.parametrize("since", ["Communication Strategy & Action Plan", "Another plan, in confidence"])
def test_of_a_row_that_is_exempt_by_now_not_a_word_is_repeated(desk: Office, since: str) -> None:
    desk.build(MEETING, now=BEFORE)
    publish(desk.order(MEETING, now=BEFORE))
    desk.put("tracker.xlsx", "Actions", K5="Exempt", K7="3", C7=since)
    made = supplement(desk.order(MEETING, now=AFTER))
    text = read_paper(paper_of(made).read_bytes())
    assert "A second workshop is arranged" in text
    assert "Communication Strategy" not in text
    assert since not in text
    (told,) = (each.message for each in made.problems if each.code == "C157")
    assert "Actions" in told
    assert "Communication Strategy" not in told


@pytest.mark.deep
def test_words_that_were_never_published_are_not_quoted_as_published(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    retyped(built.path, "A second workshop is arranged", "What remains to be done:")
    publish(desk.order(MEETING, now=BEFORE))
    made = supplement(desk.order(MEETING, now=AFTER))
    assert "A second workshop is arranged" not in read_paper(paper_of(made).read_bytes())
    assert "C156" in {each.code for each in made.problems}


@pytest.mark.deep
def test_where_only_a_person_can_tell_what_the_news_replaces_no_supplement_is_made(desk: Office) -> None:
    built = desk.build(MEETING, now=BEFORE)
    retyped(built.path, "This report tells the Board", "Read on.")
    publish(desk.order(MEETING, now=BEFORE))
    desk.put("calendar.xlsx", "Updates", B5=day("2017-03-20"))
    with pytest.raises(NeedsPerson) as found:
        supplement(desk.order(MEETING, now=BEFORE))
    assert {each.code for each in found.value.problems} == {"C156"}


def test_a_late_supplement_needs_no_reasons_though_the_law_binds(desk: Office) -> None:
    settings = desk.folder / "templates" / desk.report / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("statutory = false", "statutory = true"), "utf-8")
    desk.build(MEETING, now=BEFORE)
    publish(desk.order(MEETING, now=BEFORE))
    february(desk)
    told = {each.code for each in supplement(desk.order(MEETING, now=AFTER)).problems}
    assert told.isdisjoint({"C140", "C141"})
