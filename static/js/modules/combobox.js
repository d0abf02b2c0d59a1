/* A search field that suggests titles: the combobox of ARIA 1.2 with a listbox. Typing never moves the focus; arrows
   choose, Enter opens the chosen title (or sends the form), Escape closes. Words that sound urgent bring help first: it
   stands below the form, with the titles under it, and stays while the words do. Without this module the form just
   sends. */
import { urgentNote } from "./urgent.js";

const WAIT = 180;
const SHORTEST = 2;
const MOST_KEPT = 50;

export function suggestTitles(root) {
  for (const box of root.querySelectorAll("[data-suggest]")) {
    const field = box.querySelector("input");
    if (field) new Combobox(box, field);
  }
}

class Combobox {
  constructor(box, field) {
    this.box = box;
    this.field = field;
    this.source = box.dataset.suggest;
    this.kept = new Map();
    this.chosen = -1;
    this.asked = 0;
    this.heard = "";
    this.list = make("ul", { id: `${field.id}_list`, role: "listbox", class: "combo-list", "aria-label": "Suggested titles" });
    this.list.hidden = true;
    this.told = make("p", { class: "vh", role: "status" });
    box.append(this.list, this.told);
    this.below = make("div", { class: "combo-below" });
    this.help = make("div", { "aria-live": "polite" });
    this.below.append(this.help);
    (field.form ?? box).after(this.below);
    const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(marks)) field.setAttribute(name, value);
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus while an option is pressed; otherwise the list would close before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.children];
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = this.field.value.trim().replace(/\s+/g, " ").toLowerCase();
    const turn = ++this.asked;
    if (typed.length < SHORTEST) {
      this.hear([]);
      return this.show([]);
    }
    try {
      const { urgent, suggestions } = this.kept.get(typed) ?? (await this.fetch(typed));
      if (turn === this.asked) this.hear(urgent);
      if (turn === this.asked && document.activeElement === this.field) this.show(suggestions);
    } catch {
      if (turn === this.asked) this.show([]);
    }
  }

  async fetch(typed) {
    const answer = await fetch(`${this.source}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok) return { urgent: [], suggestions: [] };
    const found = await answer.json();
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(typed, found);
    return found;
  }

  /* Help that the page itself shows already is not said again. */
  hear(urgent) {
    const kinds = urgent.filter(({ name }) => !document.querySelector(`.urgent [data-help="${CSS.escape(name)}"]`));
    const names = kinds.map(({ name }) => name).join("\n");
    if (names === this.heard) return;
    this.heard = names;
    this.help.replaceChildren(...(kinds.length ? [urgentNote(kinds)] : []));
    (kinds.length ? this.below : this.box).append(this.list);
  }

  show(found) {
    this.choose(-1);
    this.list.replaceChildren(
      ...found.map(({ title, url, kind }, place) => {
        const option = make("li", { id: `${this.field.id}_option_${place}`, role: "option", "aria-selected": "false" });
        option.dataset.url = url;
        const [words, sort] = [make("span", {}), make("small", {})];
        words.textContent = title;
        sort.textContent = kind;
        option.append(words, sort);
        return option;
      }),
    );
    this.expand(found.length > 0);
    if (found.length) this.told.textContent = `${found.length} ${found.length === 1 ? "title" : "titles"} suggested; use the arrow keys.`;
  }

  expand(open) {
    this.list.hidden = !open;
    this.field.setAttribute("aria-expanded", String(open));
    if (!open) {
      this.choose(-1);
      this.told.textContent = "";
    }
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.expand(false);
  }

  choose(place) {
    this.chosen = place;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.options[place];
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    if (event.isComposing) return;
    const count = this.options.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (this.list.hidden) this.expand(true);
      // One place more than there are options: past either end stands the field itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !this.list.hidden && this.chosen >= 0) {
      event.preventDefault();
      this.open(this.options[this.chosen]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  open(option) {
    if (option) window.location.assign(option.dataset.url);
  }
}

function make(name, attributes) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
