/* A text field that suggests: the combobox of ARIA 1.2 with a listbox. Typing never moves the focus; arrows choose, Enter
   takes the chosen one (or sends the form), Escape closes. Without this module the form just sends. */
const WAIT = 180;
const SHORTEST = 2;
const MOST_KEPT = 50;

/* `words` names what is suggested: one, many. Who extends it says what becomes of a chosen option: open(option). */
export class Combobox {
  constructor(box, field, source, words) {
    this.box = box;
    this.field = field;
    this.source = source;
    this.words = words;
    this.kept = new Map();
    this.chosen = -1;
    this.asked = 0;
    this.list = make("ul", { id: `${field.id}_list`, role: "listbox", class: "combo-list", "aria-label": `Suggested ${words[1]}` });
    this.list.hidden = true;
    this.told = make("p", { class: "vh", role: "status" });
    box.append(this.list, this.told);
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
      this.hear({});
      return this.show([]);
    }
    try {
      const found = this.kept.get(typed) ?? (await this.fetch(typed));
      if (turn === this.asked) this.hear(found);
      if (turn === this.asked && document.activeElement === this.field) this.show(found.suggestions);
    } catch {
      if (turn === this.asked) this.show([]);
    }
  }

  async fetch(typed) {
    const answer = await fetch(`${this.source}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok) return { suggestions: [] };
    const found = await answer.json();
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(typed, found);
    return found;
  }

  /* What else the answer holds. */
  hear() {}

  show(found) {
    this.choose(-1);
    this.list.replaceChildren(
      ...found.map(({ title, url, kind }, place) => {
        const option = make("li", { id: `${this.field.id}_option_${place}`, role: "option", "aria-selected": "false" });
        option.dataset.title = title;
        if (url) option.dataset.url = url;
        const [words, sort] = [make("span", {}), make("small", {})];
        words.textContent = title;
        sort.textContent = kind;
        option.append(words, sort);
        return option;
      }),
    );
    this.expand(found.length > 0);
    if (found.length) this.told.textContent = `${found.length} ${this.words[found.length === 1 ? 0 : 1]} suggested; use the arrow keys.`;
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
}

export function make(name, attributes) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
