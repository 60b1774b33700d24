"""Records, wording and dates become the context of a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from pipeline.blocks import Block, Cell, Context, Fact, Row, Run, Table
from pipeline.dates import Dates
from pipeline.kinds import Comment, Letter, Paragraph, Records, Sentence
from pipeline.language import Vocabulary, World, slug
from pipeline.position import LastPaper, Position
from pipeline.problems import Place, Problem
from pipeline.report import Report
from pipeline.transform.checks import broken_checks
from pipeline.transform.own_lists import BACKGROUND
from pipeline.transform.sections import Speaker
from pipeline.transform.terms import CALENDAR_FIELDS, LETTERS, vocabulary
from pipeline.transform.world import comment_of, header_fields, meeting_of, world_of

APPENDICES = "appendices"
BACKGROUND_PAPERS = "background_papers"
APPENDIX = "appendix/"
Sections = Mapping[str, Sequence[Block | Table]]


class Transformed(NamedTuple):
    """The context, what went wrong on the way, and the world in which it was said."""

    context: Context
    problems: tuple[Problem, ...]
    world: World


def transform(
    report: Report, records: Records, sentences: Sequence[Sentence], dates: Dates, last_paper: LastPaper | None = None
) -> Transformed:
    """The context of one paper, and all problems of wording met on the way; `last_paper` is that of the meeting before.

    Raises PaperError where the report's own lists hang in the air.
    """
    position, formats, known = Position(records, dates, last_paper=last_paper), report.formats, vocabulary(report)
    world = world_of(report, position, known, formats)
    speaker = Speaker(known, world, report.appendix_label)

    spoken = by_section(sentences)
    names = dict.fromkeys(each for each in (*spoken, *report.comments) if each not in (APPENDICES, BACKGROUND_PAPERS))
    sections = {name: speak(speaker, name, report, position, spoken.get(name, ())) for name in names}
    world.names[BACKGROUND] = background_papers(report, known, world, sections, speaker.appended)
    sections[BACKGROUND_PAPERS] = speaker.section(spoken.get(BACKGROUND_PAPERS, ()))
    sections[APPENDICES] = appendix_list(world, speaker.appended)
    fields = header_fields(report, meeting_of(position), formats)
    facts = header_facts(report, position, fields)
    problems = (*speaker.problems, *broken_checks(report, known, world))
    return Transformed(Context(fields, sections, facts), problems, world)


def header_facts(report: Report, position: Position, fields: Mapping[str, str]) -> dict[str, Fact]:
    """Where each single field comes from: the calendar's row, else the report's settings."""
    meeting = meeting_of(position)
    settings = Place(report.settings_file, near="[fields]")

    def source(name: str) -> Place:
        return meeting.place(CALENDAR_FIELDS[name]) if name in CALENDAR_FIELDS else settings

    return {name: Fact(text, (source(name),), name=name) for name, text in fields.items()}


def by_section(sentences: Sequence[Sentence]) -> Mapping[str, Sequence[Sentence]]:
    """The sentences of each section, sections in the sheet's order."""
    found: dict[str, list[Sentence]] = {}
    for each in sentences:
        found.setdefault(slug(each.section), []).append(each)
    return found


def speak(
    speaker: Speaker, name: str, report: Report, position: Position, sentences: Sequence[Sentence]
) -> tuple[Block | Table, ...]:
    """One section: what its sentences say, then the comment of that name."""
    said = speaker.section(sentences)
    comment = comment_of(position, name)
    return (*said, *comment_blocks(report, name, comment)) if name in report.comments else said


def comment_blocks(report: Report, name: str, comment: Comment | None) -> tuple[Block | Table, ...]:
    """A service's own words, as sent; until they come, what the settings say stands in their place."""
    if comment is None:
        place = Place(report.settings_file, near=f"[comments.{name}]")
        to_follow = report.comments[name].to_follow
        return (Block(f"{name}/to-follow", (Run(to_follow),), "placeholder", (Fact(to_follow, (place,)),)),)
    blocks = list[Block | Table]()
    for _, of_one in groupby(comment.paragraphs, key=table_of_row):
        sent = [*of_one]
        number = len(blocks) + 1
        blocks += (
            [sent_table(name, number, sent)]
            if sent[0].row
            else (comment_block(name, at, each) for at, each in enumerate(sent, number))
        )
    return tuple(blocks)


def table_of_row(sent: Paragraph) -> int:
    """The number of the table that a row stands in, 0 for a paragraph."""
    return sent.row.table if sent.row else 0


def sent_table(name: str, number: int, sent: Sequence[Paragraph]) -> Table:
    """A table that came in a Word file. A row is known again by what its first cell says."""
    seen, rows = Counter[str](), list[Row]()
    for each in sent:
        cells = each.row.cells if each.row else ()
        first = " ".join(next((cell.text for cell in cells if cell.text), "").split())[:60]
        seen[first] += 1
        rows.append(sent_row(name, first if seen[first] == 1 else f"{first} {seen[first]}", each))
    return Table(f"{name}/{number}", "", tuple(rows))


def sent_row(name: str, key: str, sent: Paragraph) -> Row:
    """A row of a table that came in a Word file: its cells by their columns' numbers."""
    cells = sent.row.cells if sent.row else ()
    names = [f"column {at}" for at in range(1, len(cells) + 1)]
    facts = {at: Fact(cell.text, (sent.source,), name=at) for at, cell in zip(names, cells, strict=True)}
    drawn = sent.row and sent.row._replace(cells=tuple(own_lists(name, cell) for cell in cells))
    return Row(key, {at: fact.text for at, fact in facts.items()}, facts, drawn=drawn)


def own_lists(name: str, cell: Cell) -> Cell:
    """A cell of a section that came as a Word file; each section has lists of its own."""
    texts = [
        each._replace(listed=each.listed and each.listed._replace(list=f"{name}/{each.listed.list}"))
        for each in cell.texts
    ]
    return cell._replace(texts=tuple(texts))


def comment_block(name: str, number: int, sent: Paragraph) -> Block:
    """A paragraph of a section that came as a Word file; each section has lists of its own."""
    fact = Fact("".join(run.text for run in sent.runs), (sent.source,))
    listed = sent.listed and sent.listed._replace(list=f"{name}/{sent.listed.list}")
    return Block(f"{name}/{number}", sent.runs, sent.style, (fact,), sent.depth, listed)


# appendices, and the letters relied on that are not appended


def appendix_list(world: World, appended: Sequence[str]) -> tuple[Block, ...]:
    """The list at the end of the paper: the titles, from the log."""
    letters = {APPENDIX + each.ref: each for each in world.name(LETTERS)}
    blocks = []
    for letter in (letters[key] for key in appended):
        title = letter.appendix_title or letter.subject or letter.kind or letter.ref
        fact = Fact(title, (letter.place("appendix_title"),))
        blocks.append(Block(APPENDIX + letter.ref, (Run(title),), "appendix", (fact,)))
    return tuple(blocks)


def background_papers(
    report: Report, known: Vocabulary, world: World, sections: Sections, appended: Sequence[str]
) -> list[Letter]:
    """Letters that a statement rests on and that are not appended (Local Government Act 1972, section 100D)."""
    listed = frozenset(appended)
    rest = [each for each in world.name(LETTERS) if APPENDIX + each.ref not in listed]
    if not rest:
        return []
    counts = partial(may_rest_on_letters, report, known)
    used = {place for fact in all_facts(sections, counts) for place in fact.sources}
    return [each for each in rest if each.source in used or not used.isdisjoint(each.cells.values())]


def may_rest_on_letters(report: Report, known: Vocabulary, table: Table) -> bool:
    """Is it a table of letters, or may its rows stand in the letters' own file? Others rest on cells of their own."""
    if known.kind_of(" ".join(table.list.split())) == "letter":
        return True
    sources = report.sources
    others = {each.file.casefold() for role, each in sources.items() if role != "letters"}
    return "letters" not in sources or sources["letters"].file.casefold() in others


def all_facts(sections: Sections, counts: Callable[[Table], bool]) -> Iterator[Fact]:
    """Every fact of every paragraph, and of the tables that count."""
    for section in sections.values():
        for each in section:
            if isinstance(each, Block):
                yield from each.facts
            elif counts(each):
                for row in each.rows:
                    yield from row.facts.values()
