"""Formats that a file names by number only (ECMA-376 part 1, 18.8.30), as Excel on a computer set to English (United
Kingdom) shows them: 5 to 8, 14 to 22 and 37 to 44 follow the computer.
"""

from __future__ import annotations

_MONEY: dict[int, str] = {
    5: "£#,##0;-£#,##0",
    6: "£#,##0;[Red]-£#,##0",
    7: "£#,##0.00;-£#,##0.00",
    8: "£#,##0.00;[Red]-£#,##0.00",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-£* #,##0_-;-£* #,##0_-;_-£* "-"_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-',
}
_NUMBERS: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_MOMENTS: dict[int, str] = {
    14: "dd/mm/yyyy", 15: "dd-mmm-yy", 16: "dd-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm",
    21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
}  # fmt: skip
BUILT_IN: dict[int, str] = _MONEY | _NUMBERS | _MOMENTS
