"""Reading today's spreadsheets into the register: one engine, and the kinds that apps register (`importers.py`).

The way of a file: `reading` reads it, `heading` finds its columns, `flow` keeps its rows for the preview, its kind says
row by row what would come of it, and `flow` lets the whole of it in at once, or nothing.
"""
