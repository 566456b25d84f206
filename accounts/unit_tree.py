"""The units as a tree in lists to choose from, as the kernel keeps it."""

from governance.unit_tree import INDENT, choices

__all__ = ["INDENT", "choices"]
