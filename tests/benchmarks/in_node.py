"""The sample paper by those that run in Node, each in a process of its own; both come from the npm registry, into a
folder that is removed afterwards. What they print must be what docxtpl prints.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document

from tests.benchmarks import in_carbone, in_docxtemplater, sample

PAPERS = "60"
ANEW, AGAIN, CARBONE = "docxtemplater, an object a paper", "docxtemplater, compiled once (unsupported)", "carbone"


@dataclass(frozen=True)
class Maker:
    """Its packages, the writer of its template, and a name for each figure that its script tells, in order."""

    packages: tuple[str, ...]
    template: Callable[[Path], None]
    figures: tuple[str, ...]


MAKERS = {
    "docxtemplater": Maker(("docxtemplater@3", "pizzip@3"), in_docxtemplater.template, (ANEW, AGAIN)),
    "carbone": Maker(("carbone@3",), in_carbone.template, (CARBONE,)),
}


@dataclass
class InNode:
    """What each paper costs, by the figure's name, in processor seconds; the megabytes that each process held at most;
    and why those that are missing could not be asked.
    """

    jobs: dict[str, Callable[[], float]] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def in_node(folder: Path, names: Mapping[str, Any]) -> InNode:
    """All that can be asked here. Raises ValueError where one does not print what docxtpl prints."""
    found, wanted = InNode(), words(sample.by_docxtpl(names))
    for name, maker in MAKERS.items():
        home = folder / name
        home.mkdir()
        if reason := not_installed(home, maker.packages):
            found.missing[name] = reason
            continue
        maker.template(home / "template.docx")
        (home / "names.json").write_text(json.dumps(sample.with_conditions(names)), encoding="utf-8")
        shutil.copy(Path(__file__).with_name(f"{name}.js"), home)
        add(found, name, home)
        if words((home / "paper.docx").read_bytes()) != wanted:
            raise ValueError(f"the paper by {name} does not say what docxtpl's says")
    return found


def not_installed(home: Path, packages: tuple[str, ...]) -> str:
    """Why packages could not be installed; nothing where they were."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return "node or npm is not here"
    command = [npm, "install", "--no-audit", "--no-fund", "--silent", *packages]
    done = subprocess.run(command, cwd=home, capture_output=True, check=False, timeout=300)
    return "the npm registry cannot be reached" if done.returncode else ""


def add(found: InNode, name: str, home: Path) -> None:
    """Asks one maker once, and adds its jobs: the first runs its script, the others tell what that run said."""
    told: dict[str, float] = {}
    first, *others = MAKERS[name].figures

    def ask() -> float:
        command = ["node", f"{name}.js", "template.docx", "names.json", PAPERS, "paper.docx"]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        told.update(zip(MAKERS[name].figures, said["ms"], strict=True))
        found.peaks[name] = said["peak"] / 1024
        return told[first] / 1000

    ask()
    found.jobs[first] = ask
    for other in others:
        found.jobs[other] = lambda other=other: told[other] / 1000  # type: ignore[misc]


def words(paper: bytes) -> str:
    """All that a paper says, tables included, without a space: docxtemplater repeats rows, and no cells across."""
    said = "".join(text.text or "" for text in Document(io.BytesIO(paper)).element.body.iter("{*}t"))
    return "".join(said.split())
