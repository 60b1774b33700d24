"""What is taken out of a draft before the public sees it, one kind of private thing to a module."""
