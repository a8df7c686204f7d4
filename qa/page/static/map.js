// The map: a click on a point opens its passage in the document's dialog.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const clicked = (plot, point) => {
    const data = point?.customdata;
    if (!data) return;
    if (data.length === 1) {
      window.qaPage.open(data[0], one(".qa-map-hits").dataset.spans);
      return;
    }
    const [document, start, end] = data;
    window.qaPage.open(1, JSON.stringify([[plot.layout.meta.documents[document], start, end, start, start]]));
  };
  // Gradio draws anew for each figure, some time after its script has come.
  const wire = () => {
    const plot = one("#qa-map .js-plotly-plot");
    if (!plot?.on || plot.dataset.wired) return;
    plot.dataset.wired = "yes";
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", one(".qa-map-side")?.dataset.name || "");
    plot.on("plotly_click", (event) => clicked(plot, event.points[0]));
  };
  new MutationObserver(wire).observe(document.documentElement, { childList: true, subtree: true });
  window.qaMap = {
    opened: (question) => question || window.qaPage.question(),
  };
})();
