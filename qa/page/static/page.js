// What the page does by itself: address and history, keys, the document's dialog, copying.
// What is asked and answered is decided by the server.
(() => {
  "use strict";
  const HISTORY = "qa-questions";
  const REMEMBERED = 50;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // The visitor's language, as the server chooses it too: forced, else the browser's first.
  const given = JSON.parse(one("#qa-words").textContent);
  const first = (navigator.languages?.[0] || navigator.language || "en").split("-")[0].toLowerCase();
  const language = given.forced || (first in given.words ? first : "en");
  const say = (text) => given.words[language][text] || text;
  const speak = () => {
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
  };
  speak();
  new MutationObserver(speak).observe(document.documentElement, { attributeFilter: ["lang"] });

  const field = () => one("#qa-question textarea, #qa-question input");
  const result = () => one("#qa-answer .qa-result");
  const dialog = () => one("#qa-reader");

  // Asking. The question, where and how many make the query of a link.
  let pending = null;
  const address = (question) => {
    const places = (one("#qa-scope")?.value || "").split(";").map((place) => place.trim());
    const query = new URLSearchParams({ q: question, k: one("#qa-count")?.value || "5" });
    places.filter(Boolean).forEach((place) => query.append("in", place));
    return `?${query}`;
  };
  const ask = (question) => {
    pending = question;
    type(question);
    one("#qa-ask").click();
  };
  const type = (text) => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  };
  const busy = (is) => one("#qa-answer")?.setAttribute("aria-busy", String(is));
  // What the server refuses, Gradio tells in a box of its own; then no answer will come.
  new MutationObserver(() => {
    if (one(".toast-body.error") && one("#qa-answer")?.getAttribute("aria-busy") === "true") busy(false);
  }).observe(document.documentElement, { childList: true, subtree: true });

  // The address: the question's parameters change, all others (such as __theme) stay.
  const OURS = ["q", "k", "in", "g"];
  const merged = (query) => {
    const kept = new URLSearchParams(location.search);
    OURS.forEach((name) => kept.delete(name));
    const next = new URLSearchParams(query);
    kept.forEach((value, name) => next.append(name, value));
    return `${location.pathname}?${next}`;
  };
  const link = () => new URL(merged(result()?.dataset.link || location.search), location.href).href;
  const choose = () => {
    const query = new URLSearchParams(location.search);
    if (one("#qa-scope")) one("#qa-scope").value = query.getAll("in").join("; ");
    const count = one("#qa-count");
    if (!count || !query.get("q")) return;
    const wanted = query.get("k") || "5";
    if (/^\d+$/.test(wanted) && !all("option", count).some((each) => each.value === wanted)) {
      count.append(new Option(wanted));
    }
    count.value = wanted;
  };

  // The visitor's own questions, kept in this browser only.
  const remembered = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(HISTORY) || "[]");
      return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
    } catch {
      return [];
    }
  };
  const keep = (questions) => {
    try {
      localStorage.setItem(HISTORY, JSON.stringify(questions));
    } catch { /* a browser that keeps nothing */ }
    list();
  };
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const list = () => {
    const box = one("#qa-history");
    if (!box) return;
    const questions = remembered();
    const open = Boolean(one("details[open]", box));
    box.replaceChildren();
    if (!questions.length) return;
    const items = questions.map((question) =>
      element("li", {}, element("button", { type: "button", className: "qa-again", dir: "auto", textContent: question })));
    const summary = element("summary", { textContent: `${say("Your questions on this device")} (${questions.length})` });
    const clear = element("button", { type: "button", className: "qa-action qa-clear", textContent: say("Clear") });
    box.append(element("details", { className: "qa-list", open }, summary, element("ul", {}, ...items), clear));
  };

  const copy = async (button) => {
    const text = `${button.dataset.copy}\n${link()}`;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = element("textarea", { value: text, ariaLabel: say("Message") });
      button.after(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const was = button.dataset.was || button.textContent;
    button.dataset.was = was;
    button.textContent = say(done ? "Copied" : "It could not be copied; select the text instead.");
    setTimeout(() => { button.textContent = was; }, 2000);
  };

  // Verdicts: the button says what it judges, the server keeps it.
  let judging = null;
  const judge = (button) => {
    judging = button;
    one("#qa-judge").click();
  };
  const noted = () => {
    const box = one("#qa-noted");
    box.hidden = false;
    if (one(".qa-notice", box)) box.scrollIntoView({ block: "nearest" });
    if (one(".qa-notice", box) || !judging) return;
    all("[data-judge]", judging.parentElement).forEach((each) =>
      each.setAttribute("aria-pressed", String(each === judging)));
  };
  const save = (text) => {
    if (!text) return;
    const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
    const anchor = element("a", { href: address, download: "questions.jsonl" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  // The dialog with a whole document.
  let at = 0;
  let opener = null;
  let marks = "[]";
  const hits = () => JSON.parse(marks);
  // `spans`: the passages to step through, as JSON; see `spans` in reader.py.
  const open = (hit, spans = marks) => {
    at = hit;
    marks = spans;
    const box = dialog();
    if (box?.open && goTo(box)) return;
    if (!box?.open) opener = document.activeElement;
    one("#qa-show").click();
  };
  const goTo = (box) => {
    const target = one(`#qa-hit-${at}`, box);
    if (!target) return false;
    all(".qa-now", box).forEach((each) => each.classList.remove("qa-now"));
    all(`[data-hit="${at}"]`, box).forEach((each) => each.classList.add("qa-now"));
    (one(`[data-hit="${at}"] mark`, box) || target).scrollIntoView({ block: "center" });
    const shown = one(".qa-at", box);
    shown.textContent = shown.textContent.replace(/\d+/, at);
    steps(box);
    return true;
  };
  // By hand, because the browser cannot give the focus back once the dialog was exchanged.
  const shut = () => {
    dialog().close();
    opener?.focus();
  };
  const steps = (box) => all("[data-step]", box).forEach((button) => {
    const next = at + Number(button.dataset.step);
    button.setAttribute("aria-disabled", String(next < 1 || next > hits().length));
  });
  const step = (by) => {
    const next = at + Number(by);
    if (next >= 1 && next <= hits().length) open(next);
  };

  // Keys: "/" to the field, arrows through the hits, Enter opens, Esc closes.
  const stops = () => all("#qa-answer :is(.qa-found [data-show], .qa-more > summary)");
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const move = (event, by) => {
    const places = stops();
    const from = event.target === field() ? -1
      : places.findIndex((place) => place.closest("details, article")?.contains(event.target));
    if (!places.length || (from < 0 && (event.target !== field() || by < 0))) return;
    if (event.target === field() && field().value.slice(field().selectionEnd).includes("\n")) return;
    event.preventDefault();
    const next = from + by;
    if (next < 0) field().focus();
    else places[Math.min(next, places.length - 1)].focus();
  };
  const toField = (event) => {
    event.preventDefault();
    if (field().offsetParent === null) one('[role="tab"]').click();
    setTimeout(() => { field().focus(); field().select(); });
  };
  const close = (event) => {
    const opened = event.target.closest?.("#qa-answer details[open]");
    if (opened) {
      opened.open = false;
      one("summary", opened).focus();
    } else if (event.target.closest?.("#qa-answer")) field().focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (dialog()?.open) {
      if (event.key === "n" || event.key === "p") step(event.key === "n" ? 1 : -1);
      else if (event.key === "Escape") { event.preventDefault(); shut(); }
      return;
    }
    if (event.key === "/" && !typing(event.target)) toField(event);
    else if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Escape") close(event);
    else if (event.key === "Enter" && event.target.id === "qa-scope") one("#qa-ask").click();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button, [data-show]");
    if (!button) {
      if (event.target === dialog()) shut();  // a click beside the dialog
      return;
    }
    if (button.matches(".qa-example, .qa-again")) ask(button.textContent);
    else if (button.matches(".qa-clear")) { keep([]); field().focus(); }
    else if (button.dataset.copy) copy(button);
    else if (button.dataset.judge) judge(button);
    else if ("else" in button.dataset) one("#qa-else").click();
    else if (button.dataset.show) open(Number(button.dataset.show), button.closest("[data-spans]")?.dataset.spans);
    else if (button.dataset.step) step(button.dataset.step);
    else if ("close" in button.dataset) shut();
  });
  addEventListener("popstate", () => one("#qa-reopen")?.click());

  window.qaPage = {
    open,
    question: () => result()?.dataset.question || "",
    asked(question) {
      const asked = pending ?? question ?? "";
      pending = null;
      busy(true);
      if (one("#qa-noted")) one("#qa-noted").hidden = true;
      return address(asked);
    },
    shown() {
      busy(false);
      const made = result();
      if (!made) return;
      const next = merged(made.dataset.link);
      if (next !== location.pathname + location.search) history.pushState(null, "", next);
      const question = made.dataset.question;
      keep([question, ...remembered().filter((each) => each !== question)].slice(0, REMEMBERED));
    },
    address() {
      choose();
      return location.search;
    },
    reopened() {
      list();
      if (one("#qa-scope")) one("#qa-scope").placeholder = say("all documents");
      if (document.title === "Ask your documents") document.title = say("Ask your documents");
    },
    judged: () => JSON.stringify([result()?.dataset.question || "", ...JSON.parse(judging.dataset.judge)]),
    noted,
    // Gradio shows the tab a moment after it said so.
    expecting(tries = 40) {
      const box = one("#qa-why-expected textarea");
      if (box?.offsetParent) box.focus();
      else if (tries) setTimeout(() => this.expecting(tries - 1), 50);
    },
    save,
    wanted: () => JSON.stringify([at, hits()]),
    read() {
      const box = dialog();
      if (!box.open) box.showModal();
      if (!goTo(box)) return;
      one(".qa-reader-text", box)?.focus({ preventScroll: true });
    },
  };
})();
