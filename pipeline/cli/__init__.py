"""The commands: the only room that talks to a person."""

from pipeline.offered import offered

__all__ = ["COMMANDS", "commands", "run"]
__getattr__ = offered(__name__, {"main": ["COMMANDS", "commands", "run"]})
