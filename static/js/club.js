/* What one writes on a journal club's sheet stays in this browser, and nowhere else. */
const KEY = `club:${location.pathname}`;
const sheet = document.querySelector("[data-keep-notes]");
const fields = [...(sheet?.querySelectorAll("input, textarea") ?? [])];

try {
  const kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
  for (const field of fields) field.value ||= kept[field.id] ?? "";
} catch { /* nothing was kept, or this browser keeps nothing */ }

sheet?.addEventListener("input", () => {
  const typed = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.id, field.value]));
  try { localStorage.setItem(KEY, JSON.stringify(typed)); } catch { /* the fields are there to print all the same */ }
});
