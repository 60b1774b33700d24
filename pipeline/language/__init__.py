"""The one language of wording: expressions parsed, typed, worked out, and within bounds."""
