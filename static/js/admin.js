/* Names for controls of the stock admin that have none: fields in tables, split dates, search-as-you-type selects.
   And nobody leaves typed words behind without being asked, or loses them with the browser. */
import { keepWords } from "./modules/kept-words.js";
import { askBeforeLeaving } from "./modules/unsaved.js";

const text = (node) => node?.textContent.replace(/\s+/g, " ").replace(/:\s*$/, "").trim() ?? "";
const named = (field) => field.labels?.length || field.ariaLabel || field.hasAttribute("aria-labelledby");

function nameTables(root) {
  for (const row of root.querySelectorAll(".tabular tr.form-row")) {
    const heads = row.closest("table").querySelectorAll("thead th");
    const about = text(row.querySelector("td.original p"));
    for (const cell of row.cells) {
      const column = cell.classList.contains("delete") ? "Delete" : text(heads[cell.cellIndex]);
      for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        if (!named(field)) field.ariaLabel = [column, about].filter(Boolean).join(", ");
      }
    }
  }
  for (const head of root.querySelectorAll("thead th")) {
    if (text(head) || head.querySelector("input")) continue;
    const word = document.createElement("span");
    word.className = "visually-hidden";
    word.textContent = head.classList.contains("original") ? "Entry" : "More";
    head.replaceChildren(word);
  }
}

function nameDates(root) {
  for (const field of root.querySelectorAll(".vDateField, .vTimeField")) {
    if (named(field)) continue;
    const row = field.closest(".form-row, td");
    const label = text(row?.querySelector("legend, label, .fieldset-legend"));
    field.ariaLabel = [label, field.classList.contains("vDateField") ? "date" : "time"].filter(Boolean).join(", ");
  }
}

function nameSelects(root) {
  for (const box of root.querySelectorAll(".select2-selection[role=combobox]")) {
    const select = box.closest(".select2")?.previousElementSibling;
    const label = text(select?.labels?.[0]) || select?.ariaLabel || "Choose";
    box.ariaLabel = label;
    box.removeAttribute("aria-labelledby");
    const shown = box.querySelector("[role=textbox]");
    shown?.removeAttribute("role");
    shown?.removeAttribute("aria-readonly");
  }
  for (const hint of root.querySelectorAll("span.help-tooltip[aria-label]")) hint.setAttribute("role", "img");
}

function nameAll() {
  nameTables(document);
  nameDates(document);
  nameSelects(document);
}

nameAll();
askBeforeLeaving(document);
keepWords(document);
// Search-as-you-type selects and added rows come later; naming changes no children, so this does not call itself.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
