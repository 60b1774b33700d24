"""Everything that will go wrong in a Word template, told before anybody makes a paper from it."""
