"""Drafts: the papers in a meeting's folder, which goes on from which, and where every figure in them came from."""

from pipeline.drafts.store import (
    NUMBER,
    RECORDS,
    Draft,
    as_day,
    blocks_as_data,
    current_draft,
    draft_name,
    drafts_in,
    load,
    meeting_folder,
    previous_paper,
    put_json,
    read_record,
    save,
    save_copy,
    two_drafts,
)

__all__ = [
    "NUMBER",
    "RECORDS",
    "Draft",
    "as_day",
    "blocks_as_data",
    "current_draft",
    "draft_name",
    "drafts_in",
    "load",
    "meeting_folder",
    "previous_paper",
    "put_json",
    "read_record",
    "save",
    "save_copy",
    "two_drafts",
]
