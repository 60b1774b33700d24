"""A small world to speak of: books of a library, each with its cells, readers who borrowed them, and what follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.dates import When
from pipeline.formats import Formats
from pipeline.language import Kind, Listed, Rule, Said, Spoken, Type, Unsaid, Vocabulary, World, every, sentence
from pipeline.problems import Place

TODAY = dt.date(2017, 1, 13)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book; it may go on from another (`after`)."""

    key: str
    title: str
    writer: str = ""
    pages: int | None = None
    bought: dt.date | None = None
    due: When | None = None
    lent: bool = False
    subjects: tuple[str, ...] = ()
    after: str = ""
    shelf: str = ""

    @property
    def values(self) -> dict[str, object]:
        """What stands in its cells."""
        return vars(self)

    def place(self, name: str) -> Place:
        """The cell of a field, named by the field itself."""
        return Place("books.xlsx", "Books", f"{self.key}.{name}")


FIELDS = {
    "key": Type("text"), "title": Type("text"), "writer": Type("text"), "pages": Type("number"), "bought": Type("day"),
    "due": Type("when"), "lent": Type("flag"), "subjects": Type("text", many=True), "after": Type("text"),
    "shelf": Type("text"),
}  # fmt: skip
RULES = {
    "long": Rule("'yes' if pages > 300 else 'no'"),
    "late": Rule("'yes' if lent and due < today else 'no'", rests=("due",)),
    "before": Rule("books | having('key', book.after) | first", rests=("after",)),
    "first": Rule("title if not after else before.first"),
    "called": Rule("title or key", how="its title"),
}
LISTS = {"book": "books", "book lent": "books | where(lent)", "long book": "books | where(long == 'yes')",
         "newest": "[newest]"}  # fmt: skip


def vocabulary(**own: Listed) -> Vocabulary:
    """What may be said of the library, with lists of its own."""
    lists = [*LISTS, *own]
    given = {
        "=today": Type("day"),
        "=name": Type("text"),
        "the newest": Type("book"),
        every("book"): Type("book", many=True),
    }
    public = {
        "today": "=today",
        "name": "=name",
        **{each.replace(" ", "_"): each for each in lists},
        "newest": "the newest",
    }
    kind = Kind(fields=FIELDS, follows=tuple(RULES), key="key", counted="key", order=("key",))
    return Vocabulary(
        kinds={"book": kind},
        rules={"book": RULES},
        lists={**{name: Listed(text) for name, text in LISTS.items()}, **own},
        given=given,
        public=public,
        behind={**public, "books": every("book")},
    )


BOOKS = (
    Book(key="A", title="Emma", writer="Austen", pages=474, bought=dt.date(2016, 5, 1), lent=True,
         due=When("month", dt.date(2016, 12, 1), dt.date(2016, 12, 31)), subjects=("love", "money")),
    Book(key="B", title="Bleak House", writer="Dickens", pages=882, bought=dt.date(2016, 7, 9), lent=True,
         due=When("open", None, None, "On-going")),
    Book(key="C", title="A Room", writer="", pages=112, after="A", shelf="top"),
    Book(key="D", title="Persuasion", writer="Austen", bought=TODAY, after="C",
         due=When("day", dt.date(2017, 2, 1), dt.date(2017, 2, 1))),
)  # fmt: skip


def world(known: Vocabulary, books: tuple[Book, ...] = BOOKS) -> World:
    """The library on one day."""
    newest = max((each for each in books if each.bought), key=lambda each: each.bought or TODAY, default=None)
    names = {"=today": TODAY, "=name": "Town Library", "the newest": newest, every("book"): list(books)}
    return World(Formats(), names, known.definition)


def said(text: str, book: Book | None = None, books: tuple[Book, ...] = BOOKS, **own: Listed) -> Said:
    """A sentence of the library; raises Unsaid where it cannot be said, AssertionError where it cannot be compiled."""
    known = vocabulary(**own)
    spoken = sentence(text, "book" if book else "", known)
    assert isinstance(spoken, Spoken), spoken
    return spoken.say(world(known, books), book)


def wrong(text: str, kind: str = "") -> list[str]:
    """The codes and messages of what is wrong with a sentence."""
    found = sentence(text, kind, vocabulary())
    return [f"{each.code} {each.message}" for each in (found.findings if isinstance(found, Spoken) else found)]


def unsaid(text: str, book: Book | None = None, books: tuple[Book, ...] = BOOKS) -> str:
    """Why a sentence cannot be said."""
    try:
        return f"said: {said(text, book, books).text}"
    except Unsaid as fault:
        return fault.reason
