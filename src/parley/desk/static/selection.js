// Selected words of an article, told in the document's own offsets: code points, not the browser's units.
"use strict";
const Selection_ = (() => {
  const points = (text) => Array.from(text).length;

  /** The code point offset of a boundary inside a run of words. */
  function inside(run, node, offset) {
    const start = Number(run.dataset.o);
    if (run.hasAttribute("data-one")) return start + (offset > 0 ? 1 : 0);
    if (node.nodeType !== Node.TEXT_NODE) return offset > 0 ? start + points(run.textContent) : start;
    return start + points(node.data.slice(0, offset));
  }

  const length = (run) => (run.hasAttribute("data-one") ? 1 : points(run.textContent));

  /** What is selected: the document, half-open offsets and the words; null where it is nothing of an article. */
  function selected() {
    const found = window.getSelection();
    if (!found || found.rangeCount === 0 || found.isCollapsed) return null;
    const range = found.getRangeAt(0);
    const common = range.commonAncestorContainer;
    const within = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
    const article = within && within.closest("article.words");
    if (!article) return null;
    let start = null;
    let end = null;
    const words = [];
    for (const run of article.querySelectorAll("[data-o]")) {
      if (!range.intersectsNode(run)) continue;
      const here = Number(run.dataset.o);
      const from = run.contains(range.startContainer) ? inside(run, range.startContainer, range.startOffset) : here;
      const to = run.contains(range.endContainer) ? inside(run, range.endContainer, range.endOffset) : here + length(run);
      if (to <= from) continue;
      if (start === null) start = from;
      if (end !== null && from > end) words.push(" ");
      end = to;
      if (!run.hasAttribute("data-one")) words.push(Array.from(run.textContent).slice(from - here, to - here).join(""));
    }
    if (start === null) return null;
    const plain = !article.querySelector(".control[data-one]");
    return { document: article.dataset.document, start, end, words: plain ? words.join("") : "" };
  }
  return { selected };
})();
