/* Downloads: a document of the library, or a new one, as a link that says what it is and how large. */
import { chooser } from "./chooser.js";
import { ask, field, panes, Refusal, send } from "./dialog.js";
import { chainIn, make } from "./dom.js";

export async function download(editor, tools) {
  const library = chooser({
    url: tools.documents, label: "Search the library",
    empty: "Nothing found. Try fewer words, or upload a new file.",
    row: (one) => [make("span", {}, make("strong", {}, one.title), make("small", { class: "prose-hint" }, `${one.words}, for ${one.audience}`))],
  });
  const file = make("input", { type: "file", accept: ".pdf,.docx,.xlsx,.pptx,.csv,.txt" });
  const title = make("input", { type: "text", maxlength: "160" });
  const audience = make("select", {}, make("option", { value: "public" }, "Everybody"), make("option", { value: "members" }, "Members"));
  const upload = make("div", {},
    field("File", file, { name: "upload", hint: "PDF, Word, Excel, PowerPoint, CSV or text, at most 25 MB." }),
    field("Title", title, { name: "title", hint: "The words of the link; the file’s name if left empty." }),
    field("Who may have it", audience, { name: "audience" }));
  const ways = panes("Where the file comes from", [{ label: "From the library", body: library.node }, ...(tools["document-upload"] ? [{ label: "Upload a new one", body: upload }] : [])]);
  const row = await ask({
    title: "Insert a download", label: "Insert download", wide: true,
    body: [ways.node, library.node, upload],
    async submit() {
      if (ways.chosen() === 0) {
        const chosen = library.value();
        if (!chosen) throw new Refusal({ "": ["Choose a file first, or upload a new one."] });
        return chosen;
      }
      if (!file.files.length) throw new Refusal({ upload: ["Choose a file."] });
      return send(editor, tools["document-upload"], { upload: file.files[0], title: title.value, audience: audience.value });
    },
  });
  if (!row) { editor.view.focus(); return; }
  const marks = [{ type: "link", attrs: { href: row.url, class: "download" } }];
  chainIn(editor).insertContent([{ type: "text", text: `${row.title} (${row.words})`, marks }, { type: "text", text: " " }]).run();
}
