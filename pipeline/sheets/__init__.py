"""The only room that parses workbooks and delimited text."""
