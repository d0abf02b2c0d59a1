/* Keeps what is typed into a form that says where: when one pauses, and when one leaves. The server takes it unchecked,
   says of a new one where it lives from then on, and of one that somebody else has saved, where both can be compared.
   When it has had too many it says after how many seconds (`again`) it takes more, and the words are sent once more then. */
const PAUSE = 2_000;
const AT_ONCE = 60_000; // characters that a browser still sends while a page goes

const clock = () => new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

export function keepDraft(root) {
  const form = root.querySelector("form[data-keep]");
  if (!form) return;
  const note = form.querySelector("[data-kept]");
  let timer = 0;
  let sending = false;
  let again = false;
  let gone = false;
  let last = "";

  const words = () => new URLSearchParams(new FormData(form));
  const comparable = (sent) => {
    const rest = new URLSearchParams(sent);
    for (const name of ["csrfmiddlewaretoken", "version"]) rest.delete(name);
    return rest.toString();
  };
  const say = (text, see = "") => {
    note.replaceChildren(text, ...(see ? [" ", Object.assign(document.createElement("a"), { href: see, textContent: form.dataset.compare || "Compare both" })] : []));
  };

  const taken = ({ version, save, edit }) => {
    form.elements.namedItem("version").value = version;
    if (form.dataset.keep !== save) {
      form.dataset.keep = save;
      form.action = edit;
      history.replaceState(null, "", edit);
    }
    say(`Saved at ${clock()}`);
  };

  const keep = async (leaving = false) => {
    clearTimeout(timer);
    const sent = words();
    if (gone || comparable(sent) === last) return;
    if (sending) { again = true; return; }
    sending = true;
    let later = 0;
    const before = last;
    last = comparable(sent);
    try {
      const keepalive = leaving && last.length < AT_ONCE;
      const answer = await fetch(form.dataset.keep, { method: "POST", body: sent, credentials: "same-origin", keepalive, redirect: "error" });
      const told = await answer.json();
      if (answer.ok) taken(told);
      else say(told.said, told.see);
      if (told.again) { last = before; later = told.again * 1_000; }
    } catch {
      last = before;
      say("Not saved yet: the connection or your session has ended. Your words stand here; press “Save as a draft” before you leave.");
    } finally {
      sending = false;
      if (again) { again = false; soon(); }
      else if (later) timer = setTimeout(keep, later);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => { gone = true; clearTimeout(timer); });
  addEventListener("pageshow", () => { gone = false; });
  addEventListener("pagehide", () => { if (timer) keep(true); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer) keep(true); });
}
