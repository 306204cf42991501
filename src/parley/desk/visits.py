"""When a person last looked at what is new in a dossier: a small file beside their keys."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from parley.errors import ParleyError
from parley.export import whole

__all__ = ["last_visit", "note_visit"]

_FILE = "desk-visits.json"
_MOST = 200  # dossiers remembered; the one seen longest ago goes first


def last_visit(keys_file: Path | None, dossier: Path) -> str:
    """Return when the person last looked at this dossier (ISO 8601, UTC); "" where that is not known."""
    return _visits(keys_file).get(str(dossier.resolve()), "")


def note_visit(keys_file: Path | None, dossier: Path, at: str) -> None:
    """Keep that the person looks at the dossier at this moment. Where nothing can be written, nothing is kept."""
    if keys_file is None:
        return
    kept = {name: when for name, when in _visits(keys_file).items() if name != str(dossier.resolve())}
    kept[str(dossier.resolve())] = at
    with contextlib.suppress(OSError, ParleyError):
        keys_file.parent.mkdir(parents=True, exist_ok=True)
        with whole(keys_file.with_name(_FILE)) as stream:
            stream.write(json.dumps(dict(list(kept.items())[-_MOST:]), indent=1).encode())


def _visits(keys_file: Path | None) -> dict[str, str]:
    if keys_file is None:
        return {}
    try:
        found = json.loads(keys_file.with_name(_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(when) for name, when in found.items()} if isinstance(found, dict) else {}
