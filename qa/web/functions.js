// Gradio makes functions of texts: of the code of events, and of templates of HTML. The page's
// policy forbids that, so here are those that this page has; any other text makes an error.
(() => {
  "use strict";
  const EVENTS = new Map([
/* EVENTS */
  ]);
  const unknown = (text) => {
    throw new EvalError(`The page has no function for: ${text}`);
  };
  const quoted = /^\s*return ("(?:[^"\\]|\\.)*");?\s*$/;
  const made = (texts) => {
    const body = texts.length ? String(texts[texts.length - 1]) : "";
    const names = texts.slice(0, -1).flatMap((text) => String(text).split(",").map((name) => name.trim()));
    if (body === "return `${value}`;") return (...given) => `${given[names.indexOf("value")]}`;
    if (body === "return ``;") return () => "";
    if (body === "return this") return () => window;
    const text = quoted.exec(body);
    return text ? () => JSON.parse(text[1]) : unknown(body);
  };
  const madeOfEvent = (body) => {
    const code = /^return \(\n([^]*)\n\);$/.exec(body)?.[1];
    return EVENTS.has(code) ? async () => EVENTS.get(code) : unknown(body);
  };
  const makers = [
    [Function, function (...texts) { return made(texts); }],
    [Object.getPrototypeOf(async () => {}).constructor, function (body) { return madeOfEvent(body); }],
  ];
  for (const [maker, ours] of makers) {
    ours.prototype = maker.prototype;
    Object.defineProperty(maker.prototype, "constructor", { value: ours, configurable: true });
  }
  window.Function = makers[0][1];
})();
