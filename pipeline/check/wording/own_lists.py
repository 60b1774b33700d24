"""Rules on the lists of the report's own: what they are narrowed by."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.near import did_you_mean
from pipeline.problems import Place, Problem, error
from pipeline.report import Report
from pipeline.vocabulary import Vocabulary


def narrowed_by(report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    """W109: a list narrowed by a field that its items do not have, so that it never holds anything."""
    for name, settings in report.lists.items():
        kind = vocabulary.lists.get(" ".join(name.split()).casefold(), "")
        fields = vocabulary.kinds.get(kind, {})
        for asked in (*settings.where, *settings.unless) if fields else ():
            if asked not in fields:
                place = Place(f"{report.name}/report.toml", near=f"[lists.{name}]")
                cure = did_you_mean(asked, sorted(fields), "Take it out, or use a field that there is.")
                yield error("W109", place, f"“{asked}” is no field of {article(kind)} {kind}.", cure)


def article(word: str) -> str:
    """`a`, or `an` before a vowel."""
    return "an" if word[:1] in "aeiou" else "a"
