"""From draft to published: clear days, clearance, the public copy, the supplement."""
