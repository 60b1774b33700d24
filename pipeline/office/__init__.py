"""Every question about a paper and every act on it, as a function of plain arguments."""
