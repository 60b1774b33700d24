"""Many papers in one run: each on its own, taken up again where it was left, the same bytes whoever does the work."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.office import Order
from pipeline.problems import BrokenInstallation
from pipeline.unattended import ALONE, Attempt, Result, Workers, draft, draft_due, in_order, run
from tests.unattended.boards import NOW, boards, command, environment


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two dozen reports, each a copied folder, as they come with a council's boards."""
    return boards(tmp_path)


def orders(office: Path, outputs: str) -> list[Order]:
    names = sorted(path.name for path in (office / "templates").iterdir())
    folders = {"templates": office / "templates", "inputs": office / "inputs", "outputs": office / outputs}
    return [Order(report=name, now=NOW, **folders) for name in names]


def carried_out(wanted: list[Order], hands: Workers = ALONE) -> list[Result]:
    return in_order([each for some in run(draft, wanted, hands) for each in some], wanted)


def papers(folder: Path) -> dict[str, bytes]:
    """Every file under a folder of outputs but the notes that a run keeps for itself."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def without_paths(results: list[Result]) -> list[Result]:
    return [replace(each, papers=tuple(replace(one, path="") for one in each.papers)) for each in results]


def test_two_processes_make_the_same_files_and_tell_the_same_as_one(office: Path) -> None:
    alone, shared = carried_out(orders(office, "alone")), carried_out(orders(office, "shared"), Workers(jobs=2))
    assert len(papers(office / "alone")) == 72
    assert papers(office / "alone") == papers(office / "shared")
    assert without_paths(alone) == without_paths(shared)


def test_a_few_papers_start_no_process(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: int) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("pipeline.unattended.runs.workers", refused)
    assert [each.code for each in carried_out(orders(office, "few")[:9], Workers(jobs=2))] == [0] * 9
    with pytest.raises(AssertionError, match="was started"):
        carried_out(orders(office, "many"), Workers(jobs=2))


def test_one_report_that_cannot_be_made_stops_no_other(office: Path) -> None:
    (office / "templates" / "board-03" / "template.docx").write_bytes(b"no Word file")
    (office / "inputs" / "board-04" / "calendar.xlsx").unlink()
    for hands in (Workers(), Workers(jobs=2)):
        results = {each.report: each for each in carried_out(orders(office, f"by {hands.jobs}"), hands)}
        assert {name for name, each in results.items() if each.code} == {"board-03", "board-04"}
        assert all(one.problems for name in ("board-03", "board-04") for one in results[name].papers)
        assert len(papers(office / f"by {hands.jobs}")) == 66


def dying(order: Order) -> Result:
    """Work whose process dies at one report, as where memory runs out."""
    if order.report == "board-08":
        os.kill(os.getpid(), signal.SIGKILL)
    return draft(order)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not killed so on Windows")
def test_a_process_that_dies_fails_its_papers_and_the_next_run_makes_them(office: Path) -> None:
    wanted = orders(office, "outputs")
    results = [each for some in run(dying, wanted, Workers(jobs=2)) for each in some]
    failed = {each.report for each in results if each.code == 4}
    assert "board-08" in failed
    assert {each.report for each in results} == {each.report for each in wanted}
    assert [each.code for each in carried_out(wanted)] == [0] * 24
    assert len(papers(office / "outputs")) == 72


def counted(order: Order) -> Result:
    """Work that leaves a trace each time it is done."""
    with (order.outputs.parent / "done.txt").open("a", encoding="utf-8") as file:
        file.write(f"{order.report}\n")
    return draft(order)


def test_a_run_that_was_stopped_is_taken_up_where_it_was(office: Path) -> None:
    wanted = orders(office, "outputs")
    begun = run(counted, wanted)
    for _ in range(7):
        next(begun)
    begun.close()  # type: ignore[attr-defined]
    list(run(counted, wanted))
    assert (office / "done.txt").read_text(encoding="utf-8").split() == [each.report for each in wanted]


def test_an_order_taken_up_again_tells_what_carrying_it_out_again_would_tell(office: Path) -> None:
    wanted = orders(office, "outputs")
    carried_out(wanted)
    assert carried_out(wanted) == [draft(order) for order in wanted]
    assert {each.action for result in carried_out(wanted) for each in result.papers} == {"unchanged"}


@pytest.mark.parametrize(
    "touched",
    [
        "templates/progress/wording.xlsx",
        "templates/progress/report.toml",
        "inputs/progress/tracker.xlsx",
        "inputs/progress/another.xlsx",
    ],
)
def test_whatever_changed_is_carried_out_again(office: Path, touched: str) -> None:
    wanted = [each for each in orders(office, "outputs") if each.report == "progress"]
    for _ in range(2):
        list(run(counted, wanted))
    assert (office / "done.txt").read_text(encoding="utf-8").split() == ["progress"]
    stood = (office / touched).stat() if (office / touched).exists() else None
    with (office / touched).open("ab") as file:
        file.write(b"\n")
    if stood:
        os.utime(office / touched, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    list(run(counted, wanted))
    assert (office / "done.txt").read_text(encoding="utf-8").split() == ["progress"] * 2


def test_a_draft_that_somebody_typed_in_or_removed_is_looked_at_again(office: Path) -> None:
    wanted = [each for each in orders(office, "outputs") if each.report == "progress"]
    [path] = [each.path for result in carried_out(wanted) for each in result.papers]
    Path(path).unlink()
    assert [each.action for result in carried_out(wanted) for each in result.papers] == ["first"]
    assert Path(path).exists()


def test_another_day_or_another_question_is_another_order(office: Path) -> None:
    [order] = [each for each in orders(office, "outputs") if each.report == "progress"]
    list(run(counted, [order], Workers()))
    for other in (replace(order, now=order.now + dt.timedelta(days=1)), replace(order, as_at=dt.date(2026, 12, 1))):
        list(run(counted, [other], Workers()))
    list(run(draft_due, [order], Workers()))
    assert (office / "done.txt").read_text(encoding="utf-8").split() == ["progress"] * 3


def test_notes_of_a_run_that_make_no_sense_are_as_good_as_none(office: Path) -> None:
    wanted = [each for each in orders(office, "outputs") if each.report == "progress"]
    carried_out(wanted)
    note = office / "outputs" / "progress" / ".committee-papers.last.json"
    whole = json.loads(note.read_text(encoding="utf-8"))
    for text in ("", "{", "[]", json.dumps({**whole, "result": {"report": "progress", "papers": [{}]}})):
        note.write_text(text, encoding="utf-8")
        assert [each.action for result in carried_out(wanted) for each in result.papers] == ["unchanged"]


def test_what_failed_is_not_remembered(office: Path) -> None:
    wanted = [each for each in orders(office, "outputs") if each.report == "progress"]
    template = office / "templates" / "progress" / "template.docx"
    whole = template.read_bytes()
    template.write_bytes(b"no Word file")
    assert [each.code for each in carried_out(wanted)] == [1]
    assert not (office / "outputs" / "progress" / ".committee-papers.last.json").exists()
    template.write_bytes(whole)
    assert [each.code for each in carried_out(wanted)] == [0]


def test_a_fault_of_the_program_is_a_result_too(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Order) -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr("pipeline.unattended.attempts.drafted", broken)
    results = carried_out(orders(office, "outputs")[:2])
    assert [(each.code, bool(each.papers[0].fault)) for each in results] == [(4, True), (4, True)]


def test_the_command_drafts_all_reports_and_says_how_many(office: Path) -> None:
    done = command(office, "build", "--all", "--jobs", "2")
    assert done.returncode == 1, done.stderr  # as for one report: an error in the files stands
    assert done.stdout.splitlines()[-1] == "24 papers: 24 written, 0 up to date already."
    again = command(office, "build", "--all", "--json")
    told = json.loads(again.stdout)
    assert [each["papers"][0]["action"] for each in told["reports"]] == ["unchanged"] * 24
    assert again.stderr == ""


def test_the_commands_log_names_what_failed(office: Path) -> None:
    (office / "templates" / "board-03" / "template.docx").write_bytes(b"no Word file")
    done = command(office, "build", "--all", "-q")
    assert done.returncode == 1
    [log] = (office / "outputs" / "logs").glob("* build.log")
    assert "report    board-03" in log.read_text(encoding="utf-8")


def test_due_may_be_shared_out_too(office: Path) -> None:
    done = command(office, "due", "--jobs", "2", "--json")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["reports"]) == 24
    assert len(papers(office / "outputs")) >= 72


@pytest.mark.parametrize("arguments", [["progress", "--all"], ["--jobs", "2"], ["--all", "--review"]])
def test_options_that_do_not_go_together_are_refused(office: Path, arguments: list[str]) -> None:
    assert command(office, "build", *arguments).returncode == 2


def test_the_outputs_are_held_while_a_run_lasts(office: Path) -> None:
    from pipeline.store import only_one

    with only_one(office / "outputs"):
        assert command(office, "build", "--all", "--jobs", "2").returncode == 3


@pytest.mark.deep
def test_a_cluster_that_does_not_answer_is_told_plainly(office: Path) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    with pytest.raises(BrokenInstallation) as refused:
        list(run(draft, orders(office, "outputs"), Workers(cluster="nowhere at all")))
    assert refused.value.problems[0].code == "F151"


@pytest.mark.filterwarnings("default")
def test_workers_of_dask_make_the_same_files_and_tell_the_same(office: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")
    few = [orders(office, each)[:4] for each in ("alone", "shared")]
    alone = carried_out(few[0])
    settings = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**settings) as workers:
        shared = carried_out(few[1], Workers(cluster=workers.scheduler_address))
    assert len(papers(office / "shared")) == 12
    assert papers(office / "alone") == papers(office / "shared")
    assert without_paths(alone) == without_paths(shared)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler with two workers on this machine, stopped when the test is over."""
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    told = tmp_path / "scheduler.json"
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    parts = [[*start, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
    parts += [[*worker, "--no-nanny", "--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1"]] * 2
    processes = [
        subprocess.Popen(part, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for part in parts
    ]
    try:
        yield address_in(told)
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait(timeout=30)


def address_in(file: Path) -> str:
    """The scheduler's address, once it has written it down."""
    for _ in range(600):
        if file.exists() and file.read_text(encoding="utf-8").strip():
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def two_workers(address: str) -> None:
    """Waits until both workers have joined."""
    from distributed import Client

    with Client(address, timeout="60s", set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2, timeout=60)  # type: ignore[no-untyped-call]


@pytest.mark.deep
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_makes_the_same_files_and_tells_the_same(office: Path, scheduler: str) -> None:
    two_workers(scheduler)
    alone = carried_out(orders(office, "alone"))
    shared = carried_out(orders(office, "shared"), Workers(cluster=scheduler))
    assert papers(office / "alone") == papers(office / "shared")
    assert without_paths(alone) == without_paths(shared)
    assert all(isinstance(one, Attempt) for each in shared for one in each.papers)
    done = command(office, "build", "--all", "--cluster", scheduler, "--outputs", "shared")
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[-1] == "24 papers: 0 written, 24 up to date already."


def test_a_folder_that_may_not_be_opened_is_a_problem_with_a_cure(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(order: Order) -> None:
        raise PermissionError(13, "Permission denied", str(order.outputs / order.report))

    monkeypatch.setattr("pipeline.unattended.attempts.drafted", refused)
    [result] = carried_out(orders(office, "outputs")[:1])
    assert (result.code, result.papers[0].fault) == (3, "")
    [problem] = result.papers[0].problems
    assert problem.code == "F113"
    assert problem.message == f"“{office / 'outputs' / result.report}” may not be opened."
    assert "ask IT for the right" in problem.cure
