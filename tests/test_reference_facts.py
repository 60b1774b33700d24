"""The January paper, fact by fact, on the text that a reader sees."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.office import Built
from tests.office import office
from tests.reader import read_paper, tables_of

FOCUS = [
    ["Statutory Monitoring Officer", "Agree process for appointment of Statutory Monitoring Officer", "January 2017"],
    ["Communications", "Communication Strategy & Action Plan", "January 2017"],
    ["Property", "Action Plan for Community Buildings Policy", "January 2017"],
    ["Property", "Action Plan for Asset Rental Account", "January 2017"],
    ["Property", "Property portfolio validation of occupancy", "On-going"],
    ["Grants", "Implement new grants decision making process", "January 2017"],
    ["Organisational Culture", "Clear up Team work completed", "March 2017"],
    ["Organisational Culture", "Governance Review Working Group leading on governance issues", "March 2017"],
]
PROGRESS = {"Grants": "100%", "Procurement": "100%", "Comms": "97%", "Property": "92%", "Org Culture": "93%",
            "Elections": "100%"}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return office(tmp_path_factory.mktemp("office")).build("2017-01-23")


@pytest.fixture(scope="module")
def lines(built: Built) -> list[str]:
    return read_paper(built.path.read_bytes()).splitlines()


def starting(lines: list[str], number: str) -> str:
    """The one line with this number."""
    (line,) = (line for line in lines if line.startswith(f"{number} "))
    return line


def test_facts_are_as_at_the_last_day_of_publication(built: Built) -> None:
    dates = built
    assert (dates.meeting_on, dates.publish_on, dates.as_at) == (
        date(2017, 1, 23),
        date(2017, 1, 13),
        date(2017, 1, 13),
    )


def test_the_header_has_title_service_open_item_and_date(built: Built) -> None:
    header = tables_of(built.path.read_bytes())[0]
    assert header[1] == [
        "Best Value Plan Update",
        "Sharon Godman, Divisional Director, Strategy, Policy, Equalities and Partnership",
        "To be confirmed",
        "23 January 2017",
    ]


def test_five_sections_are_numbered(lines: list[str]) -> None:
    headings = [line for line in lines if re.match(r"\d\. [A-Z][a-z]+( [a-z]|$|\w* [A-Za-z])", line) and len(line) < 60]
    assert [line for line in headings if not line.endswith(".")] == [
        "1. Introduction",
        "2. For the Board to consider",
        "3. Background",
        "4. Comments of the Chief Finance Officer",
        "5. Legal comments",
    ]


def test_two_recommendations_are_numbered(lines: list[str]) -> None:
    after = lines[lines.index("The Board is asked to:") + 1 :]
    assert after[0].startswith("1. Note ")
    assert after[1].startswith("2. Note and comment ")
    assert after[2] == "3. Background"


def test_paragraphs_are_numbered_through_each_section(lines: list[str]) -> None:
    numbers = [match[1] for line in lines if (match := re.match(r"(\d\.\d+) ", line))]
    assert numbers == ["1.1", *(f"3.{n}" for n in range(1, 8)), "4.1", *(f"5.{n}" for n in range(1, 5))]


def test_the_third_submission_was_sent_in_september_and_considered_in_october(lines: list[str]) -> None:
    assert "third six monthly update" in starting(lines, "3.1")
    assert "19 September 2016" in starting(lines, "3.1")
    assert "six areas" in starting(lines, "3.1")
    assert "October 2016" in starting(lines, "3.3")


def test_the_progress_table_has_the_six_percentages(built: Built) -> None:
    table = tables_of(built.path.read_bytes())[1]
    assert dict(zip(table[0], table[1], strict=True)) == PROGRESS


def test_the_focus_table_has_eight_activities_in_five_areas_in_the_trackers_order(built: Built) -> None:
    table = tables_of(built.path.read_bytes())[2]
    assert table[1:] == FOCUS
    deadlines = [row[2] for row in table[1:]]
    assert [deadlines.count(each) for each in ("January 2017", "March 2017", "On-going")] == [5, 2, 1]


def test_both_workshops_are_held_as_the_recommendation_tells_it(lines: list[str]) -> None:
    (recommendation,) = (line for line in lines if line.startswith("2. Note"))
    assert "workshops of 6 December 2016 and 17 January 2017" in recommendation


def test_one_workshop_is_held_and_one_to_come_as_the_background_tells_it(lines: list[str]) -> None:
    assert "was held on 6 December 2016" in starting(lines, "3.5")
    assert "A second workshop is arranged for 17 January 2017" in starting(lines, "3.6")


def test_the_reply_is_awaited(lines: list[str]) -> None:
    assert "has not yet had a reply" in starting(lines, "3.4")
    assert "reply is expected imminently" in starting(lines, "3.7")


def test_the_final_update_is_due_in_march(lines: list[str]) -> None:
    assert "fourth and final update" in starting(lines, "1.1")
    assert "17 March 2017" in starting(lines, "1.1")


def test_the_directions_are_dated(lines: list[str]) -> None:
    assert "17 December 2014, 29 April 2015 and 6 May 2015" in starting(lines, "5.2")


def test_two_appendices_are_listed_and_referred_to_in_order(lines: list[str]) -> None:
    listed = dict(line.split(" reads Letter from ") for line in lines if line.startswith("Appendix "))
    assert listed == {"Appendix 1": "Secretary of State", "Appendix 2": "Mayor John Biggs"}
    mentions = re.findall(r"\(Appendix \d\)", "\n".join(lines))
    assert mentions[:2] == ["(Appendix 1)", "(Appendix 2)"]


def test_letters_relied_on_and_not_appended_are_background_papers(lines: list[str]) -> None:
    assert [line for line in lines if line.startswith("• ")] == [
        "• Covering letter, Mayor to Secretary of State, 19 September 2016",
        "• Commissioners' response, Commissioners to Mayor, 11 October 2016",
    ]


REFERENCE = Path(__file__).parents[2] / "shared" / "reference" / "inputs"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the officers' files of the record are not beside this checkout")
def test_the_officers_own_files_give_the_same_figures(tmp_path: Path) -> None:
    import shutil

    desk = office(tmp_path)
    shutil.rmtree(desk.inputs)
    shutil.copytree(REFERENCE, desk.inputs)
    tables = tables_of(desk.paper("2017-01-23"))
    assert tables[2][1:] == FOCUS
    assert dict(zip(tables[1][0], tables[1][1], strict=True)) == PROGRESS
