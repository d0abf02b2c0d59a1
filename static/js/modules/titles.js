/* A search field that suggests titles and opens the chosen one. Words that sound urgent bring help first: it stands below
   the form, with the titles under it, and stays while the words do. */
import { Combobox, make } from "./combobox.js";
import { urgentNote } from "./urgent.js";

export function suggestTitles(root) {
  for (const box of root.querySelectorAll("[data-suggest]")) {
    const field = box.querySelector("input");
    if (field) new Titles(box, field, box.dataset.suggest, ["title", "titles"]);
  }
}

class Titles extends Combobox {
  constructor(...given) {
    super(...given);
    this.heard = "";
    this.below = make("div", { class: "combo-below" });
    this.help = make("div", { "aria-live": "polite" });
    this.below.append(this.help);
    (this.field.form ?? this.box).after(this.below);
  }

  /* Help that the page itself shows already is not said again. */
  hear({ urgent = [] }) {
    const kinds = urgent.filter(({ name }) => !document.querySelector(`.urgent [data-help="${CSS.escape(name)}"]`));
    const names = kinds.map(({ name }) => name).join("\n");
    if (names === this.heard) return;
    this.heard = names;
    this.help.replaceChildren(...(kinds.length ? [urgentNote(kinds)] : []));
    (kinds.length ? this.below : this.box).append(this.list);
  }

  open(option) {
    if (option) window.location.assign(option.dataset.url);
  }
}
