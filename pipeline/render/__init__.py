"""Stage 3: the context fills the council's own Word template."""
