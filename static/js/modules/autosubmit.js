/* What is marked data-autosubmit sends its form when it changes; its button, needed without scripts, hides.
   Boxes do so on wide screens only: where filters fold away, people choose several and then press the button. */
const KEPT = "autosubmit";

export function autoSubmit(root) {
  const wide = matchMedia("(min-width: 62rem)");
  const fields = [...root.querySelectorAll(":is(select, input)[data-autosubmit]")];
  for (const field of fields) {
    const isBox = field.type === "checkbox";
    field.addEventListener("change", () => {
      if (isBox && !wide.matches) return;
      if (field.id) sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, field.id, scrollY]));
      field.form.requestSubmit();
    });
    for (const button of field.form.elements) {
      if (button.matches("button[data-autosubmit]")) button.hidden = !isBox || wide.matches;
    }
  }
  comeBack(root);
}

/* The page comes again: the reader stays where they were, with the keyboard too. */
function comeBack(root) {
  const [path, id, top] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  sessionStorage.removeItem(KEPT);
  const field = path === location.pathname && root.getElementById(id);
  if (!field) return;
  field.focus({ preventScroll: true });
  scrollTo({ top, behavior: "instant" });
}
