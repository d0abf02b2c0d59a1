/* A search field over what can be chosen, as radio buttons: found while one types, more on demand. */
import { make, newId } from "./dom.js";

const WAIT = 250;

export function chooser({ url, label, hint = "", row, empty, grid = false, onchoose = () => {} }) {
  const name = newId("choice");
  const search = make("input", { type: "search", id: newId("search"), autocomplete: "off", autofocus: true, maxlength: "200" });
  const list = make("div", { class: grid ? "prose-choices prose-choices--grid" : "prose-choices", role: "radiogroup", "aria-label": "What was found" });
  const said = make("p", { class: "prose-hint", role: "status" });
  const more = make("button", { type: "button", class: "btn btn--quiet btn--s", hidden: true, onclick: () => load(page + 1) }, "Show more");
  const rows = new Map();
  let page = 1, timer = 0, asked = 0;

  async function load(number) {
    const turn = ++asked;
    const answer = await fetch(`${url}?${new URLSearchParams({ q: search.value, page: number })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (turn !== asked) return;
    const found = answer?.ok ? await answer.json() : null;
    if (turn !== asked) return;
    if (!found) { said.textContent = "The list could not be loaded. Please try again."; return; }
    page = number;
    if (number === 1) { list.replaceChildren(); rows.clear(); }
    for (const one of found.rows) {
      const input = make("input", { type: "radio", name, id: newId("choice"), onchange: () => onchoose(one) });
      rows.set(input, one);
      list.append(make("label", { class: "prose-choice", for: input.id }, input, ...row(one)));
    }
    more.hidden = !found.more;
    said.textContent = found.total ? `${found.total} found` : empty;
  }

  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => load(1), WAIT); });
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); clearTimeout(timer); load(1); } });
  load(1);
  const head = make("div", { class: "prose-field" }, make("label", { for: search.id }, label), hint ? make("small", { class: "prose-hint" }, hint) : null, search);
  return { node: make("div", { class: "prose-chooser" }, head, said, list, more), search, value: () => rows.get(list.querySelector("input:checked")) ?? null };
}
