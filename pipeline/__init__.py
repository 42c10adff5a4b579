"""Tvilling keeps articles in two languages that never fall apart.

Importing this package loads nothing heavy: every stage is a module of its own.
"""

__version__ = "0.1.0"
