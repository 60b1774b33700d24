"""The engine: each rule is a function that looks at one thing, and says whether it is wrong and in which words."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

from pipeline.catalogue import told
from pipeline.formats import DateStyle
from pipeline.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, in which of the catalogue's ways to tell it, and the words that its texts need.

    `at` is a place, or what the subject knows a place by (a field of a record, words of a paragraph), None for the
    rule's own. `of` is the subject where the rule looked at more than one.
    """

    at: str | Place | None = None
    way: str = ""
    words: Mapping[str, object] = field(default_factory=dict)
    of: Any = None


def found(at: str | Place | None = None, way: str = "", /, *, of: Any = None, **words: object) -> Finding:
    """Something is wrong; see `Finding`."""
    return Finding(at, way, words, of)


Verdict = Finding | bool | None
Findings = Iterator[Finding]
Judge = Callable[..., Verdict | Findings]
HERE = Finding()
R = TypeVar("R")
Key = Callable[[Any], object]


class Rule(NamedTuple):
    """A function under its code: it is given each of `each` (an attribute of the case) and the case, or only the case
    where `each` is blank; `at` is what the subject knows the place by.
    """

    code: str
    each: str
    at: str
    judge: Judge

    def verdicts(self, case: Any) -> Iterator[tuple[Any, Verdict | Findings]]:
        """Every subject with what is wrong about it."""
        if self.each:
            return ((subject, self.judge(subject, case)) for subject in attrgetter(self.each)(case))
        return iter([(case, self.judge(case))])


def findings_of(verdict: Finding | Literal[True] | Iterable[Finding]) -> Iterable[Finding]:
    """The findings of a verdict."""
    if isinstance(verdict, Finding):
        return (verdict,)
    return (HERE,) if verdict is True else verdict


class Rules:
    """Rules of one kind, in the order of their codes; called, it is the decorator that adds one.

    A case needs a `style` for its dates. A name in a text is looked for among the words found, then in the subject,
    then in the case, whose methods are asked about the subject.
    """

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def __call__(self, code: str, each: str = "", at: str = "") -> Callable[[Judge], Judge]:
        """Adds a function under a code."""

        def add(judge: Judge) -> Judge:
            insort(self.rules, Rule(code, each, at, judge), key=attrgetter("code"))
            return judge

        return add

    def twice(
        self, code: str, each: str, at: str, key: Key, unless: Callable[[Any, Any], bool] = lambda *_: False
    ) -> None:
        """Adds the rule that no two of some rows have one key, None being no key; its words are of the later row, and
        of the `first` and its `first_place`.
        """

        def judge(case: Any) -> Findings:
            for row, first in repeated(attrgetter(each)(case), key):
                if not unless(row, first):
                    yield found(at, of=row, first=first, first_place=first.place(at))

        self(code)(judge)

    def problems(self, case: Any) -> Iterator[Problem]:
        """Every problem of a case, in the order of the codes."""
        for rule in self.rules:
            for subject, verdict in rule.verdicts(case):
                for finding in findings_of(verdict) if verdict else ():
                    yield self.problem(rule, finding, subject if finding.of is None else finding.of, case)

    def problem(self, rule: Rule, finding: Finding, subject: Any, case: Any) -> Problem:
        """A finding in the catalogue's words."""

        def words(name: str) -> object:
            if name in finding.words:
                return finding.words[name]
            if hasattr(subject, name):
                return getattr(subject, name)
            value = getattr(case, name, None)
            if value is None:
                raise LookupError(name)
            return value(subject) if callable(value) else value

        at = rule.at if finding.at is None else finding.at
        place = at if isinstance(at, Place) else subject.place(at)
        style: DateStyle = case.style
        return told(rule.code, place, finding.way, words, style)


def firsts(rows: Iterable[R], key: Key) -> dict[Any, R]:
    """The first row of each key, in order."""
    found: dict[Any, R] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return found


def repeated(rows: Iterable[R], key: Key) -> Iterator[tuple[R, R]]:
    """Each row with an earlier one of the same key, the first; None is no key."""
    first: dict[object, R] = {}
    for row in rows:
        of = key(row)
        earlier = first.setdefault(of, row)
        if earlier is not row and of is not None:
            yield row, earlier
