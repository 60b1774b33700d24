"""What the program keeps on disk: drafts with their records, what was published, and files that are whole or not there.

Names are safe everywhere, writing is whole or not at all, and one run at a time holds a folder.
"""

from pipeline.store.data import as_json, kept_json, kept_texts
from pipeline.store.drafts import (
    NUMBER,
    RECORDS,
    Draft,
    add_to_record,
    as_day,
    building,
    current_draft,
    draft_name,
    drafts_in,
    kept_at,
    load,
    meeting_folder,
    previous_paper,
    put_json,
    read_copies,
    read_record,
    save,
    save_copy,
    two_drafts,
    was_published,
)
from pipeline.store.faults import refusal
from pipeline.store.folders import write_folder
from pipeline.store.lock import only_one
from pipeline.store.names import existing, inside, names_in, safe_name
from pipeline.store.opened import open_in
from pipeline.store.undone import Undone, keep_undone, standing_of, still, undone
from pipeline.store.writing import in_the_way, remove_leftovers, replace_own, sha256_of, write_new
from pipeline.store.written import baseline_of, blocks_as_data

__all__ = [
    "NUMBER",
    "RECORDS",
    "Draft",
    "Undone",
    "add_to_record",
    "as_day",
    "as_json",
    "baseline_of",
    "blocks_as_data",
    "building",
    "current_draft",
    "draft_name",
    "drafts_in",
    "existing",
    "in_the_way",
    "inside",
    "keep_undone",
    "kept_at",
    "kept_json",
    "kept_texts",
    "load",
    "meeting_folder",
    "names_in",
    "only_one",
    "open_in",
    "previous_paper",
    "put_json",
    "read_copies",
    "read_record",
    "refusal",
    "remove_leftovers",
    "replace_own",
    "safe_name",
    "save",
    "save_copy",
    "sha256_of",
    "standing_of",
    "still",
    "two_drafts",
    "undone",
    "was_published",
    "write_folder",
    "write_new",
]
