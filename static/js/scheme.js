/* The reader's colors. Runs before the first paint, so that the page does not flash; the choice stays in this browser. */
(() => {
  "use strict";
  const KEY = "scheme";
  const root = document.documentElement;
  const read = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const write = (choice) => {
    try {
      if (choice === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch { /* a browser that keeps nothing still shows the choice on this page */ }
  };
  const show = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.scheme = choice;
    else delete root.dataset.scheme;
  };
  show(read());
  document.addEventListener("DOMContentLoaded", () => {
    const chosen = read() || "auto";
    for (const box of document.querySelectorAll(".scheme")) {
      box.hidden = false;
      for (const radio of box.querySelectorAll("input")) {
        radio.checked = radio.value === chosen;
        radio.addEventListener("change", () => { write(radio.value); show(radio.value); });
      }
    }
  });
  addEventListener("storage", (event) => { if (event.key === KEY) show(event.newValue); });
})();
