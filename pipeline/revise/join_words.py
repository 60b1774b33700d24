"""Several people's versions of one text as one: what can stand together does, and where they part each version is told.

All versions are compared with the text from which they were made, at once. To join them pair by pair would let the
order decide whose words stand, and could print a value that nobody wrote.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.revise.parting import PeopleDiffer, Version
from pipeline.revise.wordwise import Change, Edit, applied, clash, normalised, offsets, token_changes, tokens

_SENTENCE_ENDS = (".", "?", "!", ";", ":")
_A_FEW = 4
"""So many words are read as one."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What some people, by their numbers, made of a spot."""

    text: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where people's texts say something else than the one from which they were made, and what they say there.
    Two or more versions cannot stand together; they are in the order of the first who wrote each. `spans`: from which
    to which character it reaches in each person's text.
    """

    versions: tuple[Variant, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def is_agreed(self) -> bool:
        """Is there only one version?"""
        return len(self.versions) == 1


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change that one or several people made."""

    change: Change
    people: frozenset[int]

    @property
    def place(self) -> tuple[int, int, tuple[str, ...]]:
        return self.change.start, self.change.end, self.change.new


def joined_words(base: str, texts: Sequence[str]) -> tuple[Spot, ...]:
    """Where the texts say something else than `base`, in order: `texts` are people's, who are told by their numbers.

    Two people's changes stand together where two words or a sentence's end lie between them, but not two figures of one
    sentence; a change that both made counts once; whole sentences put in at one place stand one after the other. A text
    of a few words, such as “Amber (improving)”, is one value: of two changes in it would come one that nobody wrote.
    """
    before = tokens(base)
    edits = _edits(before, texts)
    is_value = len(base.split()) <= _A_FEW and not base.rstrip().endswith(_SENTENCE_ENDS)
    groups = [edits] if is_value and edits else _groups(before, edits)
    spans = [_spans(groups, person, offsets(tokens(text))) for person, text in enumerate(texts)]
    places = list(zip(*spans, strict=True)) or [() for _ in groups]
    return tuple(
        Spot(_versions(before, group, whole=not is_value), place) for group, place in zip(groups, places, strict=True)
    )


def _spans(groups: Sequence[Sequence[_Edit]], person: int, at: Sequence[int]) -> list[tuple[int, int]]:
    """From which to which character each group of edits reaches in one person's text, whose tokens begin at `at`."""
    spans, shift = [], 0
    for group in groups:
        start, end = _span(group)
        made = [edit.change for edit in group if person in edit.people]
        first = start + shift
        shift += sum(len(change.new) - (change.end - change.start) for change in made)
        spans.append((at[first], at[end + shift]))
    return spans


def _edits(before: Sequence[str], texts: Sequence[str]) -> list[_Edit]:
    """Every change once, with all who made it, in the order of the base; at one place, of those who made it."""
    made: dict[tuple[int, int, tuple[str, ...]], tuple[Change, set[int]]] = {}
    for person, text in enumerate(texts):
        for change in token_changes(before, tokens(text)):
            placed = _whole(before, change)
            key = placed.start, placed.end, tuple(normalised(token) or " " for token in placed.new)
            made.setdefault(key, (placed, set()))[1].add(person)
    found = [_Edit(change, frozenset(people)) for change, people in made.values()]
    return sorted(found, key=lambda edit: (*edit.place[:2], min(edit.people), edit.place[2]))


def _whole(before: Sequence[str], change: Change) -> Change:
    """A change that puts words in, moved to where they are whole sentences, if they can be read so: of “A. B.” made
    from “A.” a comparison may say that “. B” came in before the last full stop.
    """
    if change.start != change.end:
        return change
    start, new = change.start, change.new
    while start < len(before) and new[0] == before[start]:
        start, new = start + 1, (*new[1:], new[0])
        if _is_sentence(before, start, new):
            break
    moved = Change(start, start, new, change.first, change.last)
    return moved if _is_sentence(before, start, new) else change


def _is_sentence(before: Sequence[str], start: int, new: Sequence[str]) -> bool:
    """Would the words that come in at a place be sentences of their own?"""
    ahead = "".join(before[:start]).rstrip()
    return (not ahead or ahead.endswith(_SENTENCE_ENDS)) and "".join(new).rstrip().endswith(_SENTENCE_ENDS)


def _groups(before: Sequence[str], edits: Sequence[_Edit]) -> list[list[_Edit]]:
    """The edits that belong together: those that cannot be combined, all between them, and one person's next to each
    other.
    """
    groups: list[list[_Edit]] = []
    for edit in edits:
        with_it = [group for group in groups if any(_belong(before, other, edit) for other in group)]
        groups = [*(group for group in groups if group not in with_it), [*itertools.chain(*with_it), edit]]
    return sorted(_merged(groups), key=lambda group: (*_span(group), min(min(edit.people) for edit in group)))


def _merged(groups: list[list[_Edit]]) -> list[list[_Edit]]:
    """The groups, those that overlap as one."""
    for one, other in itertools.combinations(groups, 2):
        if _overlap(_span(one), _span(other)):
            return _merged([*(group for group in groups if group not in (one, other)), [*one, *other]])
    return groups


def _span(group: Sequence[_Edit]) -> tuple[int, int]:
    return min(edit.change.start for edit in group), max(edit.change.end for edit in group)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _belong(before: Sequence[str], one: _Edit, other: _Edit) -> bool:
    first, second = one.change, other.change
    if one.people & other.people:
        return not "".join(before[first.end : second.start]).strip() and not _is_apart(before, first, second)
    return not _is_apart(before, first, second) and clash(before, first, second)


def _is_apart(before: Sequence[str], one: Change, other: Change) -> bool:
    """Is either a whole sentence put in where the other changes nothing? Then both stand."""
    whole = [change for change in (one, other) if change.start == change.end]
    within = one.start < other.start < one.end or other.start < one.start < other.end
    return not within and any(_is_sentence(before, change.start, change.new) for change in whole)


def _versions(before: Sequence[str], group: Sequence[_Edit], *, whole: bool) -> tuple[Variant, ...]:
    """What the people of a group made of it; one version where somebody made all of its edits (`whole`)."""
    everybody = sorted(frozenset().union(*(edit.people for edit in group)))
    made_all = [person for person in everybody if whole and all(person in edit.people for edit in group)]
    people: dict[str, list[int]] = {}
    texts: dict[str, str] = {}
    for person in made_all or everybody:
        text = _text(before, _span(group), [edit.change for edit in group if person in edit.people])
        texts.setdefault(normalised(text), text)
        people.setdefault(normalised(text), []).append(person)
    return tuple(Variant(texts[key], tuple(people[key])) for key in texts)


def _text(before: Sequence[str], span: tuple[int, int], changes: Sequence[Change]) -> str:
    start, end = span
    parts: list[str] = []
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        parts += [*before[start : change.start], *change.new]
        start = change.end
    return "".join([*parts, *before[start:end]])


def people_differ_in(
    key: str, spots: Sequence[Spot], host: int, people: Sequence[str], text: str
) -> Iterator[PeopleDiffer]:
    """Where people's words part in a text of a block, as one difference: `text` is the host's, in which the others'
    are put; the `people` are told by their numbers.
    """
    apart = [spot for spot in spots if not spot.is_agreed]
    if apart:
        stands = Version(people[standing(apart[0], host).people[0]], _with_theirs(spots, host, text, -1))
        others = [
            Version(people[n], _with_theirs(spots, host, text, n), said) for n, said in _apart(apart, host).items()
        ]
        deleted = any(not normalised(version.text) for spot in apart for version in spot.versions)
        yield PeopleDiffer(key, "edited and deleted" if deleted else "same words", (stands, *others))


def _apart(spots: Sequence[Spot], host: int) -> dict[int, tuple[str, ...]]:
    """What each person says at the spots where something else stands, by their numbers."""
    found = dict[int, list[str]]()
    for spot in spots:
        for version in (each for each in spot.versions if each is not standing(spot, host)):
            found.setdefault(version.people[0], []).append(version.text.strip())
    return {person: tuple(filter(normalised, found[person])) for person in sorted(found)}


def _with_theirs(spots: Sequence[Spot], host: int, text: str, person: int) -> str:
    """The host's text as it is with one person's version at every spot where they have one."""
    theirs = (next((v for v in spot.versions if person in v.people), standing(spot, host)) for spot in spots)
    return applied(text, [Edit(*spot.spans[host], v.text) for spot, v in zip(spots, theirs, strict=True)])


def standing(spot: Spot, host: int) -> Variant:
    """The version that stands at a spot: the host's own, else the first that says something."""
    own = next((version for version in spot.versions if host in version.people), None)
    return own or next((version for version in spot.versions if normalised(version.text)), spot.versions[0])
