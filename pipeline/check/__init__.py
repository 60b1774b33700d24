"""The rules: on inputs, wording, templates and papers."""
