/* Links that name a field of the form, and an address that does, lead to where one types: the editor in whose place a
   hidden field stands, the box of a choice that is searched, the first half of a moment. A group that is closed opens. */
function placeOf(root, id) {
  const field = root.getElementById(id) ?? root.getElementById(`${id}_0`);
  if (!field) return null;
  const editor = field.closest(".prose-editor")?.querySelector(".ProseMirror");
  const choice = field.classList.contains("select2-hidden-accessible") && field.nextElementSibling?.querySelector("[role=combobox]");
  return editor || choice || field;
}

function lead(root, hash) {
  if (!hash.startsWith("#id_")) return false;
  const place = placeOf(root, hash.slice(1));
  const group = place?.closest("details");
  if (group) group.open = true;
  place?.focus();
  return Boolean(place);
}

export function leadToFields(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#id_']");
    if (link && lead(root, link.hash)) event.preventDefault();
  });
  addEventListener("hashchange", () => lead(root, location.hash));
  // The editors take their fields' places while the page loads.
  addEventListener("load", () => lead(root, location.hash));
}
