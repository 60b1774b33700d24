"""Committee papers from the council's own files: read, transform, render; then revise, check, publish."""

VERSION = "0.2.0.dev0"
