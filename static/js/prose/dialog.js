/* A dialog that asks one thing and gives the focus back. `submit` may be slow and may refuse: it returns the answer, or
   throws Refusal with sentences by field. */
import { make, newId } from "./dom.js";

export class Refusal extends Error {
  constructor(errors) {
    super("refused");
    this.errors = errors;
  }
}

export function field(label, input, { hint = "", name = "" } = {}) {
  input.id ||= newId("field");
  if (name) input.name = name;
  const said = hint ? make("small", { id: newId("hint"), class: "prose-hint" }, hint) : null;
  if (said) input.setAttribute("aria-describedby", said.id);
  const isBox = input.type === "checkbox";
  const words = make("label", { for: input.id }, label);
  const row = make("div", { class: isBox ? "prose-field prose-field--box" : "prose-field" });
  if (isBox) row.append(input, make("div", {}, words, said ?? ""));
  else row.append(words, said ?? "", input);
  return row;
}

function tell(form, summary, errors) {
  for (const old of form.querySelectorAll(".prose-error")) old.remove();
  for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
  const rest = [];
  let first = null;
  for (const [name, words] of Object.entries(errors)) {
    const input = form.elements.namedItem(name);
    if (!(input instanceof HTMLElement) || input.closest("[hidden]")) { rest.push(...words); continue; }
    input.setAttribute("aria-invalid", "true");
    input.closest(".prose-field").append(make("p", { class: "prose-error" }, words.join(" ")));
    first ??= input;
  }
  summary.replaceChildren(...rest.map((words) => make("p", {}, words)));
  summary.hidden = !rest.length;
  (first ?? summary).focus();
}

export function ask({ title, body, label, submit, extra = [], wide = false }) {
  return new Promise((resolve) => {
    const heading = make("h2", { id: newId("title") }, title);
    const summary = make("div", { class: "prose-errors", role: "alert", tabindex: "-1", hidden: true });
    const send = make("button", { type: "submit", class: "btn" }, label);
    const cancel = make("button", { type: "button", class: "btn btn--quiet", onclick: () => end() }, "Cancel");
    let answer = null;
    /* The browser tells of a closed dialog in a later task; whoever asked goes on in this one, so that the text has the keys
       by the time the dialog is gone. */
    const end = () => { dialog.close(); dialog.remove(); resolve(answer); };
    const others = extra.map(({ label: words, value }) =>
      make("button", { type: "button", class: "btn btn--danger prose-push", onclick: () => { answer = value; end(); } }, words),
    );
    const form = make("form", { novalidate: true }, heading, summary, ...body, make("div", { class: "prose-actions" }, send, cancel, ...others));
    const dialog = make("dialog", { class: wide ? "prose-dialog prose-dialog--wide" : "prose-dialog", "aria-labelledby": heading.id }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (send.getAttribute("aria-busy")) return;
      send.setAttribute("aria-busy", "true");
      try {
        answer = await submit(form);
        end();
      } catch (problem) {
        if (!(problem instanceof Refusal)) console.error(problem);
        tell(form, summary, problem instanceof Refusal ? problem.errors : { "": ["This did not work. Please try again."] });
      } finally {
        send.removeAttribute("aria-busy");
      }
    });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    (document.getElementById("container") ?? document.body).append(dialog);
    dialog.showModal();
    form.querySelector("[autofocus]")?.focus();
  });
}

/* Two ways to the same end, as a pair of radio buttons over two panes. */
export function panes(legend, ways) {
  const name = newId("way");
  const boxes = ways.map(({ label }, place) => {
    const input = make("input", { type: "radio", name, id: newId("way"), value: String(place), checked: place === 0, onchange: () => show(place) });
    return make("label", { class: "prose-way", for: input.id }, input, make("span", {}, label));
  });
  const show = (chosen) => ways.forEach(({ body }, place) => { body.hidden = place !== chosen; });
  show(0);
  const node = make("fieldset", { class: "prose-ways" }, make("legend", { class: "visually-hidden" }, legend), ...boxes);
  return { node, chosen: () => Number(node.querySelector(":checked").value) };
}

export async function send(editor, url, data) {
  const form = new FormData();
  for (const [name, value] of Object.entries(data)) form.append(name, value);
  const token = editor.view.dom.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(url, { method: "POST", body: form, headers: { "X-CSRFToken": token, Accept: "application/json" } });
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said.row;
  if (said?.errors) throw new Refusal(said.errors);
  throw new Refusal({ "": [answer.status === 403 ? "You may not add files. Please ask a colleague." : "The file did not arrive. Please try again, or choose a smaller one."] });
}
