/* Asks before a page is left on which somebody has typed what is not saved yet. */

// What says which rows are chosen, or which draft was read, not what they should say.
const PASSING = new Set(["drafted", "action", "index", "select_across", "_selected_action", "csrfmiddlewaretoken"]);
const OTHERS = new Set(["hidden", "checkbox", "radio", "file", "submit", "button", "reset", "image"]);

const isText = (field) => field.localName === "textarea" || (field.localName === "input" && !OTHERS.has(field.type));
const isTyped = (field) => field.name && isText(field) && !field.readOnly && field.value !== field.defaultValue;

/* Choices, files, and how many rows a table has. Text is compared with what the page came with, since a browser may
   put back what was typed before the page was left. */
function chosen(form) {
  const rest = [...form.elements].filter((field) => field.name && !isText(field) && !PASSING.has(field.name));
  return JSON.stringify(rest.map((field) => [field.name, field.checked ?? null, stated(field)]));
}

function stated(field) {
  return field.localName === "select" ? [...field.selectedOptions].map((option) => option.value) : field.value;
}

const isGiven = (field) => {
  if (!field.name || PASSING.has(field.name) || field.readOnly) return false;
  if (field.localName === "select") return field.selectedIndex > 0;
  return isText(field) ? field.value.trim() !== "" : field.checked;
};

/* A form that came back with something to correct holds words that are nowhere else, unless it is as empty as before. */
const cameBack = (form) =>
  form.hasAttribute("data-unsaved") ||
  ((form.querySelector(".errorlist") || document.querySelector("#content .form-errors")) && [...form.elements].some(isGiven));

export function askBeforeLeaving(root) {
  const forms = [...root.querySelectorAll("#content form[method=post]")];
  const before = new Map(forms.map((form) => [form, chosen(form)]));
  let sent = null;
  const isUnsaved = (form) =>
    form !== sent && (cameBack(form) || [...form.elements].some(isTyped) || chosen(form) !== before.get(form));
  root.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.submitter?.formTarget !== "_blank") sent = event.target;
  });
  root.addEventListener("saved", ({ target: form, detail: sent }) => {
    form.removeAttribute("data-unsaved");
    // What was typed while it was on its way is not saved yet.
    for (const field of [...form.elements].filter(isText)) field.defaultValue = sent.get(field.name) ?? field.value;
    before.set(form, chosen(form));
  });
  window.addEventListener("pageshow", () => {
    sent = null;
  });
  window.addEventListener("beforeunload", (event) => {
    if (forms.some(isUnsaved)) event.preventDefault();
  });
}
