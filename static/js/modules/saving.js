/* Save, and the keys for it (Ctrl+S, ⌘S), where the page stays as it is: what was typed is sent beside, and the bar says
   that it is kept. Whatever is not plain — a new page, rows that were added, words that are refused — is sent as ever, and
   the page that comes back says what is to be done. */
const SAVING = "Saving…";
const PATCHED = [".checklist", "#content > h2"]; // what a save may have changed around the form

const isSaveKey = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";

/* Rows that the server numbers, and files: the form as a whole has to come anew. */
function isPlain(form) {
  const counts = [...form.elements].filter((field) => field.name?.endsWith("-TOTAL_FORMS"));
  const grown = counts.some((field) => field.value !== field.defaultValue);
  const drops = [...form.elements].some((field) => field.name?.endsWith("-DELETE") && field.checked);
  const rows = [...form.querySelectorAll(".inline-related:not(.has_original):not(.empty-form) input:not([type=hidden])")];
  return Boolean(form.elements.read_version) && !grown && !drops && !rows.some((field) => field.value !== field.defaultValue);
}

function take(form, page, sent) {
  for (const selector of PATCHED) {
    const [here, there] = [document.querySelector(selector), page.querySelector(selector)];
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  for (const name of ["read_version", "csrfmiddlewaretoken"]) {
    const fresh = page.querySelector(`#${form.id} [name=${name}]`);
    if (fresh) form.elements[name].value = fresh.value;
  }
  for (const list of document.querySelectorAll(".messagelist")) list.remove();
  document.title = page.title;
  form.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: sent }));
  document.querySelector(".page-bar-said").textContent = page.querySelector(".page-bar-said").textContent.trim();
}

export function saveInPlace(root) {
  const form = root.querySelector(".page-bar")?.closest("form");
  if (!form) return;
  let busy = false;
  const button = () => root.querySelector("[data-save]");
  const plainly = () => {
    form.dataset.plain = "1";
    form.requestSubmit(button());
    delete form.dataset.plain;
  };
  const save = async () => {
    if (busy) return;
    busy = true;
    root.querySelector(".page-bar-said").textContent = SAVING;
    try {
      const sent = new FormData(form, button());
      const response = await fetch(location.href, { method: "POST", body: sent, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const isSaved = response.ok && response.redirected && new URL(response.url).pathname === location.pathname;
      if (isSaved && page.querySelector(".page-bar")) take(form, page, sent);
      else plainly();
    } catch {
      plainly(); // the browser itself says that the network is away
    }
    busy = false;
  };
  form.addEventListener("submit", (event) => {
    const asked = event.submitter?.name === "_continue" || event.submitter?.hasAttribute("data-save");
    if (!asked || form.dataset.plain || !isPlain(form)) return;
    event.preventDefault();
    save();
  });
  root.addEventListener("keydown", (event) => {
    if (!isSaveKey(event)) return;
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(button());
  });
}

/* A text with an editor is a hidden field; the focus that the page meant for it goes to the editor. */
export function focusWrongText(root) {
  const text = root.querySelector("textarea[autofocus]");
  const box = text?.closest(".prose-editor")?.querySelector(".ProseMirror");
  if (box) box.focus();
  else if (text && !text.closest(".prose-editor")) text.focus();
}
