"""The fence around rows that may not be public: what of them is looked for, and what is openly known beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.blocks import Block, Context, Table
from pipeline.kinds import Withheld
from pipeline.nations import law_of
from pipeline.office.material import Material
from pipeline.opc import Package, Unsound
from pipeline.patterns import Pattern
from pipeline.problems import Place, Problem
from pipeline.publish.fence import Fence, Remembered, fence_round, sign_of
from pipeline.read import QUOTED
from pipeline.store import (
    Act,
    Private,
    acts_on_record,
    baseline_of,
    make_key,
    private_in,
    put_on_record,
    records_in,
)


def fence_around(material: Material, context: Context | None = None, known: Private | None = None) -> Fence:
    """What of the rows that may not be public, or might not once, is to be looked for in what goes out. Comments of
    services are looked through like a draft: what they say is not known to be open.
    """
    private = known or private_in(material.outputs)
    rows = (*material.inputs.withheld, *printed_before(material, private))
    once = {sign: row_of(act) for act in private.acts for sign in act.hashes} if private.key else {}
    let_stand: dict[str, frozenset[str]] = {}
    for act in acts_on_record(material.folder):
        if act.what == "let stand":
            let_stand[act.text_sha256] = let_stand.get(act.text_sha256, frozenset()).union(act.hashes)
    return fence_round(rows, partial(openly_known, material, context), Remembered(private.key, once), let_stand)


def row_of(act: Act) -> Withheld:
    """A row that was withheld once, by where it stood then."""
    sheet, _, cell = act.place.rpartition("!")
    place = Place(act.file, sheet, cell)
    return Withheld("", "", place, place, "", {}, seen_on=act.at[:10])


def printed_before(material: Material, private: Private) -> Iterator[Withheld]:
    """What drafts said of rows before they were withheld, by the records: they may have been changed on the same day.
    Nothing of rows whose words are on record by now.
    """
    known = {act.block for act in private.acts}
    rows = [row for row in material.inputs.withheld if row.key and sign_of(private.key, [row.key]) not in known]
    for baseline in filter(None, map(baseline_of, records_in(material.folder) if rows else ())):
        for block in baseline.blocks:
            texts = {str(n): text for n, text in enumerate((*block.texts, *block.told, *block.stood))}
            yield from (row._replace(texts=texts) for row in rows if block.key.endswith(f"/{row.key}"))


def remember_withheld(material: Material, fence: Fence) -> None:
    """Puts on record, by keyed hashes, what is withheld and was not known yet, an act for each row. Nothing where the
    key to what is known, or the acts, are damaged. Raises as `put_on_record`.
    """
    if not fence.phrases or private_in(material.outputs).problems or acts_on_record(material.folder).broken:
        return
    key = fence.remembered.key or make_key(material.outputs)
    fence = replace(fence, remembered=replace(fence.remembered, key=key))
    said: dict[Place, list[str]] = {}
    for sign, row in fence.to_remember().items():
        if sign not in fence.remembered.rows:
            said.setdefault(row.source, []).append(sign)
    keys = {row.source: sign_of(key, [row.key]) for row in material.inputs.withheld if row.key}
    at = material.order.now.isoformat(timespec="seconds")
    put_on_record(material.folder, (withheld(place, at, keys.get(place, ""), signs) for place, signs in said.items()))


def withheld(place: Place, at: str, block: str, signs: Iterable[str]) -> Act:
    """The act of withholding a row: where it stands, what it is called and what it says, by signs."""
    cell = f"{place.sheet}!{place.cell}"
    return Act(what="withheld", by="", at=at, block=block, file=place.file, place=cell, hashes=tuple(signs))


def unquoted_where(problem: Problem, around: Fence) -> Problem:
    """A problem as it is, or with no word of the text quoted where it would say what a withheld row says."""
    place = problem.place
    if around.said_in(place.near) or around.said_in(problem.message):
        near = IN_TEXT.sub("“…”", place.near)
        place = place._replace(near=QUOTED.sub("“…”", near) if around.said_in(near) else near)
        return replace(problem, message=QUOTED.sub("“…”", problem.message), place=place)
    return problem


IN_TEXT = Pattern(r"(?<=\bin )“[^“”]*”|(?<=\bafter )“[^“”]*”")


def openly_known(material: Material, context: Context | None) -> Iterator[str]:
    """The texts of open records, wording, settings and template, and what a paper says by them."""
    report, inputs = material.report, material.inputs
    yield from (*report.fields.values(), report.appendix_label, *texts_of_template(report.template))
    yield from law_of(report.nation).exempt.values()
    yield from chain.from_iterable(report.words.get("status", {}).values())
    yield from (text for sentence in inputs.sentences for text in (sentence.text, sentence.section))
    for record in chain.from_iterable(inputs.records.of(kind) for kind, each in report.kinds.items() if each.kept):
        yield from texts_among((record.key, *record.values.values()))
    if context is None:
        return
    yield from context.fields.values()
    for name, section in context.sections.items():
        if name not in report.comments:
            yield from said_by(section)


def texts_among(values: Iterable[object]) -> Iterator[str]:
    """The texts and numbers among values of a record."""
    for value in values:
        if isinstance(value, str | int | Decimal):
            yield str(value)
        elif isinstance(value, tuple) and not isinstance(value, Place):
            yield from map(str, value)


def said_by(section: Iterable[Block | Table]) -> Iterator[str]:
    """The texts of a section."""
    for each in section:
        if isinstance(each, Block):
            yield each.text
        else:
            yield from (value for row in each.rows for value in row.values.values())


def texts_of_template(template: Path) -> tuple[str, ...]:
    """What a template says; nothing where it cannot be read, which is told of elsewhere."""
    from pipeline.publish.withheld_words import texts_of_word

    try:
        return tuple(texts_of_word(Package(template.read_bytes())))
    except (OSError, Unsound):
        return ()
