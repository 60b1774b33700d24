"""Questions about a paper: what stands against it, where its words come from, what changed since the last."""
