"""What goes out beside the paper: its appendices under their numbers, and what an agenda system asks about it, as JSON.

Of papers kept from the public is told that there are some, by which paragraph of the law, and no more: an agenda
describes them in terms of the schedule to its nation's Act (Local Government Act 1972, section 100B(2) and (5)). Title,
file, date and number of such papers stay in the log: any of them may tell what the paper is about. Their files are
never opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.blocks import mark_name
from pipeline.catalogue import problem
from pipeline.formats import listed
from pipeline.kinds import Letter, Withheld
from pipeline.nations import Nation
from pipeline.problems import NOWHERE, Place, Problem
from pipeline.store import existing, safe_name, sha256_of
from pipeline.store.publications import as_json
from pipeline.word.story import Story

_PDF, _UNTOLD = b"%PDF-", "?"
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}


class Appendix(NamedTuple):
    """An appendix as the paper numbers it. `file` is its bare name in the appendices folder, as the log gives it.

    `exempt` is the paragraph of Schedule 12A by which it is kept from the public, blank for an open one, `?` where it
    is not known which.
    """

    number: int
    title: str
    file: str = ""
    exempt: str = ""
    place: Place = NOWHERE
    label: str = "Appendix"

    @property
    def name(self) -> str:
        """The name under which it is published: `Appendix 1 - Letter of 3 January.pdf`."""
        return safe_name(f"{self.label} {self.number} - {self.title}", ".pdf")

    @property
    def about(self) -> dict[str, object]:
        """What the agenda system is told of it; of an exempt one why it is not there, and no file."""
        told: dict[str, object] = {"number": self.number, "title": self.title, "exempt": bool(self.exempt)}
        if not self.exempt:
            return {**told, "file": self.name}
        listed = f"{self.title} (exempt by virtue of paragraph {self.exempt})"
        return {**told, "paragraph": self.exempt, "listed_as": listed}


def collected(appendices: Iterable[Appendix], folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The open appendices' bytes by published name, and what stands in the way: F107-F109, C120-C128.

    Only PDF files are published, without what no page of them shows. The file of an exempt appendix is not looked for,
    let alone opened.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for appendix in appendices:
        if appendix.exempt:
            if appendix.exempt == _UNTOLD:
                problems.append(problem("C120", appendix.place, label=appendix.label, number=appendix.number))
            continue
        found = _content(appendix, folder)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        if appendix.name.casefold() in map(str.casefold, files):
            problems.append(problem("C124", appendix.place, name=appendix.name))
        files[appendix.name], told = as_published(found, appendix)
        problems += told
    return files, problems


def as_published(content: bytes, appendix: Appendix) -> tuple[bytes, list[Problem]]:
    """An appendix's PDF as it goes out, and what is told of it: what was taken out (C126), why it may not go out
    (C127), or that this installation cannot look into it (C128).
    """
    try:
        from pipeline.publish.appendix_pdf import public_pdf
    except ImportError:
        return content, [problem("C128", appendix.place, file=appendix.file)]
    public = public_pdf(content)
    if public.refused:
        return content, [problem("C127", appendix.place, file=appendix.file, why=public.refused)]
    taken = listed(public.taken_out)
    return public.content, [problem("C126", appendix.place, file=appendix.file, taken=taken)] if taken else []


def _content(appendix: Appendix, folder: Path) -> bytes | Problem:
    file, place = appendix.file, appendix.place
    if not file.strip():
        return problem("C121", place, label=appendix.label, number=appendix.number, title=appendix.title)
    path = existing(folder, file, place)
    if isinstance(path, Problem):
        return path
    try:
        content = path.read_bytes()
    except OSError:
        return problem("C123", place, file=file)
    return content if content.startswith(_PDF) else problem("C122", place, file=file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The agenda item: texts as the published paper prints them; `exempt` are the paragraphs by which
    something is kept back, with their descriptions; of a late one, `late` has the reasons by name.
    """

    title: str
    body: str
    meeting: dt.date
    publish_by: dt.date
    item: str = ""
    recommendations: tuple[str, ...] = ()
    background_papers: tuple[str, ...] = ()
    exempt: Mapping[str, str] = field(default_factory=dict)
    late: Mapping[str, str] = field(default_factory=dict)


def section_texts(text: Story, keys: Iterable[str]) -> tuple[str, ...]:
    """What a reader sees of a section: its marked paragraphs and any that an officer wrote between them, in order.

    `keys` are the section's blocks in the baseline. Blank paragraphs are left out; empty where no mark is left.
    """
    wanted = {mark_name(key) for key in keys}
    paragraphs = list(text.paragraphs.values())
    places = [number for number, paragraph in enumerate(paragraphs) if wanted.intersection(paragraph.marks)]
    between = paragraphs[places[0] : places[-1] + 1] if places else []
    return tuple(words for paragraph in between if (words := paragraph.text.strip()))


def metadata_of(item: Item, appendices: Iterable[Appendix], files: Mapping[str, bytes]) -> bytes:
    """The JSON for the agenda system, UTF-8: same values, same bytes. Dates are ISO 8601.

    An exempt appendix has its number, title and paragraph, and no file. `files` is every file published with it.
    """
    return as_json(
        {
            "title": item.title,
            "body": item.body,
            "date": item.meeting.isoformat(),
            "publish_by": item.publish_by.isoformat(),
            "item": item.item,
            "recommendations": list(item.recommendations),
            "appendices": [appendix.about for appendix in appendices],
            "background_papers": list(item.background_papers),
            **({"exempt_information": _described(item.exempt)} if item.exempt else {}),
            **({"late": dict(item.late)} if item.late else {}),
            "files": [
                {"name": name, "media_type": _media(name), "bytes": len(content), "sha256": sha256_of(content)}
                for name, content in sorted(files.items())
            ],
        }
    )


def _media(name: str) -> str:
    return _MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def kept_back(
    withheld: Iterable[Withheld],
    law: Nation,
    since: dt.date,
    as_at: dt.date,
    *,
    with_part: bool,
) -> Mapping[str, str]:
    """The paragraphs by which something that goes with a paper is exempt, in their order in the law, each with its
    description there: letters, and `with_part` the rows of the paper's exempt part.

    An exempt letter goes with a paper where the log names its file, and it came after `since`, the meeting before. The
    file itself is not looked for.
    """
    found = set()
    for row in withheld:
        letter = row.record
        if not isinstance(letter, Letter):
            goes = with_part
        else:
            goes = bool(letter.file.strip()) and since < letter.date <= as_at
        if goes:
            found.add(row.paragraph)
    return {paragraph: description for paragraph, description in law.exempt.items() if paragraph in found}


def _described(exempt: Mapping[str, str]) -> list[dict[str, str]]:
    """Each paragraph with its description, for the agenda system."""
    return [{"paragraph": number, "description": description} for number, description in exempt.items()]


def exempt_notes(paragraphs: Iterable[str], law: Nation) -> Iterator[Problem]:
    """That the agenda item tells of exempt papers (C125), so that the meeting can resolve to exclude the public."""
    return (problem("C125", NOWHERE, paragraph=number, schedule=law.schedule) for number in paragraphs)
