"""Word files as bytes and XML: opened safely, read as a reader sees them, written the same for the same input.

Below the stages: all of them may use it, and it knows none of them.
"""
