/* Links: to a page of the site, found by its title, or to an address outside. */
import { chooser } from "./chooser.js";
import { ask, field, Refusal } from "./dialog.js";
import { chainIn, make } from "./dom.js";

const ADDRESS = /^(https?:\/\/\S+\.\S+|mailto:\S+@\S+|tel:[\d+() -]+|\/\S*|#\S+)$/i;

/* What people write, as an address: www.example.org, somebody@example.org. */
function completed(written) {
  const text = written.trim();
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text)) return `https://${text}`;
  return text;
}

export async function link(editor, tools) {
  const isLink = editor.isActive("link");
  if (isLink) editor.chain().extendMarkRange("link").run();
  const { from, to, empty } = editor.state.selection;
  const address = make("input", { type: "text", inputmode: "url", maxlength: "1000", value: editor.getAttributes("link").href ?? "", autocomplete: "off" });
  const words = make("input", { type: "text", maxlength: "300", value: editor.state.doc.textBetween(from, to, " ") });
  const body = [];
  if (tools.pages) {
    const pages = chooser({
      url: tools.pages, label: "Find a page of this site", empty: "No page has these words in its title.",
      row: (one) => [make("span", {}, make("strong", {}, one.title), make("small", { class: "prose-hint" }, `${one.url} · ${one.words}`))],
      onchoose: (one) => { address.value = one.url; if (!words.value.trim()) words.value = one.title; },
    });
    body.push(pages.node);
  } else address.setAttribute("autofocus", "");
  body.push(field(tools.pages ? "Or an address" : "Address", address, { name: "href", hint: "As in https://www.example.org/page, or /ask/ on this site." }));
  if (empty) body.push(field("Words of the link", words, { name: "words", hint: "Say where it leads; not “click here”." }));
  const answer = await ask({
    title: isLink ? "This link" : "Insert a link", label: isLink ? "Save link" : "Insert link", body,
    extra: isLink ? [{ label: "Remove link", value: "remove" }] : [],
    submit() {
      const href = completed(address.value);
      if (!ADDRESS.test(href)) throw new Refusal({ href: ["Choose a page, or write a whole address that begins with https:// or /."] });
      if (empty && !words.value.trim()) throw new Refusal({ words: ["Write the words that people will follow."] });
      return { href, words: words.value.trim() };
    },
  });
  const chain = chainIn(editor);
  if (answer === "remove") chain.extendMarkRange("link").unsetLink().run();
  else if (answer && empty) chain.insertContent([{ type: "text", text: answer.words, marks: [{ type: "link", attrs: { href: answer.href } }] }, { type: "text", text: " " }]).run();
  else if (answer) chain.extendMarkRange("link").setMark("link", { href: answer.href }).run();
  else chain.run();
}
