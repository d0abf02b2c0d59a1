/* What was typed into a form comes back when the session had ended before the press: the page that says so keeps it in
   this tab, and the same form, opened after signing in, holds it again. Loaded before the editors start. */
const SENT = "sent:";
const KEPT = "kept:";
const SAID = "What you typed before your session ended stands in the form again. It is not saved yet.";
const OTHERS = new Set(["hidden", "password", "checkbox", "radio", "file", "submit", "button", "reset", "image"]);

const isText = (field) => field.localName === "textarea" || (field.localName === "input" && !OTHERS.has(field.type));
const texts = (form) => [...form.elements].filter((field) => field.name && isText(field) && !field.readOnly);

function remember(form) {
  const typed = texts(form).filter((field) => field.value !== field.defaultValue);
  try {
    sessionStorage.setItem(SENT + location.pathname, JSON.stringify(typed.map((field) => [field.name, field.value])));
  } catch {
    // No room in this tab: the page that says so shows the words.
  }
}

function putBack(kept) {
  const typed = new Map(JSON.parse(kept));
  const fields = [...document.querySelectorAll(":is(#content, main) form[method=post]")].flatMap(texts);
  const found = fields.filter((field) => typed.has(field.name) && field.value !== typed.get(field.name));
  for (const field of found) field.value = typed.get(field.name);
  if (!found.length) return;
  const desk = document.querySelector("#content");
  const note = document.createElement(desk ? "li" : "div");
  note.className = desk ? "warning" : "note note--warn";
  note.append(desk ? SAID : Object.assign(document.createElement("p"), { textContent: SAID }));
  const list = document.createElement(desk ? "ul" : "div");
  list.className = desk ? "messagelist" : "wrap messages";
  list.append(note);
  (desk ?? document.querySelector("main")).before(list);
}

const ended = document.querySelector("[data-session-ended]");
if (ended) {
  const page = new URL(ended.dataset.sessionEnded, location.href).pathname;
  const sent = sessionStorage.getItem(SENT + page);
  if (sent) sessionStorage.setItem(KEPT + page, sent);
} else {
  const kept = sessionStorage.getItem(KEPT + location.pathname);
  sessionStorage.removeItem(KEPT + location.pathname);
  if (kept) putBack(kept);
  document.addEventListener("submit", (event) => remember(event.target));
}
for (const key of Object.keys(sessionStorage).filter((key) => key.startsWith(SENT))) sessionStorage.removeItem(key);
