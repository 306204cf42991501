"""Read a brief back as a browser would see it: ids, links, marks with their words, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "br", "link", "img", "input", "hr"}


@dataclass
class Page(HTMLParser):
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    open: list[tuple[str, str | None]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.attributes += values.items()
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.links.append(values["href"])
        if tag not in _VOID:
            anchor = (values.get("id") or values.get("data-s")) if tag == "mark" else None
            self.open.append((tag, anchor))
            if anchor:
                self.marks.setdefault(anchor, "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for anchor in {anchor for _, anchor in self.open if anchor}:
            self.marks[anchor] += data


def read(page: str) -> Page:
    reader = Page()
    reader.feed(page)
    reader.close()
    return reader
