"""Files: names that are safe everywhere, writing that is whole or not at all, and one run at a time."""

from pipeline.files.data import as_json, kept_json, kept_texts
from pipeline.files.faults import refusal
from pipeline.files.folders import write_folder
from pipeline.files.lock import only_one
from pipeline.files.names import existing, inside, names_in, safe_name
from pipeline.files.opened import open_in
from pipeline.files.writing import in_the_way, remove_leftovers, replace_own, sha256_of, write_new

__all__ = [
    "as_json",
    "existing",
    "in_the_way",
    "inside",
    "kept_json",
    "kept_texts",
    "names_in",
    "only_one",
    "open_in",
    "refusal",
    "remove_leftovers",
    "replace_own",
    "safe_name",
    "sha256_of",
    "write_folder",
    "write_new",
]
