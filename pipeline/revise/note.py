"""The note beside a draft: what the merge did with each edit, to be read in half a minute in any browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from pipeline.problems import listed
from pipeline.revise.decide import Action
from pipeline.revise.outcome import Outcome, excerpts

GROUPS: Mapping[Action, tuple[str, str]] = {
    "conflict": (
        "Look at these",
        "The facts changed where somebody had typed. The typed words stand until you settle it: edit them so that they "
        "say what the facts say, delete them, or settle it with “settle”. The paper is not published before.",
    ),
    "offered": ("Offered as tracked changes", "Typed in one place, changed by new facts in another: accept or reject."),
    "gone": (
        "Deleted, and left out",
        "An officer took these out; they stay out, though the facts still call for them.",
    ),
    "kept": ("Kept as edited", "Typed by an officer; the facts behind them have not moved."),
    "officer": ("Officers' own paragraphs", "Added by hand; never touched."),
    "updated": ("Brought up to date", "Nobody had typed here; the new facts stand."),
    "added": ("New", "Said for the first time."),
    "withheld": ("Taken out, now exempt", "Their rows may not be public any more, so nothing of them is quoted here."),
    "removed": ("No longer said", "The facts no longer call for these, and nobody had typed there."),
}
HEAD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 16px/1.45 Arial, sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em; color: #1c1c1c; }}
h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.15em; margin-bottom: 0.2em; }}
table {{ border-collapse: collapse; width: 100%; }} th, td {{ border: 1px solid #767676; padding: 0.35em 0.6em; }}
th, td {{ text-align: left; vertical-align: top; }} th {{ background: #e7e6e6; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""


def note_html(title: str, outcomes: Sequence[Outcome]) -> str:
    """The note as a page of HTML, what a person must look at first; `title` names the draft."""
    return HEAD.format(title=escape(title)) + "".join(parts(outcomes)) + "</main>\n</body>\n</html>\n"


def parts(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The counts, then a table for each kind of outcome that there is."""
    numbers = {action: [each for each in outcomes if each.action == action] for action in GROUPS}
    counts = ", ".join(f"{len(found)} {GROUPS[action][0].lower()}" for action, found in numbers.items() if found)
    yield f"<p>{escape(counts or 'nothing changed').capitalize()}.</p>\n"
    for action, found in numbers.items():
        if found:
            heading, meaning = GROUPS[action]
            yield f"<h2>{escape(heading)}</h2>\n<p>{escape(meaning)}</p>\n{table(found)}"


def table(found: Sequence[Outcome]) -> str:
    """The outcomes of one kind: where, what stood in the officer's paper, what the facts give now, from where."""
    rows = "".join(row(each) for each in found)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Where", "In the paper", "By the facts now", "From"))
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def row(outcome: Outcome) -> str:
    """One outcome as a table row; a dash where there is nothing to show."""
    there, now = excerpts(outcome.officer or outcome.old, outcome.new)[0], excerpts(outcome.old, outcome.new)[1]
    cells = (outcome.near, there, now, listed(outcome.sources))
    return "<tr>" + "".join(f"<td>{escape(each) or '–'}</td>" for each in cells) + "</tr>\n"
