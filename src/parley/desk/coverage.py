"""Adding coverage: files dropped on the page or text pasted into it, read in a process of its own."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from parley.desk.forms import Form, posted
from parley.desk.jobs import Job
from parley.desk.pages import desk_of, page, see_other
from parley.desk.state import Desk
from parley.desk.worker import Tell, apart
from parley.errors import ParleyError

__all__ = ["ROUTES", "likely_days", "read_coverage", "read_held"]

MOST_FILES = 500
_LONGEST_FIELD = 20_000_000  # bytes of pasted text
_GIVEN = ("date", "outlet", "author", "language")
_LOOK = 0.2  # seconds between two looks whether the reading before is done
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


def coverage_page(request: Request) -> Response:
    """Show the form, and how far the last reading is."""
    desk = desk_of(request)
    job = desk.jobs.latest("coverage")
    back = request.query_params.get("back", "")
    context: dict[str, Any] = {
        "job": job, "most": MOST_FILES, "refusals": _refusals(desk, job), "days": likely_days(),
        "back": back if back.startswith(("/d/", "/issues/")) else "",
    }  # fmt: skip
    return page(request, "coverage.html", context)


async def add(request: Request) -> Response:
    """Take files or pasted text, and begin to read them."""
    desk = desk_of(request)
    _writable(desk)
    folder = Path(tempfile.mkdtemp(prefix="parley-desk-"))
    try:
        async with request.form(max_files=MOST_FILES, max_fields=20, max_part_size=_LONGEST_FIELD) as data:
            form = Form.of(data)
            files = [item for item in data.getlist("files") if isinstance(item, UploadFile) and item.filename]
            for number, item in enumerate(files):
                await run_in_threadpool(_keep, folder, number, item)
        if form.values.get("text", "").strip():
            name = _name(form.get("title") or "pasted", 0) + ".txt"
            (folder / "pasted").mkdir()
            (folder / "pasted" / name).write_text(form.values["text"], encoding="utf-8")
        if not any(folder.iterdir()):
            raise HTTPException(422, "There is nothing to add: drop files, or paste a text.")
        given = _given(form)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    before = desk.jobs.latest("coverage")

    def work(job: Job) -> object:
        try:
            _wait(job, before)
            return apart(job, read_coverage, str(desk.path), str(folder), desk.reader, given)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    desk.jobs.start("coverage", "Adding coverage", work, fails=ParleyError)
    return see_other(request, "/coverage")


def again(request: Request, form: Form) -> Response:
    """Read every stored text again, for the issues that were added since."""
    desk = desk_of(request)
    _writable(desk)
    _read_again(desk, None)
    return see_other(request, "/coverage")


def known(request: Request, form: Form) -> Response:
    """Store what a person knows of a document, and read it again with that."""
    desk, key = desk_of(request), request.path_params["key"]
    _writable(desk)
    if key not in desk.snapshot().documents:
        raise HTTPException(404, "There is no such document in this dossier.")
    given = {name: value for name, value in _given(form).items() if name != "language"}
    if not given:
        raise HTTPException(422, "Nothing was written: give the day, the outlet or the author.")
    _read_again(desk, {key: given})
    return see_other(request, f"/coverage?back=/d/{key}")


def stop(request: Request, form: Form) -> Response:
    """Stop the job that runs; what it has stored stays."""
    desk = desk_of(request)
    job = desk.jobs.latest("coverage")
    if job is not None:
        job.stopping.set()
        job.ended.wait(5)
    return see_other(request, "/coverage")


def likely_days() -> tuple[str, str]:
    """Return the first and the last day of publication that are not taken for a slip."""
    return "1900-01-01", f"{date.today().year + 1}-12-31"


def read_coverage(tell: Tell, dossier: str, folder: str, reader: str, given: dict[str, str]) -> dict[str, int]:
    """Read every file in *folder* into the dossier, in this process. Returns what was counted."""
    from parley import workbench
    from parley.sources import Given

    last: dict[str, int] = {"read": 0, "unchanged": 0, "skipped": 0, "refused": 0}

    def progress(done: workbench.Progress) -> None:
        last.update(read=done.read, unchanged=done.unchanged, skipped=done.skipped, refused=done.refused)
        tell(f"{sum(last.values()):,} read, now after {done.name}.")

    def named(path: str) -> str:
        inside = path.removeprefix(folder).lstrip("/\\")
        return inside.partition("/")[2] or inside

    tell("Reading.")
    made = workbench.read(
        [folder], dossier=Path(dossier), reader=reader, given=Given(**given), tell=progress, name=named
    )
    made.close()
    return last


def read_held(
    tell: Tell, dossier: str, reader: str, given: dict[str, dict[str, str]] | None, by: str
) -> dict[str, int]:
    """Read again what the dossier holds, in this process: all of it, or the documents that something is *given* of."""
    from parley import workbench
    from parley.dossier import Dossier
    from parley.sources import Given

    last: dict[str, int] = {"read": 0, "unchanged": 0, "skipped": 0, "refused": 0}

    def progress(done: workbench.Progress) -> None:
        last.update(read=done.read, unchanged=done.unchanged)
        tell(f"{sum(last.values()):,} read again, now after {done.name}.")

    tell("Reading again.")
    told = None if given is None else {key: Given(**facts) for key, facts in given.items()}
    with Dossier.open(dossier) as opened:
        workbench.read_again(opened, reader=reader, given=told, by=by, tell=progress)
    return last


def _read_again(desk: Desk, given: dict[str, dict[str, str]] | None) -> None:
    before, by = desk.jobs.latest("coverage"), f"at the desk, {desk.who}"

    def work(job: Job) -> object:
        _wait(job, before)
        return apart(job, read_held, str(desk.path), desk.reader, given, by)

    desk.jobs.start("coverage", "Reading again", work, fails=ParleyError)


def _wait(job: Job, before: Job | None) -> None:
    """Wait until the reading *before* is done: two would write one file. Raises Stopped where the job is stopped."""
    while before is not None and not before.ended.wait(_LOOK):
        job.tell("Waiting until what came before is read.")


def _writable(desk: Desk) -> None:
    if desk.dossier.read_only:
        raise HTTPException(409, "This dossier may only be read; copy it to a folder of your own first.")


def _given(form: Form) -> dict[str, str]:
    """Return what the form says of documents. Raises HTTPException for a day on which no coverage appears."""
    given = {name: form.get(name) for name in _GIVEN if form.get(name)}
    if "date" in given:
        first, last = map(date.fromisoformat, likely_days())
        try:
            likely = first <= date.fromisoformat(given["date"]) <= last
        except ValueError:
            likely = False
        if not likely:
            raise HTTPException(422, f"“{given['date']}” can hardly be a day of publication; write it as YYYY-MM-DD.")
    return given


def _keep(folder: Path, number: int, item: UploadFile) -> None:
    """Store an uploaded file in a folder of its own, so that two of one name do not meet."""
    place = folder / f"{number:04}"
    place.mkdir()
    with (place / _name(item.filename or "file", number)).open("wb") as file:
        shutil.copyfileobj(item.file, file, 1 << 20)


def _name(given: str, number: int) -> str:
    """Return a name that any file system takes: no path, no control, no leading dot, not too long."""
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", given)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = plain, ""
    stem = stem.encode("utf-8", "replace")[:120].decode("utf-8", "ignore").strip() or f"file {number + 1}"
    return f"{stem}.{ending}" if ending else stem


def _refusals(desk: Desk, job: Job | None) -> list[Any]:
    if job is None or job.state != "done" or not isinstance(job.result, dict) or not job.result.get("refused"):
        return []
    return list(desk.snapshot().record.refusals)[-20:]


ROUTES = (
    Route("/coverage", coverage_page),
    Route("/coverage", add, methods=["POST"]),
    Route("/coverage/again", posted(again), methods=["POST"]),
    Route("/d/{key}/known", posted(known), methods=["POST"]),
    Route("/coverage/stop", posted(stop), methods=["POST"]),
)
