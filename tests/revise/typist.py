"""Types into a paper in LibreOffice, through the same commands as the keyboard. Run by a Python that has `uno`.

typist.py SOFFICE BEFORE AFTER EDITS, where EDITS is a JSON list: ["retype", START, TEXT], ["replace", START, OLD, NEW],
["append", START, TEXT], ["enter after", START, TEXT], ["enter before", START, TEXT], ["split", START, AT],
["delete", START], ["bold", START, WORDS], ["track", "on"]. START is how the paragraph begins.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue


def named(name: str, value: Any) -> Any:
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


class Typist:
    def __init__(self, desktop: Any, manager: Any, paper: Path) -> None:
        self.document = desktop.loadComponentFromURL(paper.as_uri(), "_blank", 0, (named("Hidden", False),))
        self.cursor = self.document.CurrentController.ViewCursor
        self.frame = self.document.CurrentController.Frame
        self.keyboard = manager.createInstance("com.sun.star.frame.DispatchHelper")

    def press(self, command: str, *values: Any) -> None:
        self.keyboard.executeDispatch(self.frame, f".uno:{command}", "", 0, values)

    def write(self, text: str) -> None:
        self.press("InsertText", named("Text", text))

    def paragraph(self, start: str) -> Any:
        for found in self._paragraphs(self.document.Text):
            if found.String.startswith(start):
                return found
        raise LookupError(start)

    def _paragraphs(self, text: Any) -> Any:
        each = text.createEnumeration()
        while each.hasMoreElements():
            block = each.nextElement()
            if block.supportsService("com.sun.star.text.TextTable"):
                for name in block.CellNames:
                    yield from self._paragraphs(block.getCellByName(name))
            else:
                yield block

    def select(self, paragraph: Any, words: str) -> None:
        cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
        cursor.goRight(paragraph.String.index(words), False)
        cursor.goRight(len(words), True)
        self.cursor.gotoRange(cursor, False)

    def edit(self, what: str, start: str, *rest: str) -> None:
        if what == "track":
            self.document.RecordChanges = start == "on"
            return
        paragraph = self.paragraph(start)
        if what in ("retype", "delete"):
            self.cursor.gotoRange(paragraph.Start, False)
            self.cursor.gotoRange(paragraph.End, True)
            if what == "retype":
                self.write(rest[0])
            else:
                self.press("Delete")
                self.press("Delete")
        elif what in ("replace", "bold"):
            self.select(paragraph, rest[0])
            self.press("Bold") if what == "bold" else self.write(rest[1])
        elif what == "split":
            self.select(paragraph, rest[0])
            self.cursor.collapseToStart()
            self.press("InsertPara")
        else:
            self.cursor.gotoRange(paragraph.Start if what == "enter before" else paragraph.End, False)
            if what != "append":
                self.press("InsertPara")
            if what == "enter before":
                self.press("GoUp")
            self.write(rest[0])

    def save(self, paper: Path) -> None:
        self.document.storeToURL(paper.as_uri(), (named("FilterName", "MS Word 2007 XML"),))
        self.document.close(True)


def main(soffice: str, before: str, after: str, edits: str) -> None:
    with tempfile.TemporaryDirectory() as profile:
        address = f"pipe,name=typist{time.time_ns()}"
        office = subprocess.Popen(
            [
                soffice,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                f"--accept={address};urp;",
            ]
        )
        try:
            context = connect(f"uno:{address};urp;StarOffice.ComponentContext")
            manager = context.ServiceManager
            desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            typist = Typist(desktop, manager, Path(before))
            for edit in json.loads(edits):
                typist.edit(*edit)
            typist.save(Path(after))
            desktop.terminate()
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                office.kill()


def connect(address: str) -> Any:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(150):
        try:
            return resolver.resolve(address)
        except Exception:
            time.sleep(0.2)
    raise TimeoutError("LibreOffice did not start")


if __name__ == "__main__":
    main(*sys.argv[1:])
