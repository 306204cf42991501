"""The acceptance checklist of the seeds, row by row, against the dossier's tables.

Run it with ``python -m benchmarks.checklist``. Rows are data: a number, its priority and what to look for in which
table, at which line of which seed. The seeds' sentences are not here: places, names, codes, values and single words
are enough to find them.
"""
