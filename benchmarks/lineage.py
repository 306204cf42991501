"""Measure lineage and furniture: ``python -m benchmarks.lineage [--shared DIR] [--quick]``.

Prints precision, recall and F1 on the pairs of ``corpus/lineage_pairs.json`` (two documents are of one origin where
they are in one origin group), the time for the corpus and for 1,000 articles, how many ordinary articles are called
reworded or machine-translated, how many reworded copies of ordinary articles are found, and how many coded statements
furniture would hide. Reworded copies are made here by swapping words: once with all substitutions that Parley knows,
once with a half of them that the detector is made to forget.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from parley.lineage import Lineage, trace
from parley.lineage.rewording import Lexicon, find_rewording, is_reworded, make_lexicon, synonyms
from parley.lineage.translation import find_translation
from parley.records import Document, Furniture
from parley.sources import load
from parley.sources.furniture import find_furniture

SHARED = Path(os.environ.get("PARLEY_SHARED", Path(__file__).resolve().parents[1] / "../shared"))
REWORDED_ON_PURPOSE = "002_"


def read(*folders: Path) -> list[Document]:
    """Return the documents of *folders*, in the order of names."""
    return [item for item in load([folder for folder in folders if folder.is_dir()]) if isinstance(item, Document)]


def furniture_of(documents: Sequence[Document]) -> dict[str, tuple[Furniture, ...]]:
    """Return the furniture of every document by its id."""
    return {document.id: find_furniture(document) for document in documents}


def pairs(path: Path, documents: Sequence[Document], lineage: Lineage) -> tuple[int, int, int]:
    """Return how many pairs of one origin are found, wrongly found, and missed."""
    names = {document.name: document.id for document in documents}
    group = {document: found.id for found in lineage.groups for document in found.documents}
    right = wrong = missed = 0
    for pair in json.loads(path.read_text(encoding="utf-8")):
        together = group[names[pair["a"]]] == group[names[pair["b"]]]
        right += together and pair["same_origin"]
        wrong += together and not pair["same_origin"]
        missed += not together and pair["same_origin"]
    return right, wrong, missed


def hidden(
    gold: Path, documents: Mapping[str, Document], furniture: Mapping[str, Sequence[Furniture]]
) -> tuple[int, list[str]]:
    """Return how many coded statements there are, and those whose first place in the text furniture overlaps."""
    total, hits = 0, []
    for line in gold.read_text(encoding="utf-8").splitlines():
        coded = json.loads(line)
        document = documents[coded["doc"]]
        start = document.text.find(coded["content"])
        end = start + len(coded["content"])
        total += start >= 0
        for piece in furniture[document.id]:
            if start >= 0 and piece.span.start < end and start < piece.span.end:
                hits.append(f"{document.name}: {piece.reason}: {piece.span.of(document.text)[:100]!r}")
                break
    return total, hits


def spin(text: str, table: Mapping[str, Sequence[str]], share: float) -> tuple[str, int]:
    """Return *text* with about *share* of the words that *table* knows swapped, and how many were; no randomness."""
    swapped = 0

    def swap(match: re.Match[str]) -> str:
        nonlocal swapped
        word = match.group()
        stem = word.lower()
        ending = "s" if stem not in table and stem.endswith("s") and stem[:-1] in table else ""
        choices = table.get(stem.removesuffix(ending) if ending else stem)
        draw = int(hashlib.sha256(f"{match.start()} {stem}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        if not choices or draw > share:
            return word
        swapped += 1
        new = choices[int(draw * 1e6) % len(choices)] + ending
        return new[:1].upper() + new[1:] if word[:1].isupper() else new

    return re.sub(r"[A-Za-z]+", swap, text), swapped


def found_reworded(
    documents: Sequence[Document], table: Mapping[str, Sequence[str]], lexicon: Lexicon | None, share: float
) -> str:
    """Return how many reworded copies of *documents* are found, and how densely they were reworded."""
    found = words = swaps = 0
    for document in documents:
        text, swapped = spin(document.text, table, share)
        found += is_reworded(find_rewording(text, lexicon=lexicon))
        words += len(text.split())
        swaps += swapped
    return f"{found} of {len(documents)} ({100 * swaps / words:.1f} swaps per 100 words)"


def linked(documents: Sequence[Document], table: Mapping[str, Sequence[str]]) -> str:
    """Return how many reworded copies are linked to their original and to no other document, among all *documents*."""
    right = wrong = called = 0
    for original in documents[::6]:
        text, _ = spin(original.text, table, 0.6)
        copy = Document("copy", "copy", "", "text", text, "", "")
        neighbours = [d for d in documents if d.name.split(".")[0] == original.name.split(".")[0]]
        lineage = trace([*neighbours, copy], furniture_of([*neighbours, copy]))
        found = [d for d in lineage.derivations if d.document == "copy" and d.kind == "reworded copy"]
        called += bool(found)
        right += bool(found) and found[0].of_document == original.id
        wrong += bool(found) and found[0].of_document not in (None, original.id)
    return f"{right} of {called} to the original, {wrong} to another document of its story"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with corpus, seeds and polnear")
    parser.add_argument("--quick", action="store_true", help="leave out the reworded copies and the large sets")
    options = parser.parse_args(arguments)
    shared: Path = options.shared
    corpus = read(*(shared / "corpus" / part for part in ("train", "dev", "more")))
    seeds = read(shared / "seeds")
    documents = [*corpus, *seeds]
    start = time.process_time()
    furniture = furniture_of(documents)
    print(f"furniture of {len(documents)} articles: {time.process_time() - start:.2f} s of processor time")
    start = time.process_time()
    lineage = trace(documents, furniture)
    print(f"lineage of {len(documents)} articles: {time.process_time() - start:.2f} s of processor time")
    right, wrong, missed = pairs(shared / "corpus" / "lineage_pairs.json", documents, lineage)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    counted = f"{right} right, {wrong} wrong, {missed} missed"
    print(f"same origin: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} ({counted})")
    by_name = {document.name: document for document in documents}
    for part in ("train", "dev", "seeds"):
        total, hits = hidden(shared / "corpus" / f"{part}.jsonl", by_name, furniture)
        print(f"coded statements under furniture, {part}: {len(hits)} of {total} ({len(hits) / max(1, total):.2%})")
        for hit in hits:
            print(f"    {hit}")
    other = [] if options.quick else read(shared / "polnear" / "train" / "text", shared / "polnear" / "dev" / "text")
    ordinary = [document for document in (*documents, *other) if not document.name.startswith(REWORDED_ON_PURPOSE)]
    furniture |= furniture_of(other)
    reworded = [document.name for document in ordinary if is_reworded(find_rewording(document.text))]
    translated = [d.name for d in ordinary if (m := find_translation(d, furniture[d.id])) and m.score is not None]
    print(f"called reworded among {len(ordinary)} ordinary articles: {len(reworded)} {reworded}")
    print(f"called machine-translated by marks alone among them: {len(translated)} {translated}")
    if options.quick:
        return
    table = synonyms()
    half = {word: swaps for word, swaps in table.items() if hashlib.sha256(word.encode()).digest()[0] % 2}
    sample = [document for document in ordinary if 2_000 <= len(document.text) <= 20_000][::3]
    for share in (0.3, 0.5, 0.8):
        print(f"reworded copies found, known substitutions, {share:.0%}: {found_reworded(sample, table, None, share)}")
        unseen = found_reworded(sample, half, make_lexicon(half), share)
        print(f"reworded copies found, substitutions unknown to the detector, {share:.0%}: {unseen}")
    print(f"reworded copies linked: {linked([d for d in corpus if len(d.text) >= 2_000], table)}")
    for document in (d for d in documents if d.name.startswith(REWORDED_ON_PURPOSE)):
        weights = []
        for turn in range(20):
            forgotten = {word for word in table if hashlib.sha256(f"{turn} {word}".encode()).digest()[0] % 2}
            rewording = find_rewording(document.text, lexicon=make_lexicon(forgotten))
            weights.append((rewording.weight, is_reworded(rewording)))
        lowest = min(weight for weight, _ in weights)
        print(
            f"{document.name} with half of the table forgotten, 20 times over: called reworded "
            f"{sum(called for _, called in weights)} times, lowest weight {lowest:.1f}"
        )
    for count in (1_000, 2_000):
        many = (ordinary * (count // len(ordinary) + 1))[:count]
        many = [Document(f"{k}", f"{k}", "", "text", d.text, d.sha256, d.sha256) for k, d in enumerate(many)]
        greyed = {
            str(k): tuple(Furniture(str(k), f.span, f.reason) for f in find_furniture(d)) for k, d in enumerate(many)
        }
        start = time.process_time()
        trace(many, greyed)
        print(f"lineage of {count} articles: {time.process_time() - start:.2f} s of processor time")


if __name__ == "__main__":
    main()
