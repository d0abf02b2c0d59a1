/* Pictures: chosen from the library or uploaded on the spot, described, with a caption if one is wanted. */
import { chooser } from "./chooser.js";
import { ask, field, panes, Refusal, send } from "./dialog.js";
import { chainIn, make } from "./dom.js";

const NEEDS_ALT = "Say in a few words what the picture shows, or mark it as decorative.";

function described() {
  const alt = make("input", { type: "text", maxlength: "300" });
  const decorative = make("input", { type: "checkbox" });
  const caption = make("input", { type: "text", maxlength: "300" });
  decorative.addEventListener("change", () => { alt.disabled = decorative.checked; });
  const body = [
    field("Description", alt, { name: "alt", hint: "What it shows, for those who do not see it: a sentence, without “picture of”." }),
    field("Decorative", decorative, { name: "is_decorative", hint: "It says nothing that the text does not say." }),
    field("Caption (optional)", caption, { name: "caption", hint: "Stands below the picture, for everybody." }),
  ];
  const fill = (words) => {
    alt.value = words.alt ?? "";
    decorative.checked = Boolean(words.decorative);
    alt.disabled = decorative.checked;
    if (words.caption !== undefined) caption.value = words.caption;
  };
  const read = () => {
    if (!alt.value.trim() && !decorative.checked) throw new Refusal({ alt: [NEEDS_ALT] });
    return { alt: decorative.checked ? "" : alt.value.trim(), role: decorative.checked ? "presentation" : null, caption: caption.value.trim() };
  };
  return { body, fill, read, alt, decorative };
}

const image = (row, words) => ({ type: "image", attrs: { src: row.src, width: String(row.width), height: String(row.height), alt: words.alt, role: words.role } });
const caption = (words) => (words.caption ? [{ type: "caption", content: [{ type: "text", text: words.caption }] }] : []);

/* The picture that is selected, alone or in its figure. */
export function selectedPicture(editor) {
  const { selection, doc } = editor.state;
  const around = (depth) => ({ node: selection.$from.node(depth), at: selection.$from.before(depth) });
  let found = selection.node && ["image", "figure"].includes(selection.node.type.name) ? { node: selection.node, at: selection.from } : null;
  for (let depth = selection.$from.depth; depth > 0; depth -= 1) if (selection.$from.node(depth).type.name === "figure") found = around(depth);
  if (!found) return null;
  const shown = found.node.type.name === "image" ? found.node : found.node.firstChild;
  if (shown?.type.name !== "image") return null;
  const below = found.node.type.name === "figure" ? found.node.childCount > 1 ? found.node.lastChild : null : null;
  return { ...found, doc, image: shown, caption: below };
}

async function change(editor, found) {
  const words = described();
  words.fill({ alt: found.image.attrs.alt, decorative: found.image.attrs.role === "presentation", caption: found.caption?.textContent ?? "" });
  words.alt.setAttribute("autofocus", "");
  const look = make("img", { class: "prose-look", src: found.image.attrs.src, alt: "" });
  const answer = await ask({ title: "This picture", label: "Save", body: [look, ...words.body], submit: () => words.read(), extra: [{ label: "Take it out", value: "remove" }] });
  if (!answer) return;
  const place = { from: found.at, to: found.at + found.node.nodeSize };
  if (answer === "remove") { chainIn(editor).deleteRange(place).run(); return; }
  const content = { type: "figure", content: [{ type: "image", attrs: { ...found.image.attrs, alt: answer.alt, role: answer.role } }, ...caption(answer)] };
  chainIn(editor).insertContentAt(place, content).run();
}

export async function picture(editor, tools) {
  const found = selectedPicture(editor);
  if (found) { await change(editor, found); return; }
  const words = described();
  const library = chooser({
    url: tools.pictures, label: "Search the library", grid: true,
    empty: "Nothing found. Try fewer words, or upload a new picture.",
    row: (one) => [make("img", { src: one.thumb, alt: "", loading: "lazy" }), make("span", {}, one.title)],
    onchoose: (one) => words.fill({ alt: one.alt, decorative: one.decorative, caption: one.credit }),
  });
  const file = make("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/gif" });
  const credit = make("input", { type: "text", maxlength: "160" });
  const upload = make("div", {},
    field("Picture file", file, { name: "upload", hint: "JPEG, PNG, WebP or GIF, at most 20 MB. Where and with what it was taken is not kept." }),
    field("Credit (optional)", credit, { name: "credit", hint: "Who made it." }));
  const ways = panes("Where the picture comes from", [{ label: "From the library", body: library.node }, ...(tools["picture-upload"] ? [{ label: "Upload a new one", body: upload }] : [])]);
  const answer = await ask({
    title: "Insert a picture", label: "Insert picture", wide: true,
    body: [ways.node, library.node, upload, ...words.body],
    async submit() {
      if (ways.chosen() === 0) {
        const row = library.value();
        if (!row) throw new Refusal({ "": ["Choose a picture first, or upload a new one."] });
        return { row, words: words.read() };
      }
      if (!file.files.length) throw new Refusal({ upload: ["Choose a picture."] });
      const said = words.read();
      const data = { upload: file.files[0], alt: said.alt, credit: credit.value, title: "" };
      if (said.role) data.is_decorative = "on";
      const row = await send(editor, tools["picture-upload"], data);
      return { row, words: { ...said, caption: said.caption || row.credit } };
    },
  });
  if (!answer) { editor.view.focus(); return; }
  chainIn(editor).insertContent([{ type: "figure", content: [image(answer.row, answer.words), ...caption(answer.words)] }, { type: "paragraph" }]).run();
}
