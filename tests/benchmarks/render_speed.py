"""Papers a CPU-second against plain docxtpl, as ratios taken round by round in one run.

    python -m tests.benchmarks.render_speed [--rounds 9] [--rows 1000 10000]

Plain docxtpl is used as its manual says: a new DocxTemplate for each paper, autoescape on. Both sides get the same
template and the same words; ours adds identity marks, the baseline and (where named so) the proof.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.blocks import Block, Context
from pipeline.render import render, render_unproven
from pipeline.render.text import runs_bytes
from tests.benchmarks.measuring import FASTER, cpu, with_zlib
from tests.render.made import PROPERTIES, compiled, context, paragraph, saved, word_like


def four_pages(rows: int) -> Context:
    """A paper of about four pages: 24 numbered paragraphs, a table across and a table of `rows` actions."""
    base = context(rows)
    body = tuple(
        paragraph(f"background/{n}", f"Paragraph {n} of the report, dated {n + 1} January 2017, says that the council "
                  f"has completed {90 + n % 10}% of the actions of its plan and that a reply is awaited. " * 2)
        for n in range(24)
    )  # fmt: skip
    return replace(base, sections={**base.sections, "background": (*body, *base.sections["background"])})


def as_dicts(made: Context) -> dict[str, Any]:
    """The same context as plain values for docxtpl, run XML written beforehand."""

    def plain(block: Any) -> dict[str, Any]:
        if isinstance(block, Block):
            text = Markup(runs_bytes(block.runs).decode())
            return {"text": text, "list": "", "style": block.style, "rows": []}
        return {"text": "", "list": block.list, "style": "", "rows": [dict(row.values) for row in block.rows]}

    return {**made.fields, **{name: [plain(block) for block in blocks] for name, blocks in made.sections.items()}}


def by_docxtpl(content: bytes, names: dict[str, Any]) -> bytes:
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template = DocxTemplate(io.BytesIO(content))
    template.render(names, jinja_env=environment)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def ratios(rounds: int, jobs: dict[str, Callable[[], object]]) -> None:
    """Prints each job's median cost, and the median of plain docxtpl's over its own, round by round."""
    for job in jobs.values():
        job()
    costs: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            costs[name].append(cpu(job, 0.08))
    plain = costs["plain docxtpl"]
    for name, spent in costs.items():
        times = sorted(reference / own for reference, own in zip(plain, spent, strict=True))
        print(f"  {name:44} {statistics.median(spent) * 1000:9.3f} ms   {statistics.median(times):7.1f} x"
              f"   ({times[0]:.0f}-{times[-1]:.0f})")  # fmt: skip


def measure(rows: int, rounds: int) -> None:
    content = saved(word_like())
    template = compiled(content)
    made = four_pages(rows)
    names = as_dicts(made)

    def unproven() -> object:
        return render_unproven(template, made, PROPERTIES)

    def proven() -> object:
        return render(template, made, PROPERTIES)

    jobs: dict[str, Callable[[], object]] = {
        "plain docxtpl": lambda: by_docxtpl(content, names),
        "rendered with marks, zlib": with_zlib(unproven),
        "rendered with marks and proven, zlib": with_zlib(proven),
    }
    if FASTER:
        jobs |= {"rendered with marks, isal": unproven, "rendered with marks and proven, isal": proven}
    print(f"{rows} rows")
    ratios(rounds, jobs)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--rows", type=int, nargs="+", default=[10])
    options = asked.parse_args()
    for rows in options.rows:
        measure(rows, options.rounds)


if __name__ == "__main__":
    sys.exit(main())
