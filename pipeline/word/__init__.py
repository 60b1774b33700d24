"""Reading and writing Word files below the stages: their parts, their XML, their baseline."""
