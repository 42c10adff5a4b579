"""The stages over a whole project: the only loops over its files.

Each takes a `Project` and gives one back, or says what it found; `project.write` alone writes catalogs.
"""
