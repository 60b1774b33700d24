from __future__ import annotations

import pytest

from pipeline.opc import parse
from pipeline.word import RUN, Styles, is_hidden
from tests.publish.papers import SPACES, text

HIDING = "<w:rPr><w:vanish/></w:rPr>"


def _styles(defaults: bool = False) -> Styles:
    default = f"<w:docDefaults><w:rPrDefault>{HIDING}</w:rPrDefault></w:docDefaults>" if defaults else ""
    return Styles(
        parse(
            f'<w:styles {SPACES}>{default}<w:style w:type="character" w:styleId="C">{HIDING}</w:style>'
            f'<w:style w:type="paragraph" w:styleId="P">{HIDING}</w:style><w:style w:type="paragraph" w:styleId="Q">'
            '<w:basedOn w:val="P"/></w:style><w:style w:type="paragraph" w:styleId="R"><w:basedOn w:val="P"/><w:rPr>'
            '<w:vanish w:val="0"/></w:rPr></w:style></w:styles>'.encode()
        )
    )


@pytest.mark.parametrize(
    ("paragraph", "look", "defaults", "hidden"),
    [
        ("", "", False, False),
        ("", "<w:vanish/>", False, True),
        ("", '<w:vanish w:val="true"/>', False, True),
        ("P", '<w:vanish w:val="off"/>', False, False),
        ("", '<w:rStyle w:val="C"/>', False, True),
        ("P", "", False, True),
        ("Q", "", False, True),
        ("R", "", False, False),
        ("P", '<w:rStyle w:val="C"/>', False, False),
        ("P", '<w:rStyle w:val="C"/><w:vanish/>', False, True),
        ("", "", True, True),
        ("", '<w:vanish w:val="0"/>', True, False),
    ],
)
def test_what_is_hidden_is_told_as_word_tells_it(paragraph: str, look: str, defaults: bool, hidden: bool) -> None:
    style = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    root = parse(f"<w:body {SPACES}><w:p>{style}{text('x', look)}</w:p></w:body>".encode())
    (run,) = root.iter(RUN)
    assert is_hidden(run, _styles(defaults)) is hidden
