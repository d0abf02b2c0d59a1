/* Half an answer is kept while it is written: at every pause, and when the page is left. The same message says that the
   question is open here; its answer names the colleagues who have it open too. */
const PAUSE = 2_000;
const EVERY = 20_000;
const AT_ONCE = 60_000; // characters that a browser still sends while a page goes

const clock = () => new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
const openToo = (others) => (others.length ? `${others.join(" and ")} ${others.length > 1 ? "have" : "has"} this question open too.` : "");

export function keepAnswer(root) {
  const section = root.querySelector("[data-draft]");
  const field = section?.querySelector("textarea");
  if (!field) return;
  const { form } = field;
  const note = section.querySelector("[data-kept]");
  const beside = root.querySelector("[data-others]");
  let kept = field.value;
  let timer = 0;
  let sending = null;
  let refused = false;

  const message = (more) => {
    const data = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, ...more });
    if (!refused && field.value !== kept) {
      data.set("answer", field.value);
      data.set("drafted", form.elements.drafted.value);
    }
    return data;
  };

  const taken = (sent, { others, drafted, problem }) => {
    const said = openToo(others);
    const words = beside.querySelector("strong");
    if (words.textContent !== said) words.textContent = said;
    beside.hidden = !said;
    if (problem) {
      refused = true;
      note.textContent = problem;
    } else if (sent !== null) {
      kept = sent;
      field.defaultValue = sent;
      form.elements.drafted.value = drafted;
      note.textContent = sent ? `Draft kept at ${clock()}` : "No draft is kept.";
    }
  };

  const send = async (more = {}) => {
    clearTimeout(timer);
    timer = 0;
    const body = message(more);
    const sent = body.has("answer") ? body.get("answer") : null;
    const keepalive = "leave" in more && (sent ?? "").length < AT_ONCE;
    try {
      const answer = await fetch(section.dataset.draft, { method: "POST", body, credentials: "same-origin", keepalive, redirect: "error" });
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      taken(sent, await answer.json());
    } catch {
      if (sent !== null) note.textContent = "Not kept yet: the connection or your session has ended. Your words stand here.";
    }
  };
  const keep = () => {
    sending ??= send().finally(() => { sending = null; });
    return sending;
  };

  section.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  // A press waits until the draft that is on its way has been kept, so that it is not taken for a colleague's.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = 0;
    if (!sending) return;
    event.preventDefault();
    const { submitter } = event;
    sending.then(() => form.requestSubmit(submitter));
  });
  setInterval(() => { if (!root.hidden) keep(); }, EVERY);
  root.addEventListener("visibilitychange", () => { if (root.hidden && timer) keep(); });
  addEventListener("pagehide", () => send({ leave: "1" }));
}
