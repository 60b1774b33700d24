"""Starter: the folder that a new office begins with, made from the sample that comes with the program."""

from pipeline.starter.drop_downs import Column, add_drop_downs
from pipeline.starter.starter import columns_of, make_starter, shipped_folder

__all__ = ["Column", "add_drop_downs", "columns_of", "make_starter", "shipped_folder"]
