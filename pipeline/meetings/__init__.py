"""Meetings: the diary of a report, meetings that moved, and how each report stands today."""
