"""The desk: a local web application in which people read, review and explore a dossier."""

from __future__ import annotations

from parley.desk.app import create_app
from parley.desk.state import Desk

__all__ = ["Desk", "create_app"]
