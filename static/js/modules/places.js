/* A field for a town or a ZIP code that suggests places. A chosen one is written out in the field, and means that place
   alone; the choice that the server offered for another text falls away with it. */
import { Combobox } from "./combobox.js";

export function suggestPlaces(root) {
  for (const box of root.querySelectorAll("[data-places]")) {
    const field = box.querySelector("input");
    if (field) new Places(box, field, box.dataset.places, ["place", "places"]);
  }
}

class Places extends Combobox {
  open(option) {
    if (!option) return;
    this.field.value = option.dataset.title;
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
