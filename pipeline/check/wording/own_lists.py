"""Rules on the lists of the report's own: what they are narrowed by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.problems import Place, Problem, error
from pipeline.report import Report
from pipeline.rules.near import did_you_mean
from pipeline.vocabulary import SAY_YES_OR_NO, Vocabulary

YES_OR_NO = ("yes", "no", "", "*")
"""What a yes or no can be compared with; see templates/README.md on blanks and stars."""


def narrowed_by(report: Report, vocabulary: Vocabulary) -> Iterator[Problem]:
    """W109, W120: a list narrowed by a field or a word that its items never have, so that it never holds anything."""
    for name, settings in report.lists.items():
        kind = vocabulary.lists.get(" ".join(name.split()).casefold(), "")
        fields = vocabulary.kinds.get(kind, {})
        place = Place(f"{report.name}/report.toml", near=f"[lists.{name}]")
        for asked, words in (*settings.where.items(), *settings.unless.items()) if fields else ():
            if asked in fields:
                told = fields[asked].what == "flag" or asked in SAY_YES_OR_NO
                yield from neither(asked, words, place) if told else ()
            else:
                cure = did_you_mean(asked, sorted(fields), "Take it out, or use a field that there is.")
                yield error("W109", place, f"“{asked}” is no field of {article(kind)} {kind}.", cure)


def neither(field: str, words: Sequence[str], place: Place) -> Iterator[Problem]:
    """W120: a list narrowed by a yes or no that is compared with another word, so that it never holds anything."""
    for word in words:
        if word.strip().casefold() not in YES_OR_NO:
            yield error("W120", place, f"“{field}” is “{word}”, which is neither yes nor no.", 'Write "yes" or "no".')


def article(word: str) -> str:
    """`a`, or `an` before a vowel."""
    return "an" if word[:1] in "aeiou" else "a"
