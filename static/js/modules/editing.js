/* Every twenty seconds an open form says that it is open. The answer names the others and the newest version.
   Without scripts the page tells who had it open when it was loaded, and no save can overwrite another one. */
const EVERY = 20_000;

function words(others, newest, read) {
  if (newest && newest.number > read) {
    return `${newest.who} has just saved version ${newest.number} of this page.`;
  }
  if (!others.length) return "";
  return `${others.join(" and ")} ${others.length > 1 ? "have" : "has"} this page open too.`;
}

export function watchEditing(root) {
  const note = root.querySelector("[data-editing]");
  const form = note?.closest("form");
  if (!form) return;
  const said = note.querySelector("strong");
  const read = () => Number(form.elements.read_version.value);
  const message = (more = {}) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return data;
  };
  const beat = async () => {
    if (root.hidden) return;
    try {
      const response = await fetch(note.dataset.editing, { method: "POST", body: message(), credentials: "same-origin" });
      if (!response.ok) return;
      const { others, newest } = await response.json();
      const text = words(others, newest, read());
      if (said.textContent !== text) said.textContent = text;
      note.hidden = !text;
    } catch {
      // The network is away; saving will say so.
    }
  };
  setInterval(beat, EVERY);
  root.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", () => navigator.sendBeacon(note.dataset.editing, message({ leave: "1" })));
}
