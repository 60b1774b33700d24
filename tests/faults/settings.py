"""Faults of report.toml: misspelt, missing, of the wrong kind, or not readable at all."""

from __future__ import annotations

from tests.faults.listing import list_of
from tests.faults.planting import settings, settings_of
from tests.office import Office

fault = list_of(__name__)


def changed(name: str, old: str, new: str) -> None:
    """Lists a change made in Notepad."""

    def plant(desk: Office) -> None:
        settings(desk, old, new)

    plant.__name__ = name
    fault(plant)


changed("a_setting_misspelt", 'dates = "plain"', 'datse = "plain"')
changed("a_table_misspelt", "[style]", "[styles]")
changed("a_word_not_on_the_list", 'dates = "plain"', 'dates = "long"')
changed("an_unknown_nation", 'nation = "england"', 'nation = "engand"')
changed("a_number_in_quotes", "clear_days = 5", 'clear_days = "5"')
changed("a_number_out_of_range", "clear_days = 5", "clear_days = -1")
changed("yes_in_place_of_true", "statutory = false", "statutory = no")
changed("yes_in_quotes", "statutory = false", 'statutory = "no"')
changed("curly_quotes", 'title = "Best Value Plan Update"', "title = “Best Value Plan Update”")
changed("no_quotes", 'title = "Best Value Plan Update"', "title = Best Value Plan Update")
changed("a_quote_never_closed", 'title = "Best Value Plan Update"', 'title = "Best Value Plan Update')
changed("a_bracket_never_closed", 'open = ["Not started", "In progress"]', 'open = ["Not started", "In progress"')
changed("a_setting_twice", 'dates = "plain"', 'dates = "plain"\ndates = "ordinal"')
changed("a_table_twice", "[publication]", "[style]\n\n[publication]")
changed("a_path_with_backslashes", 'file = "tracker.xlsx"', 'file = "S:\\Board\\tracker.xlsx"')
changed("no_title", 'title = "Best Value Plan Update"', "")
changed("a_blank_title", 'title = "Best Value Plan Update"', 'title = ""')
changed("a_source_without_a_file", 'file = "correspondence.xlsx"\n', "")
changed("an_unknown_kind_of_record", "[sources.letters]", "[sources.leters]")
changed("a_source_left_out", "[sources.meetings]", "[sources.workshop]")
changed("a_file_outside_the_folder", 'file = "tracker.xlsx"', 'file = "../other/tracker.xlsx"')
changed("a_sheet_misspelt", 'sheet = "Log"', 'sheet = "Lgo"')
changed("a_heading_for_no_field", "[sources.actions.headings]\nactivity", "[sources.actions.headings]\nactivty")
changed("a_comment_without_a_file", 'file = "comments/finance.docx"\n', "")
changed("a_comment_without_what_to_say", 'to_follow = "[The legal comments are to follow.]"\n', "")
changed("an_unknown_status_kind", "withdrawn = [", "withdrwn = [")
changed("one_status_word_twice", 'withdrawn = ["Withdrawn"]', 'withdrawn = ["Withdrawn", "Complete"]')
changed("a_list_without_its_start", 'from = "covering letter"\n', "")
changed("the_level_of_an_unknown_rule", "[checks]", '[checks.levels]\nI999 = "note"\n\n[checks]')
changed("an_unknown_level", "[checks]", '[checks.levels]\nI482 = "ignore"\n\n[checks]')
changed("a_level_that_cannot_be_changed", "[checks]", '[checks.levels]\nI602 = "note"\n\n[checks]')
changed("a_section_required_that_there_is_not", '"introduction", ', '"introductoin", ')
changed("an_unknown_step_of_the_timetable", "first_draft = 15", "frist_draft = 15")
changed("a_timetable_in_words", "first_draft = 15", 'first_draft = "three weeks"')
changed("a_timetable_out_of_order", "first_draft = 15", "first_draft = 1")
changed("a_title_that_is_a_number", 'title = "Best Value Plan Update"', "title = 5")
changed(
    "a_heading_for_a_field_misspelt",
    "[sources.actions.headings]\n",
    '[sources.actions.headings]\ndedline = ["Target"]\n',
)
changed("a_list_by_neither_yes_nor_no", "where = \"answered == 'no'", "where = \"answered == 'maybe'")


@fault
def none_at_all(desk: Office) -> None:
    settings_of(desk).unlink()


@fault
def nothing_in_them(desk: Office) -> None:
    settings_of(desk).write_bytes(b"")


@fault
def saved_in_another_encoding(desk: Office) -> None:
    settings(desk, "Best Value Plan Update", "Café Update")
    settings_of(desk).write_bytes(settings_of(desk).read_text(encoding="utf-8").encode("cp1252", "replace"))


@fault
def saved_by_word(desk: Office) -> None:
    settings_of(desk).write_bytes(b"PK\x03\x04" + bytes(range(256)))
