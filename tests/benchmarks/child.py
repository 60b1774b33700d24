"""What the benchmarks run in processes of their own: papers of one office, so many times.

python -m tests.benchmarks.child ours FOLDER 20
"""

from __future__ import annotations

import ctypes
import gc
import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline.office import Order
from tests.benchmarks import sample


def repeated(folder: Path, times: int, paper: Callable[[int], object]) -> None:
    """So many papers; the processor seconds of each are written down beside them, and the megabytes that the process
    held at most over what it held before the first.
    """
    costs, before = list[float](), memory_now()
    for number in range(times):
        start = time.process_time()
        paper(number)
        costs.append(time.process_time() - start)
    told = {"costs": costs, "added": memory_at_most() - before}
    (folder / "spent.json").write_text(json.dumps(told), encoding="utf-8")


def memory_now() -> float:
    """Megabytes that this process holds, once what it no longer needs is given back; its peak counts from here.

    Elsewhere than on Linux the peak so far.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return memory_at_most()
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    return told_in(status.read_text(), "VmRSS")


def memory_at_most() -> float:
    """Megabytes that this process held at most."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    return told_in(status.read_text(), "VmHWM")


def told_in(status: str, name: str) -> float:
    """Megabytes of a line of a process's status."""
    return int(status.split(f"{name}:")[1].split(maxsplit=1)[0]) / 1024


def ours(folder: Path, times: int) -> None:
    """The whole build, after one that brings everything in; each its first draft."""
    from tests.office import build

    shutil.rmtree(folder.parent / "0" / "warm", ignore_errors=True)
    build(sample.order(folder.parent / "0", "warm"))

    def paper(number: int) -> None:
        build(sample.order(folder, f"outputs {number}"))
        shutil.rmtree(folder / f"outputs {number}")

    repeated(folder, times, paper)


def plain(folder: Path, times: int) -> None:
    """Plain docxtpl filling the same paper from its words, which lie ready; nothing is read and nothing checked."""
    sample.by_docxtpl(json.loads((folder.parent / "0" / "names.json").read_text(encoding="utf-8")))
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    repeated(folder, times, lambda _: sample.by_docxtpl(names))


def proven(folder: Path, times: int) -> None:
    """Filling and proving alone, from a context that lies ready, after one paper that brings everything in."""
    from pipeline.office import offer_of, template_of
    from pipeline.read import read_wording
    from pipeline.render import Properties, render
    from pipeline.report import load_report

    report = load_report(folder / "templates" / sample.REPORT)
    template = template_of(report, offer_of(report, read_wording(report)[0]))
    properties = Properties("Title", sample.MEETING, "Subject", "Author", about={"report": sample.REPORT})
    render(template, sample.kept_ready(folder.parent / "0"), properties)
    context = sample.kept_ready(folder)
    repeated(folder, times, lambda _: render(template, context, properties))


def script(folder: Path, times: int) -> None:
    """The plain script's whole work, after one paper that brings everything in."""
    from tests.benchmarks import plain_script

    def paper(office: Path) -> None:
        report, inputs = (office / name / sample.REPORT for name in ("templates", "inputs"))
        plain_script.main(report, inputs, sample.MEETING.isoformat(), office / "plain.docx")

    paper(folder.parent / "0")
    repeated(folder, times, lambda _: paper(folder))


def loop(folder: Path) -> None:
    """The plain script's work for every report, one after the other: read by pandas, filled by docxtpl, saved."""
    from tests.benchmarks import plain_script

    for report in sorted((folder / "templates").iterdir()):
        out = folder / "plain" / f"{report.name}.docx"
        out.parent.mkdir(exist_ok=True)
        plain_script.main(report, folder / "inputs" / report.name, sample.MEETING.isoformat(), out)


def merging(folder: Path) -> None:
    """Drafts of a paper, and edited ones brought up to date: the processor seconds of each are printed, and the
    megabytes that the process held at most over what it held before.
    """
    from docx import Document

    from pipeline.office import Built
    from tests.office import build

    told: dict[str, list[tuple[float, float]]] = {"build": [], "merge": []}

    def spent(name: str, order: Order) -> Built:
        before, start = memory_now(), time.process_time()
        built = build(order)
        told[name].append((time.process_time() - start, memory_at_most() - before))
        return built

    for number in range(8):
        order = sample.order(folder, f"outputs {number}")
        path = spent("build", order).path
        document = Document(str(path))
        for paragraph in document.paragraphs[6:18:2]:
            paragraph.add_run(" An officer added this.")
        document.save(str(path))
        built = spent("merge", replace(order, as_at=sample.MEETING.replace(month=3)))
        assert built.action == "next"
        assert any(each.action == "kept" for each in built.outcomes)
    print(json.dumps({name: known[2:] for name, known in told.items()}))


JOBS: dict[str, Callable[..., None]] = {job.__name__: job for job in (ours, plain, proven, script, loop, merging)}

if __name__ == "__main__":
    JOBS[sys.argv[1]](Path(sys.argv[2]), *map(int, sys.argv[3:]))
