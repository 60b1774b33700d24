"""An officer's edited paper and a fresh one become the next draft; no word of theirs is lost."""
