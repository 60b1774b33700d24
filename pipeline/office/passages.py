"""The places of a draft that say what a row keeps from the public, and what a person let stand of them, on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from pipeline.office.fencing import remember_withheld
from pipeline.office.material import Asked, order_of
from pipeline.office.standing import Standing, standing_of
from pipeline.problems import PaperError, Place, Problem, error
from pipeline.publish.phrases import words_of
from pipeline.revise.copies import path_in_outputs
from pipeline.store import Act, Draft, files_kept, only_one, put_on_record, sha256_of

if TYPE_CHECKING:
    from pipeline.publish.withheld_words import Passage


@dataclass(frozen=True, slots=True)
class LetStand:
    """What was put on record, and the places of the draft that still say what a row keeps from the public (C160)."""

    report: str
    path: Path
    acts: tuple[Act, ...]
    withheld: tuple[Problem, ...]

    @property
    def code(self) -> int:
        """3 while there is one, else 0."""
        return 3 if self.withheld else 0


def passages_of(standing: Standing, draft: Draft | None) -> list[Passage]:
    """The places of a draft that say what a row keeps from the public, or kept from it once, in the paper's order."""
    if draft is None or not standing.fence:
        return []
    from pipeline.publish.public_copy import as_read
    from pipeline.publish.withheld_words import withheld_passages

    read = standing.draft_as_read if draft is standing.draft else as_read(draft.content, draft.path.name)
    return withheld_passages(read, standing.fence)


def files_that_say_it(standing: Standing) -> list[Problem]:
    """The files beside the draft, and the program's own of it, that say what a row keeps from the public (C163)."""
    if not standing.fence:
        return []
    from pipeline.publish.withheld_words import kept_files

    folder, draft = standing.material.folder, standing.draft.path if standing.draft else None
    found = {path_in_outputs(path, folder): path.read_bytes() for path in files_kept(folder) if path != draft}
    return kept_files(found, standing.fence)


def let_stand(
    report: str | None = None, *, named: Sequence[str], why: str, by: str, **asked: Unpack[Asked]
) -> LetStand:
    """Lets what a draft says of withheld rows go out, in the places `named` by their numbers as `settle` lists them:
    just these words in just this text, by whom and why, on record. Another word of that text, and the same words
    elsewhere, are told as before.

    Raises PaperError where there is no such place (F143), where it cannot be (C173), or the acts were changed (C172).
    """
    order = order_of(report, **asked)
    with only_one(order.outputs, f"settle {order.report}"):
        standing = standing_of(order)
        remember_withheld(standing.material, standing.fence)
        standing, folder = standing_of(order), standing.material.folder
        draft = standing.draft_to_publish
        chosen = chosen_of(passages_of(standing, draft), named)
        acts = tuple(
            Act(
                what="let stand",
                by=by,
                at=order.now.isoformat(timespec="seconds"),
                draft=draft.number,
                draft_sha256=sha256_of(draft.content),
                file=draft.path.name,
                place=passage.told.place.near,
                text_sha256=standing.fence.sign(words_of(passage.text)),
                hashes=tuple(map(standing.fence.sign, passage.phrases)),
                reason=why,
            )
            for passage in chosen
        )
        put_on_record(folder, acts)
        left = passages_of(standing_of(order), draft)
    return LetStand(order.report, draft.path, acts, tuple(passage.told for passage in left))


def chosen_of(passages: Sequence[Passage], named: Sequence[str]) -> list[Passage]:
    """The places of these numbers. Raises PaperError (F143, C173)."""
    known = {str(number): passage for number, passage in enumerate(passages, 1)}
    wrong = [no_such(name, len(passages)) for name in named if name.strip() not in known]
    chosen = [known[name.strip()] for name in named if name.strip() in known]
    cure = "Take it out in Word, and save the draft."
    message = "What may not be public stands here beside the text, or in two paragraphs together: it cannot stand."
    wrong += [error("C173", passage.told.place, message, cure) for passage in chosen if not passage.phrases]
    if wrong:
        raise PaperError(wrong)
    return chosen


def no_such(name: str, many: int) -> Problem:
    """F143: no place of the draft has that number."""
    cure = f"Name one of 1 to {many}, as “settle” lists them." if many else "There is none."
    return error("F143", Place("settle"), f"“{name}” is no place that says what may not be public.", cure)


def saying(files: Sequence[Problem]) -> Iterator[str]:
    """The files of a paper's folder that say what is exempt."""
    if files:
        names = ", ".join(f"“{problem.place.file}”" for problem in files)
        yield f"What is exempt is said in {names}. None of them goes out; whoever may open the folder can read it."
