"""The comments that services send as Word files: there, under the right name, and read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from pipeline.kinds import Comment
from pipeline.problems import PaperError, Place, Problem, error, warning
from pipeline.read.files import Files
from pipeline.report import CommentSettings, Report

_TEXTS = (".docx", ".doc", ".docm", ".rtf", ".odt", ".pdf", ".txt")


def read_comments(files: Files, report: Report) -> tuple[tuple[Comment, ...], tuple[Problem, ...]]:
    """The comments that have come, and what is wrong with them; for one that has not come, a problem."""
    found = [read_one_comment(files, settings, name) for name, settings in report.comments.items()]
    comments = tuple(comment for comment, _ in found if comment and comment.paragraphs)
    return comments, tuple(chain.from_iterable(problems for _, problems in found))


def read_one_comment(files: Files, settings: CommentSettings, name: str) -> tuple[Comment | None, Sequence[Problem]]:
    """The comment in a Word file and what is wrong with it; no comment where it cannot be read, or has not come."""
    if not (files.folder / settings.file).exists():
        return None, [not_come(settings, files.folder)]
    content = files.content(settings.file)
    if content is None:
        return None, ()
    from pipeline.read.comments import read_comment

    try:
        return read_comment(content, settings.file, name)
    except PaperError as refused:
        return None, refused.problems


def not_come(settings: CommentSettings, folder: Path) -> Problem:
    """The problem of a comment that has not been sent, or was saved under another name or as another kind of file."""
    place, path = Place(settings.file), folder / settings.file
    there = [file.name for file in path.parent.iterdir()] if path.parent.is_dir() else []
    meant = next((name for name in sorted(there) if _may_be(path, name)), "")
    message = f"“{settings.title}”: the file has not come, and the draft says so in its place."
    cure = f"Ask for it, and save it as “{path.name}” in “{path.parent.name}”."
    if meant:
        message = f"“{settings.title}”: the file has not come under the name “{path.name}”; “{meant}” is there."
        saved = f"rename it “{path.name}”" if meant.lower().endswith(".docx") else f"save it in Word as “{path.name}”"
        cure = f"If that is the comment, {saved}."
    raised = error if settings.required else warning
    return raised("I604", place, message, cure)


def _may_be(path: Path, name: str) -> bool:
    """May a file be the one that is asked for: a text whose name has its name in it?"""
    return path.stem.casefold() in name.casefold() and name.lower().endswith(_TEXTS) and name[0] not in "~."
