"""The library's front: read coverage into a dossier, and make the brief. The commands call these functions."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from parley.analysis.section import Section
from parley.brief import render_html, render_markdown
from parley.dossier import Dossier, Merged, utc_now
from parley.errors import DossierError, ReaderError, SourceError
from parley.reading import DEFAULT_READER, AddedIssue, Reader, reader_named
from parley.records import Document, Fact, Furniture, Reading, Refusal
from parley.sources import Given, find_furniture, load

_IN_FLIGHT = 64
"""Documents handed to the pool and not yet stored: bounds memory on large folders."""
_LONGEST_READ = 3_000_000
"""Characters of one document that are read for statements: a shelf of books. The rest is stored, searched and said."""
_POOL_FROM = 24
"""Below this many documents starting a pool costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has come: told after every input."""

    name: str
    read: int
    unchanged: int
    skipped: int
    refused: int


def open_dossier(path: str | Path) -> Dossier:
    """Open a stored dossier. Raises DossierError where the file is missing or is not one."""
    return Dossier.open(path)


def read(
    paths: str | Path | Sequence[str | Path],
    *,
    dossier: str | Path | Dossier | None = None,
    reader: str = DEFAULT_READER,
    given: Given | None = None,
    stdin: bytes | None = None,
    workers: int | None = None,
    tell: Callable[[Progress], None] | None = None,
    name: Callable[[str], str] | None = None,
) -> Dossier:
    """Read coverage into a dossier and return it, open.

    Args:
        paths: files and folders; "-" is *stdin*.
        dossier: a dossier or the path of one, made if missing; None keeps it in memory.
        reader: the name of a reader.
        given: what the user knows of the documents (outlet, date, …).
        stdin: the bytes of standard input, for "-".
        workers: processes that read; None takes one a core.
        tell: called after every input.
        name: what to call the path of an input in the dossier; as the user named it, unless given.

    The reader also looks for the issues that were added to the dossier; documents that it read before are read again.
    Each document is stored by itself, so an interrupted run loses nothing that it stored and can be run again.

    Raises:
        SourceError: every input was refused, or there is none and the dossier is empty: there is nothing to work on.
        DossierError: the dossier cannot be opened or written.
    """
    wanted = [paths] if isinstance(paths, str | Path) else list(paths)
    chosen = reader_named(reader)
    made = not isinstance(dossier, Dossier) and dossier is not None and not Path(dossier).exists()
    items = load(wanted, given=given or Given(), stdin=stdin)
    if name is not None:
        items = (replace(item, path=name(item.path)) for item in items)
    target = dossier if isinstance(dossier, Dossier) else Dossier.open(dossier, create=True)
    if own := _issues_added(target):
        chosen = reader_named(reader, added=own)
    intake = _take_in(target, items, chosen, workers, tell)
    if intake.refused_all or (intake.found_nothing and not target.documents):
        if not isinstance(dossier, Dossier):
            target.close()
        if made and target.path is not None:
            target.path.unlink(missing_ok=True)  # nothing was stored: leave no empty dossier behind
        raise SourceError(intake.sentence(wanted))
    intake.end()
    return target


def read_again(
    dossier: Dossier,
    *,
    reader: str = DEFAULT_READER,
    given: Mapping[str, Given] | None = None,
    by: str = "",
    workers: int | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> None:
    """Read texts again that the dossier holds: for the issues that were added to it since, or with a date given late.

    *given*: what the user says of documents, by their ids, and *by* who says so; only these are read again. What would
    be read as it was is left alone. Raises DossierError where nothing can be stored.
    """
    told = given or {}
    held = [item for item in dossier.documents if given is None or item.id in told]
    items = [_given(item, told.get(item.id, Given()), by) for item in held]
    _take_in(dossier, items, reader_named(reader, added=_issues_added(dossier)), workers, tell).end()


def _given(document: Document, given: Given, by: str) -> Document:
    """Return the document with what the user says of it before all else."""

    def fact(value: str | None, known: Fact | None) -> Fact | None:
        return Fact(value, "given", by) if value else known

    return replace(
        document,
        title=fact(given.title, document.title),
        outlet=fact(given.outlet, document.outlet),
        author=fact(given.author, document.author),
        date=fact(given.date, document.date),
        language=fact(given.language, document.language),
    )


def _take_in(
    target: Dossier,
    items: Iterable[Document | Refusal],
    reader: Reader,
    workers: int | None,
    tell: Callable[[Progress], None] | None,
) -> _Intake:
    """Read what the dossier does not know yet, and store it; the pass is still to be ended."""
    intake = _Intake(target, reader.name, tell)
    fresh = intake.fresh(items)
    for document, furniture, reading in _read_all(fresh, reader, workers or os.cpu_count() or 1):
        intake.store(document, furniture, reading)
    return intake


def _issues_added(dossier: Dossier) -> tuple[AddedIssue, ...]:
    """Return the dossier's own issues as readers want them."""
    return tuple(AddedIssue(own.id, own.label, own.proposition, own.examples) for own in dossier.issues_added)


class _Intake:
    """Stores what is new, notes what is refused, and counts both."""

    def __init__(self, target: Dossier, reader: str, tell: Callable[[Progress], None] | None) -> None:
        self._target = target
        self._reader = reader
        self._tell = tell
        self._refusals: list[Refusal] = []
        self.counts = dict.fromkeys(("read", "unchanged", "skipped", "refused"), 0)

    def fresh(self, items: Iterable[Document | Refusal]) -> Iterator[Document]:
        """Yield the documents that the dossier does not know yet."""
        for item in items:
            if isinstance(item, Refusal):
                self._refusals.append(item)
                self._target.add_refusal(item)
                self._count(item.kind, item.path)
            elif self._target.knows(item, self._reader):
                self._count("unchanged", item.name)
            else:
                yield item

    def store(self, document: Document, furniture: Sequence[Furniture], reading: Reading) -> None:
        """Store one document with its reading, by itself."""
        changed = self._target.add(document, furniture, reading)
        self._count("read" if changed else "unchanged", document.name)

    def end(self) -> None:
        """Work out lineage anew where something came, and store what was counted."""
        if self.counts["read"] or not self._target.compared():
            _trace(self._target)
        counts = self.counts
        self._target.add_run(
            reader=self._reader,
            read=counts["read"],
            unchanged=counts["unchanged"],
            skipped=counts["skipped"],
            refused=counts["refused"],
        )

    @property
    def refused_all(self) -> bool:
        """Whether there was something to read and none of it could be."""
        return self.counts["refused"] > 0 and not self.counts["read"] + self.counts["unchanged"]

    @property
    def found_nothing(self) -> bool:
        """Whether no document was met."""
        return not self.counts["read"] + self.counts["unchanged"]

    def sentence(self, wanted: Sequence[str | Path]) -> str:
        """Say why nothing could be read."""
        refused = [refusal for refusal in self._refusals if refusal.kind == "refused"]
        if not self._refusals:
            return f"Nothing to read: there are no files in {', '.join(map(str, wanted))}; name coverage."
        if not refused:
            skipped = f"{self._refusals[0].path}: {self._refusals[0].reason}"
            many = len(self._refusals)
            return skipped if many == 1 else f"All {many} inputs were skipped; the first is {skipped}"
        first = f"{refused[0].path}: {refused[0].reason}"
        return first if len(refused) == 1 else f"None of the {len(refused)} inputs could be read; the first is {first}"

    def _count(self, kind: str, name: str) -> None:
        self.counts[kind] += 1
        if self._tell:
            self._tell(Progress(name, **self.counts))


def _read_one(document: Document, reader: Reader) -> tuple[Document, tuple[Furniture, ...], Reading]:
    head = document if len(document.text) <= _LONGEST_READ else replace(document, text=document.text[:_LONGEST_READ])
    furniture = find_furniture(head)
    try:
        reading = reader.read(head, [f.span for f in furniture])
    except ReaderError:  # no model: nothing could be read of any article
        raise
    except Exception as error:  # noqa: BLE001 - one odd article must not stop the run: it is stored, and its loss is said
        note = f"The reader failed here ({type(error).__name__}: {error}); no statement was read. Please report it."
        reading = Reading(document.id, reader.name, (), (), unread=(note,))
    if head is not document:
        left = len(document.text) - _LONGEST_READ
        note = f"The last {left:,} of {len(document.text):,} characters were stored but not read for statements."
        reading = replace(reading, unread=(*reading.unread, note))
    return document, furniture, reading


def _one_thread() -> AbstractContextManager[object]:
    """Keep reading to one core from here on, or to the end of a with block: small products spread over all wait more
    than they save.
    """
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


def _serve() -> None:
    """Set up a process of the pool: one core, and an end when the process that started it ends, killed or not."""
    _one_thread()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_all(
    documents: Iterable[Document], reader: Reader, workers: int
) -> Iterator[tuple[Document, tuple[Furniture, ...], Reading]]:
    """Read documents in order, in a pool of processes where there are enough of them to pay for it."""
    stream = iter(documents)
    head = list(itertools.islice(stream, _POOL_FROM))
    if len(head) < _POOL_FROM or workers < 2:
        with _one_thread():
            for document in itertools.chain(head, stream):
                yield _read_one(document, reader)
        return
    with ProcessPoolExecutor(workers, initializer=_serve) as pool:
        waiting: list[Future[tuple[Document, tuple[Furniture, ...], Reading]]] = []
        try:
            for document in itertools.chain(head, stream):
                waiting.append(pool.submit(_read_one, document, reader))
                if len(waiting) >= _IN_FLIGHT:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            pool.shutdown(cancel_futures=True)


def merge(first: str | Path, second: str | Path, out: str | Path, *, clock: Callable[[], str] = utc_now) -> Merged:
    """Make a new dossier at *out* of two people's copies: every document, reading and decision of both.

    Lineage is worked out anew over all documents. Raises DossierError where one cannot be read, or *out* is there.
    """
    from parley.dossier.joining import join

    with Dossier.open(first) as one, Dossier.open(second) as two:
        made, told = join(one, two, Path(out), clock=clock)
    with made:
        _trace(made)
    return told


def _trace(dossier: Dossier) -> None:
    """Work out lineage and origin groups anew: a new document can change where the others stand."""
    from parley.lineage import trace  # brings NumPy, which showing a dossier does not need

    documents, pieces = dossier.coverage()
    furniture: dict[str, list[Furniture]] = {}
    for piece in pieces:
        furniture.setdefault(piece.document, []).append(piece)
    traced = trace(documents, furniture)
    dossier.set_lineage(traced.derivations, traced.groups)


def brief(
    dossier: Dossier,
    *,
    form: str = "html",
    conflict: str | Path | Section | None = None,
    bargain: str | Path | Section | None = None,
    reviewed: bool = False,
) -> str:
    """Return the brief of a dossier as one HTML page (``form="html"``) or as Markdown (``form="markdown"``).

    Args:
        dossier: an open dossier.
        form: "html" or "markdown".
        conflict: a conflict model to solve and show: the path of its file, or what `solved_conflict` returned.
        bargain: a bargain file to solve and show: its path, or what `solved_bargain` returned.
        reviewed: count only statements that a person accepted, edited or added.

    Raises:
        ModelError: a model file is wrong; the sentence names the line and the mend.
        DossierError: *reviewed*, and nobody stands behind any statement.
    """
    sections = []
    if conflict is not None:
        sections.append(conflict if isinstance(conflict, Section) else solved_conflict(conflict))
    if bargain is not None:
        sections.append(bargain if isinstance(bargain, Section) else solved_bargain(bargain))
    render = render_markdown if form == "markdown" else render_html
    record = dossier.record(only_reviewed=reviewed)
    if reviewed and not record.statements:
        raise DossierError(
            "Nobody has accepted, edited or added a statement in this dossier, so there is nothing that a reviewed "
            "brief could count; review some at the desk (`parley desk`), or leave out --reviewed."
        )
    return render(record, sections)


def solved_conflict(path: str | Path) -> Section:
    """Solve a conflict model (TOML or GMCR+) for `brief`. Raises ModelError where the file is wrong."""
    from parley.bridge.sections import conflict_section  # brings the solvers, which a brief of coverage does not need

    return conflict_section(path)


def solved_bargain(path: str | Path) -> Section:
    """Solve a bargain file for `brief`. Raises ModelError where the file is wrong."""
    from parley.bridge.sections import bargain_section

    return bargain_section(path)
