"""What a spreadsheet must not run: the rule by which every CSV and Excel file of ours is written."""

from __future__ import annotations

__all__ = ["unformula"]


def unformula(text: str) -> str:
    """Return *text* with an apostrophe before what a spreadsheet would take for a formula.

    Source: OWASP, "CSV Injection" (cells that begin with = + - @, tab or carriage return).
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
