/* Tables, live blocks (positions) and the source. */
import { ask, field, Refusal } from "./dialog.js";
import { chainIn, make } from "./dom.js";
import { tidied } from "./html.js";

export async function table(editor) {
  const rows = make("input", { type: "number", min: "1", max: "50", value: "3", autofocus: true });
  const columns = make("input", { type: "number", min: "1", max: "12", value: "3" });
  const caption = make("input", { type: "text", maxlength: "200" });
  const heads = make("input", { type: "checkbox", checked: true });
  const size = (input, most, words) => {
    const number = Number(input.value);
    if (!Number.isInteger(number) || number < 1 || number > most) throw new Refusal({ [input.name]: [`From 1 to ${most} ${words}.`] });
    return number;
  };
  const answer = await ask({
    title: "Insert a table", label: "Insert table",
    body: [
      make("div", { class: "prose-pair" }, field("Rows", rows, { name: "rows" }), field("Columns", columns, { name: "columns" })),
      field("What the table shows", caption, { name: "caption", hint: "Stands above it, as in “Doses by age”." }),
      field("The first row names the columns", heads, { name: "heads" }),
    ],
    submit: () => ({ rows: size(rows, 50, "rows"), cols: size(columns, 12, "columns"), withHeaderRow: heads.checked, caption: caption.value.trim() }),
  });
  const chain = chainIn(editor);
  if (!answer) { chain.run(); return; }
  chain.insertTable(answer).updateAttributes("table", { caption: answer.caption }).run();
}

export async function tableCaption(editor) {
  const words = make("input", { type: "text", maxlength: "200", value: editor.getAttributes("table").caption ?? "", autofocus: true });
  const answer = await ask({ title: "What the table shows", label: "Save", body: [field("Caption", words, { name: "caption", hint: "Stands above the table." })], submit: () => ({ caption: words.value.trim() }) });
  const chain = chainIn(editor);
  if (answer) chain.updateAttributes("table", answer);
  chain.run();
}

/* A live block: a list, a form or an emblem that the site fills in whenever the page is shown. */
export async function block(editor, tools) {
  const select = make("select", { autofocus: true }, ...tools.positions.map((one, place) => make("option", { value: String(place) }, one.label)));
  const given = make("div");
  const chosen = () => tools.positions[Number(select.value)];
  const show = () => given.replaceChildren(...chosen().arguments.map(({ name, kind }) =>
    field(`${name.replaceAll("_", " ")} (optional)`, make("input", { type: kind === "int" ? "number" : "text", maxlength: "80" }), { name, hint: kind === "int" ? "A number." : "" })));
  select.addEventListener("change", show);
  show();
  const answer = await ask({
    title: "Insert a live block", label: "Insert block",
    body: [make("p", { class: "prose-hint" }, "The site fills it in whenever somebody opens the page."), field("Which one", select, { name: "position" }), given],
    submit(form) {
      const written = [chosen().name];
      for (const { name } of chosen().arguments) {
        const value = form.elements.namedItem(name).value.trim();
        if (value && !/^[\w./-]+$/.test(value)) throw new Refusal({ [name]: ["Letters, digits, hyphens and dots only."] });
        if (value) written.push(`${name}=${value}`);
      }
      return { written: written.join(" ") };
    },
  });
  const chain = chainIn(editor);
  if (answer) chain.insertContent([{ type: "position", attrs: answer }, { type: "paragraph" }]);
  chain.run();
}

export async function source(editor) {
  const html = make("textarea", { rows: "14", spellcheck: "false", class: "prose-source", autofocus: true });
  html.value = tidied(editor.getHTML()).replace(/(<\/(?:p|h[2-4]|ul|ol|li|table|tr|thead|tbody|blockquote|aside|figure|dl|dt|dd)>|<hr>)(?=<)/g, "$1\n");
  const answer = await ask({
    title: "The text as HTML", label: "Apply", wide: true,
    body: [field("HTML", html, { name: "html", hint: "What a page may not hold is left out when you apply it." })],
    submit: () => ({ html: html.value }),
  });
  const chain = chainIn(editor);
  if (answer) chain.setContent(answer.html, { emitUpdate: true });
  chain.run();
}
