"""Levels: how much a rule matters to this report, and each thing told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.problems import Level, Place, Problem, error
from pipeline.report import Report
from pipeline.rules.catalogue import rules
from pipeline.rules.near import did_you_mean

UNSAID = "W201"


def with_levels(problems: Iterable[Problem], report: Report) -> list[Problem]:
    """The problems at the levels that the report's settings give, and a problem for each setting that cannot hold.

    `[checks.levels]` maps a code to `error`, `warning` or `note`. A rule whose level is fixed keeps it.
    """
    told = list(levels(report))
    chosen = {code: level for code, level in told if not isinstance(level, Problem)}
    wrong = [level for _, level in told if isinstance(level, Problem)]
    return [replace(each, level=chosen[each.code]) if each.code in chosen else each for each in problems] + wrong


def levels(report: Report) -> Iterator[tuple[str, Level | Problem]]:
    """Each code of the settings with its level, or with what is wrong about it."""
    if not report.levels:
        return
    known, place = rules(), Place(f"{report.name}/report.toml", near="[checks.levels]")
    words = [str(level) for level in Level]
    for code, word in report.levels.items():
        if code not in known:
            cure = did_you_mean(code, list(known), "Take it out.")
            yield code, error("S111", place, f"“{code}” is the code of no rule.", cure)
        elif word not in words:
            cure = did_you_mean(word, words, f"Use one of: {', '.join(words)}.")
            yield code, error("S112", place, f"“{word}” is no level.", cure)
        elif known[code].fixed and word != known[code].level:
            yield code, error("S113", place, f"The level of “{code}” cannot be changed.", "Take it out.")
        else:
            yield code, Level(word)


def once(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without repeats: the same code at the same place once, the better message first.

    What a rule has said of a sentence of the wording sheet need not be said again when the sentence is filled in.
    """
    explained = {each.place for each in problems if each.code.startswith("W1") and each.level is Level.ERROR}
    told: set[tuple[str, Place, str]] = set()
    kept = []
    for each in problems:
        key = (each.code, each.place, "" if each.code in ("W102", "W202", "W203") else each.message)
        if key not in told and not (each.code == UNSAID and each.place in explained):
            told.add(key)
            kept.append(each)
    return kept
