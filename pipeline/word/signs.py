"""Signs, equations and drawings: a tick of Wingdings is `✓` in any font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.patterns import Pattern
from pipeline.word.xml import MATH, MC, TEXT, VAL, W14, Element, local, qn

ALTERNATIVES, BOX, SIGN = f"{MC}AlternateContent", qn("w:txbxContent"), qn("w:sym")
SHAPES = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
CHARACTERS = {
    qn(name): text
    for name, text in (("w:tab", "\t"), ("w:ptab", "\t"), ("w:br", "\n"), ("w:cr", "\n"), ("w:noBreakHyphen", "\u2011"))
}
COUNTED = frozenset(map(qn, ("w:pgNum", "w:footnoteReference", "w:endnoteReference", "w:footnoteRef", "w:endnoteRef")))
TODAY = frozenset(map(qn, ("w:dayShort", "w:dayLong", "w:monthShort", "w:monthLong", "w:yearShort", "w:yearLong")))

# What each font shows for the codes 0x20 to 0xFF, `�` where it shows nothing or nothing that Unicode has. Boxes and
# ticks are the ones that common fonts have.
_SYMBOL = (
    " !∀#∃%&∍()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩ"
    "ΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~�����������������"
    "����������������€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩"
    "∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
)
_WINGDINGS = (
    " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳🏱✈☼🌢❄🕆✞🕈"
    "✠✡☪☯🕉☸♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵⚫❍◼□□❑❒🞟⧫◆❖⬩⌧⮹⌘🏵🏶🙶🙷▯🄋➀➁➂➃➄➅➆➇➈➉🄌➊➋➌➍"
    "➎➏➐➑➒➓🙢🙠🙡🙣🙞🙜🙝🙟∙•⬝⭘🞆🞈🞊🞋🔿▪☐🟁🟅★🟋🟏🟓🟑⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴"
    "⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←→↑↓🡬🡭🡯🡮🡸➔🡹🡻🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑�"
)
_WINGDINGS_2 = (
    " 🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗✓☒☑☒☒⊗⮿🚫"
    "⦸🙱🙴🙲🙳‽🙹🙺🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤"
    "🕥🕦🕧🙨🙩⋅🞄⦁●○🞅🞇🞉⊙⦿🞌🞍◾■☐🞑🞒🞓🞔▣🞕🞖🞗🞘⬩⬥◇🞚◈🞛🞜🞝🞞⬪⬧◊🞠◖◗⯊⯋⯀⯁⬟⯂⬣⬢⯃⯄🞡🞢"
    "🞣🞤🞥🞦🞧🞨🞩🞪🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺🞻🞼🞽🞾🞿🟀🟂🟄🟆🟉🟊✶🟌🟎🟐🟒✹🟃🟇✯🟍🟔⯌⯍※⁂������"
)
_WINGDINGS_3 = (
    " ⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌⭮⭯⎋⌤⌃⌥␣⍽"
    "⇪⮸🢠🢡🢢🢣🢤🢥🢦🢧🢨🢩🢪🢫🡐🡒🡑🡓🡔🡕🡗🡖🡘🡙▲▼△▽◀▶◁▷◣◢◤◥🞀🞂🞁�🞃⯅⯆⯇⯈⮜⮞⮝⮟🠐🠒🠑🠓🠔🠖🠕"
    "🠗🠘🠚🠙🠛🠜🠞🠝🠟🠀🠂🠁🠃🠄🠆🠅🠇🠈🠊🠉🠋🠠🠢🠤🠦🠨🠪🠬🢜🢝🢞🢟🠮🠰🠲🠴🠶🠸🠺🠹🠻🢘🢚🢙🢛🠼🠾🠽🠿🡀🡂🡁🡃🡄🡆🡅"
    "🡇⮨⮩⮪⮫⮬⮭⮮⮯🡠🡢🡡🡣🡤🡥🡧🡦🡰🡲🡱🡳🡴🡵🡷🡶🢀🢂🢁🢃🢄🢅🢇🢆🢐🢒🢑🢓🢔🢖🢕🢗���������������"
)
_WEBDINGS = (
    " 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂🏞🏕🛤🏟🛳🕬🕫🕨"
    "🔈🎔🎕🗬🙽🗭🗪🗫⮔✔🚲☐🛡📦🛱⬛🚑🛈🛩🛰🟈🕴⬤🛥🚔🗘✖❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲�🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠"
    "🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻🖥🖦🖧🕹🎮🕻🕼📟"
    "🖁🖀🖨🖩🖿🖪🗜🔒🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊"
)
_TABLES: Mapping[str, str] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_UNTOLD = frozenset({"mt extra", "marlett", "zapfdingbats", "zapf dingbats", "monotype sorts", "bookshelf symbol 7"})
PRIVATE_USE, _FIRST = range(0xF000, 0xF100), 0x20
_NONE = "\ufffd"
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_IN_SIXTEENS = Pattern("[0-9A-Fa-f]{1,6}")


@lru_cache(maxsize=256)
def is_symbol_font(font: str) -> bool:
    """Does a font show signs in the place of letters?"""
    return font.casefold() in _TABLES or font.casefold() in _UNTOLD


def symbol(font: str, code: int) -> str | None:
    """The character that `font` shows for a code (a symbol font: 0x20-0xFF or 0xF020-0xF0FF); None where unknown."""
    known = _TABLES.get(font.casefold())
    if known is None:
        told = not is_symbol_font(font) and code not in PRIVATE_USE and _is_character(code)
        return chr(code) if told else None
    place = (code - PRIVATE_USE.start if code in PRIVATE_USE else code) - _FIRST
    shown = known[place] if 0 <= place < len(known) else _NONE
    return None if shown == _NONE else shown


def _is_character(code: int) -> bool:
    """Is it one that text can hold, and a font can show?"""
    return 0x20 <= code <= 0xD7FF or 0xF900 <= code <= 0xFFFD or 0x10000 <= code <= 0xEFFFF


def has_signs(text: str, font: str) -> bool:
    """May a font show other signs of a text than its letters?"""
    return (not text.isascii() and bool(_PRIVATE.search(text))) or (font != "" and is_symbol_font(font))


def in_font(text: str, font: str) -> tuple[str, bool]:
    """What a font shows of a text, and whether all of it is known; what is not is left out."""
    signs = [symbol(font, ord(each)) if ord(each) < 0x100 or ord(each) in PRIVATE_USE else each for each in text]
    return "".join(each or "" for each in signs), None not in signs


def sign_of(leaf: Element) -> tuple[str | None, str, str]:
    """What a character given by its number shows (None where that is not known), its font, and the character itself."""
    given = {str(name).rpartition("}")[2]: str(value) for name, value in leaf.attrib.items()}
    font, number = given.get("font", ""), given.get("char", "")
    code = int(number, 16) if _IN_SIXTEENS.fullmatch(number) else 0
    return (symbol(font, code) if code else None), font, chr(code) if _is_text(code) else _NONE


def _is_text(code: int) -> bool:
    return 0x20 <= code < 0xD800 or 0xDFFF < code < 0xFFFE


def equation_signs(part: Element) -> Iterator[tuple[str, Element]]:
    """Each sign and the element it comes from: with a stroke for a fraction, and the brackets that Word draws."""
    name = local(part)
    if name == "r":
        yield from ((each.text or "", part) for each in part if each.tag in {TEXT, f"{MATH}t"})
        return
    brackets = name == "d"
    yield _mark(part, "begChr", "(") if brackets else "", part
    for child in part.iterchildren(f"{MATH}*"):
        if not str(child.tag).endswith("Pr"):
            yield "/" if (name, local(child)) == ("f", "den") else "", part
            yield from equation_signs(child)
    yield _mark(part, "endChr", ")") if brackets else "", part


def _mark(part: Element, name: str, default: str) -> str:
    found = part.find(f"{MATH}{local(part)}Pr/{MATH}{name}")
    return default if found is None else found.get(f"{MATH}val", "")


def chosen(alternatives: Element) -> Element:
    """What is shown of things kept in two ways (`mc:AlternateContent`): the first, which a Word of today reads."""
    found = alternatives.find(f"{MC}Choice")
    found = alternatives.find(f"{MC}Fallback") if found is None else found
    return alternatives if found is None else found


def boxes_in(shape: Element) -> Iterator[Element]:
    """The text boxes of a drawing; not those in them."""
    for child in chosen(shape) if shape.tag == ALTERNATIVES else shape:
        if child.tag == BOX:
            yield child
        elif len(child):
            yield from boxes_in(child)


def outside_the_text(shape: Element) -> Iterator[str]:
    """Words that are part of a drawing, and the names of controls of other programs: neither is text."""
    for inside in shape.iter():
        if local(inside) == "textpath" and (words := inside.get("string", "").strip()):
            yield words
        elif inside.tag == qn("w:control"):
            yield inside.get(qn("w:name"), "")


def shown_from_elsewhere(control: Element) -> str | None:
    """The name of a content control that shows what another part of the file holds, and keeps no words of its own."""
    about, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    if about is None or content is None:
        return None
    bound = next(about.iter(qn("w:dataBinding"), f"{W14}checkbox"), None)
    words = any((text.text or "").strip() for text in content.iter(TEXT))
    if bound is None or words or next(content.iter(SIGN, qn("w:fldChar"), qn("w:tbl"), *SHAPES), None) is not None:
        return None
    named = about.find(qn("w:alias"))
    return "" if named is None else named.get(VAL, "")
