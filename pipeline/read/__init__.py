"""Stage 1: workbooks, exports and Word comments become records that know their cell."""
