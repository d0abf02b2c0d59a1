/* While somebody types a question: help when it sounds like an emergency, and published answers that may fit.
   Urgent wording is looked for here, so that what is typed stays in the browser until it is sent. For answers only
   single words are asked for. */
import { urgentNote } from "./urgent.js";

const PAUSE = 600;
const MOST_WORDS = 12;

/* Kept in step with `plainly` in content/text/urgency.py. */
const SPOKEN = new Map([["wanna", "want to"], ["gonna", "going to"]]);

export function plainly(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "")
    .replace(/['\u2018\u2019\u02bc`\u00b4]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim()
    .split(" ").map((word) => SPOKEN.get(word) ?? word).join(" ");
}

function region(after) {
  const box = document.createElement("div");
  box.className = "live-words";
  box.setAttribute("aria-live", "polite");
  after.after(box);
  return box;
}

function afterPause(field, work) {
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(work, PAUSE);
  });
}

function watchForEmergencies(form, field, box) {
  const seen = form.elements.namedItem("seen_help");
  const before = new Set(seen?.value.split(",").filter(Boolean)); // stands above the form already
  let kinds;
  let shown = "";
  const load = () => {
    kinds ??= fetch(form.dataset.ask)
      .then((answer) => answer.json())
      .then((found) => found.kinds.map((kind) => ({ ...kind, words: new RegExp(kind.pattern) })))
      .catch(() => {
        kinds = undefined; // the server looks again when the form is sent
        return [];
      });
    return kinds;
  };
  const look = async () => {
    const text = ` ${plainly(field.value)} `;
    const found = (await load()).filter((kind) => kind.words.test(text) && !before.has(String(kind.id)));
    const ids = found.map((kind) => kind.id).join();
    if (ids === shown) return;
    shown = ids;
    box.replaceChildren(...(found.length ? [urgentNote(found)] : []));
    if (seen) seen.value = [...before, ...found.map((kind) => kind.id)].join();
  };
  field.addEventListener("focus", load, { once: true });
  afterPause(field, look);
  if (field.value) look();
}

function suggestAnswers(form, field, box) {
  let asked = "";
  let waiting;
  const look = async () => {
    const words = plainly(field.value).split(" ").filter((word) => word.length > 2 && !/\d/.test(word));
    const query = [...new Set(words)].slice(-MOST_WORDS).join(" ");
    if (query === asked) return;
    asked = query;
    waiting?.abort();
    waiting = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: query })}`, { signal: waiting.signal });
      if (answer.ok) box.innerHTML = await answer.text();
    } catch {
      // Without suggestions the form works as before.
    }
  };
  afterPause(field, look);
}

export function helpAsking(root) {
  for (const form of root.querySelectorAll("form[data-ask]")) {
    const field = form.querySelector("textarea");
    const below = field?.closest(".field");
    if (!below) continue;
    const answers = form.dataset.suggestions ? region(below) : null;
    watchForEmergencies(form, field, region(below));
    if (answers) suggestAnswers(form, field, answers);
  }
}
