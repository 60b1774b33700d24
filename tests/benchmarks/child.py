"""What the benchmarks run in processes of their own: papers of one office, so many times."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from tests.benchmarks import sample


def ours(folder: Path, times: int) -> None:
    """The whole build, after one that brings everything in; each its first draft."""
    from pipeline.build import build

    if not times:
        build(sample.order(folder.parent / "0", "warm"))
    for number in range(times):
        if not number:
            build(sample.order(folder.parent / "0", "warm"))
        build(sample.order(folder, f"outputs {number}"))
        shutil.rmtree(folder / f"outputs {number}")
    shutil.rmtree(folder.parent / "0" / "warm", ignore_errors=True)


def plain(folder: Path, times: int) -> None:
    """Plain docxtpl filling the same paper from its words, which lie ready; nothing is read and nothing checked."""
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    for _ in range(times):
        sample.by_docxtpl(names)


def loop(folder: Path) -> None:
    """The plain script's work for every report, one after the other: read by pandas, filled by docxtpl, saved."""
    from tests.benchmarks import plain_script

    for report in sorted((folder / "templates").iterdir()):
        out = folder / "plain" / f"{report.name}.docx"
        out.parent.mkdir(exist_ok=True)
        plain_script.main(report, folder / "inputs" / report.name, sample.MEETING.isoformat(), out)


def merging(folder: Path) -> None:
    """Drafts of a paper, and edited ones brought up to date: their processor time is printed."""
    import time

    from docx import Document

    from pipeline.build import build

    costs: dict[str, list[float]] = {"build": [], "merge": []}
    for number in range(8):
        order = sample.order(folder, f"outputs {number}")
        start = time.process_time()
        path = build(order).path
        costs["build"].append(time.process_time() - start)
        document = Document(str(path))
        for paragraph in document.paragraphs[6:18:2]:
            paragraph.add_run(" An officer added this.")
        document.save(str(path))
        start = time.process_time()
        built = build(replace(order, as_at=sample.MEETING.replace(month=3)))
        costs["merge"].append(time.process_time() - start)
        assert built.action == "next"
        assert any(each.action == "kept" for each in built.outcomes)
    print(json.dumps({name: known[2:] for name, known in costs.items()}))
