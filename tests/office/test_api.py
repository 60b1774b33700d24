"""The Python API: every question and act as a function of plain arguments that returns plain data."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import json
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from pipeline import office as api
from pipeline.cli import as_data
from tests.office import NOW, ROOT, Office, asked, office, without_pdf

MEETING = "2017-01-23"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("api"))


def test_a_month_from_files_to_a_published_paper(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_pdf(monkeypatch)
    given = asked(desk.order(MEETING, now=dt.datetime(2017, 1, 12, 9, tzinfo=dt.UTC)))
    built = api.build(desk.report, **given)
    assert (built.number, built.action, built.code) == (1, "first", 0)
    assert built.meeting_on == dt.date(2017, 1, 23)
    assert api.check(desk.report, **given).verdict == "Nothing stands against publication."
    assert [each.text for each in api.explain("97%", desk.report, **given).answers] == ["97%"]
    published = api.publish(desk.report, **given)
    assert (published.version, published.fresh) == (1, True)
    assert api.verify(desk.report, **given).code == 0
    [report] = api.status(**{**given, "meeting": None}).reports
    assert [paper.published for paper in report.papers] == [1]
    assert api.withdraw(desk.report, reason="A slip.", **given).withdrawn == 1


def test_the_only_report_need_not_be_named(desk: Office) -> None:
    assert api.timetable(**asked(desk.order(MEETING))).report == desk.report


@pytest.mark.parametrize("name", [name for name in api.__all__ if name[0].islower()])
def test_every_function_says_what_it_does_and_takes_no_more_than_it_names(name: str) -> None:
    function = getattr(api, name)
    assert function.__doc__
    assert inspect.signature(function).return_annotation


def is_plain(value: object) -> bool:
    """Is it a frozen dataclass of such, or what JSON knows?"""
    if is_dataclass(value) and not isinstance(value, type):
        frozen = type(value).__dataclass_params__.frozen  # type: ignore[attr-defined]
        return frozen and all(is_plain(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    return (
        all(map(is_plain, value)) if isinstance(value, tuple) else isinstance(value, str | int | dt.date | Path | None)
    )


def test_what_comes_back_is_plain_data_that_json_can_hold(desk: Office) -> None:
    given = asked(desk.order(MEETING))
    found = (
        api.build(desk.report, **given),
        api.check(desk.report, **given),
        api.explain("97%", desk.report, **given),
        api.status(**{**given, "meeting": None}),
        api.timetable(desk.report, **given),
        api.figures(desk.report, **given),
        api.doctor(**given),
        api.inspect(desk.inputs / "tracker.xlsx"),
        api.rule("P104"),
    )
    for each in found:
        assert is_plain(each), each
        assert json.loads(json.dumps(as_data(each), default=as_data))
    assert not is_plain(desk.order(MEETING).settings), "settings of a report hold more than plain data"


def test_a_function_is_loaded_when_it_is_asked_for_and_no_other_with_it() -> None:
    code = (
        "import sys; from pipeline import office; before = {*sys.modules}; office.rule;"
        "print(sorted(name for name in {*sys.modules} - before if name.startswith('pipeline.office')), "
        "[name for name in ('openpyxl', 'jinja2', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['pipeline.office.lookups'] []"
    with pytest.raises(AttributeError):
        _ = api.nonsuch


def test_the_clock_is_asked_in_one_place() -> None:
    asking = {"now", "today", "utcnow", "time"}
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in asking
        and ast.unparse(node.func.value) in ("dt.datetime", "dt.date", "datetime", "date", "time", "datetime.datetime")
    }
    assert found == {"pipeline/office/clock.py"}


def test_the_day_of_a_question_is_the_one_that_is_given(desk: Office) -> None:
    given = {**asked(desk.order()), "now": NOW.replace(year=2017, month=1, day=30)}
    assert api.timetable(desk.report, **given).meetings[0].meeting_on == dt.date(2017, 2, 27)  # type: ignore[arg-type]
