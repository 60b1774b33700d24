"""What an agenda system asks about a paper, as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.publish.appendices import Appendix
from pipeline.publish.exempt import described
from pipeline.store import sha256_of
from pipeline.store.publications import as_json

_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The agenda item: texts as the published paper prints them; `exempt` are the paragraphs by which
    something is kept back; of a late one, `late` has the reasons by name.
    """

    title: str
    body: str
    meeting: dt.date
    publish_by: dt.date
    item: str = ""
    recommendations: tuple[str, ...] = ()
    background_papers: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    late: Mapping[str, str] = field(default_factory=dict)


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
            "appendices": [_appendix(each) for each in appendices],
            "background_papers": list(item.background_papers),
            **({"exempt_information": described(item.exempt)} if item.exempt else {}),
            **({"late": dict(item.late)} if item.late else {}),
            "files": [
                {"name": name, "media_type": _media(name), "bytes": len(content), "sha256": sha256_of(content)}
                for name, content in sorted(files.items())
            ],
        }
    )


def _appendix(one: Appendix) -> dict[str, object]:
    if one.exempt:
        return {
            "number": one.number,
            "title": one.title,
            "exempt": True,
            "paragraph": one.exempt,
            "listed_as": one.listed,
        }
    return {"number": one.number, "title": one.title, "exempt": False, "file": one.name}


def _media(name: str) -> str:
    return _MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
