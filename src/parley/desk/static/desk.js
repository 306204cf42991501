// Keys, the words in view, selections into forms, sliders and dropped files. Everything else is plain links and forms.
"use strict";
(() => {
  const typing = (element) =>
    element && (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName)) &&
    !["checkbox", "radio", "button", "submit", "range"].includes(element.type);

  const visible = (element) => element.offsetParent !== null || element.closest("dialog[open]");

  function control(key) {
    const all = [...document.querySelectorAll("[data-key]")].filter((item) => item.dataset.key === key && visible(item));
    return all.find((item) => !item.disabled);
  }

  /** The form in which a statement is being coded: while it is open, no key but its own does anything. */
  const coding = () => document.querySelector("form[data-edits]");
  const fields = (form) => new URLSearchParams(new FormData(form)).toString();
  const came = new WeakMap();
  const changed = (form) => form && (form.dataset.edits === "kept" || (came.has(form) && came.get(form) !== fields(form)));

  function closeMenu(menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const open = coding() || (typing(target) && target.closest("form[method=post]"));
      if (open) {
        event.preventDefault();
        open.requestSubmit(open.querySelector("[data-submit]"));
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    const menu = document.querySelector(".menu[open]");
    if (event.key === "Escape") {
      const leave = control("Escape");
      if (menu) closeMenu(menu);
      else if (leave) leave.click();
      else if (typing(target)) target.blur();
      return;
    }
    if (typing(target) || menu || coding()) return;
    if (event.key === " " && target.closest("button, a, summary, input, article.words")) return;
    const field = document.querySelector("[data-focus-key]");
    if (field && field.dataset.focusKey === event.key) {
      event.preventDefault();
      field.focus();
      return;
    }
    const found = control(event.key) || (event.key === "h" && document.querySelector('[data-opens="keys"]'));
    if (!found || (event.repeat && found.dataset.repeats === undefined)) return;
    event.preventDefault();
    found.click();
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      const told = navigator.clipboard ? navigator.clipboard.writeText(copier.dataset.copy) : Promise.reject();
      told.then(() => say("Copied."), () => say("The browser did not let the desk copy it."));
    }
    const menu = document.querySelector(".menu[open]");
    if (menu && !menu.contains(event.target)) menu.removeAttribute("open");
    const carrier = event.target.closest("[data-with-selection]");
    if (carrier) {
      const found = Selection_.selected() || last;
      if (!found || found.document !== carrier.pathname.split("/")[2]) {
        event.preventDefault();
        say("Select the missed words in the article first.");
        return;
      }
      event.preventDefault();
      const to = new URL(carrier.href);
      for (const name of ["start", "end", "words"]) to.searchParams.set(name, found[name]);
      window.location.assign(to);
    }
  });

  let last = null;
  document.addEventListener("selectionchange", () => {
    const found = Selection_.selected();
    if (!found) return;
    last = found;
    const form = document.querySelector("form[data-edits]");
    const start = form && form.querySelector("[data-start]");
    if (!start) return;
    start.value = found.start;
    form.querySelector("[data-end]").value = found.end;
    form.querySelector("[data-words]").value = found.words;
    form.querySelector("[data-selected]").textContent = `“${window.getSelection().toString()}”`;
  });

  function say(words, stays = 2500) {
    const place = document.getElementById("said");
    if (place) place.textContent = words;
    const shown = document.getElementById("toast");
    if (shown) shown.remove();
    if (!words) return;
    const toast = document.createElement("p");
    toast.id = "toast";
    toast.setAttribute("aria-hidden", "true");
    toast.textContent = words;
    document.body.append(toast);
    window.setTimeout(() => toast.remove(), stays);
  }

  /** Bring the statement's words into view, within the article's own pane where it has one. */
  function show() {
    const mark = document.querySelector("article.words .now") || document.querySelector("article.words .here");
    if (!mark) return;
    const pane = mark.closest("article.words");
    if (pane.scrollHeight > pane.clientHeight + 4) {
      const at = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
      pane.scrollTop = Math.max(0, at - pane.clientHeight / 3);
      if (pane.getBoundingClientRect().top < 0) pane.scrollIntoView();
    } else if (window.matchMedia("(min-width: 60rem)").matches || mark.classList.contains("here")) {
      mark.scrollIntoView({ block: "center" });
    }
  }

  let pressed = null; // the key of the control that had the focus before the card changed, "" for another one

  function arrived() {
    last = null;
    show();
    const desk = document.getElementById("desk");
    if (desk && desk.dataset.announce) say(desk.dataset.announce);
    const form = coding();
    if (form) {
      if (!came.has(form)) came.set(form, fields(form));
      form.querySelector("input[name=speaker]").focus();
    } else if (pressed !== null && document.activeElement === document.body) {
      const again = (pressed && control(pressed)) || document.querySelector(".card");
      if (again) again.focus({ preventScroll: true });
    }
    pressed = null;
    for (const slider of document.querySelectorAll("input[type=range]")) slide(slider);
  }

  function slide(slider) {
    const shown = slider.parentElement.querySelector("output");
    if (shown) shown.textContent = slider.dataset.unit === "%" ? `${slider.value} %` : slider.value;
  }

  document.addEventListener("input", (event) => {
    if (event.target.type === "range") slide(event.target);
  });
  document.addEventListener("htmx:before:request", (event) => {
    const { sourceElement, target } = event.detail.ctx;
    const form = coding();
    const leaves = form && sourceElement !== form && target && target.contains(form) && changed(form);
    if (leaves && !window.confirm("Leave the form? What you changed in it is not stored.")) event.preventDefault();
  });
  document.addEventListener("htmx:before:swap", () => {
    const at = document.activeElement && document.activeElement.closest("#desk") && document.activeElement;
    pressed = at ? at.dataset.key || "" : null;
  });
  document.addEventListener("htmx:after:swap", arrived);
  document.addEventListener("htmx:error", () => {
    const again = coding() ? ` Started anew with --port ${window.location.port}, it takes what stands here.` : "";
    say(`The desk did not answer. Is it still running?${again}`, 8000);
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { status } = event.detail.ctx.response;
    const kept = "What stands on this page is kept.";
    if (status === 401) say(`The desk was started anew: open the address that it printed, then try again here. ${kept}`, 12000);
    else if (status === 404) say(`That is not in this dossier any more. ${kept}`, 8000);
    else if (status === 403 || status === 413) say(`${event.detail.ctx.text.trim()} ${kept}`, 8000);
    else if (status >= 500) say(`Something went wrong at the desk; nothing was stored. ${kept}`, 8000);
  });

  let sent = false;
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-edits]:not([hx-post])")) sent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && changed(coding())) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest?.(".menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.removeAttribute("open");
  });
  document.addEventListener("DOMContentLoaded", arrived);
  if (document.readyState !== "loading") arrived();

  document.addEventListener("dragover", (event) => {
    if (document.querySelector("[data-drop]")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const form = document.querySelector("[data-drop]");
    if (!form || !event.dataTransfer.files.length) return;
    event.preventDefault();
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();
