/* The toolbar: one stop of the Tab key, arrows within, words where an icon alone would be a riddle. */
import { block, source, table, tableCaption } from "./blocks.js";
import { download } from "./documents.js";
import { chainIn, make, newId } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";
import { picture, selectedPicture } from "./pictures.js";

const STYLES = [["p", "Text"], ["2", "Heading"], ["3", "Subheading"], ["4", "Small heading"]];
const CTRL = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+";

/* name: icon, words of the tooltip, what it does, and whether it is on. `says` puts words on the button. */
const TOOLS = [
  [
    { name: "bold", words: "Bold", keys: "B", run: (chain) => chain.toggleBold(), on: "bold" },
    { name: "italic", words: "Italic", keys: "I", run: (chain) => chain.toggleItalic(), on: "italic" },
  ],
  [
    { name: "bullets", words: "List with bullets", run: (chain) => chain.toggleBulletList(), on: "bulletList" },
    { name: "numbers", words: "Numbered list", run: (chain) => chain.toggleOrderedList(), on: "orderedList" },
    { name: "quote", words: "Quotation", run: (chain) => chain.toggleBlockquote(), on: "blockquote" },
  ],
  [
    { name: "undo", words: "Undo", keys: "Z", run: (chain) => chain.undo(), blocked: (editor) => !editor.can().undo() },
    { name: "redo", words: "Redo", run: (chain) => chain.redo(), blocked: (editor) => !editor.can().redo() },
    { name: "clear", words: "Clear formatting", run: (chain) => chain.unsetAllMarks().clearNodes() },
    { name: "source", words: "Show the HTML", act: source },
  ],
  [
    { name: "link", words: "Link", says: true, keys: "K", act: link, on: "link" },
    { name: "picture", words: "Picture", says: true, needs: "pictures", act: picture, isOn: (editor) => Boolean(selectedPicture(editor)) },
    { name: "download", words: "Download", says: true, needs: "documents", act: download },
    { name: "table", words: "Table", says: true, act: table, blocked: (editor) => editor.isActive("table") },
    { name: "note", words: "Note", says: true, run: (chain, editor) => callout(chain, editor, false), on: ["callout", { warns: false }] },
    { name: "warning", words: "Warning", says: true, run: (chain, editor) => callout(chain, editor, true), on: ["callout", { warns: true }] },
    { name: "block", words: "Live block", says: true, needs: "positions", act: block },
    { name: "line", words: "Dividing line", run: (chain) => chain.setHorizontalRule() },
  ],
];

const TABLE_TOOLS = [
  ["Row above", (chain) => chain.addRowBefore()], ["Row below", (chain) => chain.addRowAfter()], ["Remove row", (chain) => chain.deleteRow()],
  ["Column before", (chain) => chain.addColumnBefore()], ["Column after", (chain) => chain.addColumnAfter()], ["Remove column", (chain) => chain.deleteColumn()],
  ["First row names", (chain) => chain.toggleHeaderRow()], ["First column names", (chain) => chain.toggleHeaderColumn()],
  ["Caption", null], ["Remove table", (chain) => chain.deleteTable()],
];

/* A note becomes a warning and the other way round; pressed again, it is plain text. */
function callout(chain, editor, warns) {
  if (!editor.isActive("callout")) return chain.wrapIn("callout", { warns });
  return editor.isActive("callout", { warns }) ? chain.lift("callout") : chain.updateAttributes("callout", { warns });
}

/* Arrow keys move among the buttons of a bar; the Tab key knows one of them. */
function roam(bar) {
  const stops = () => [...bar.querySelectorAll("button, select")].filter((stop) => !stop.hidden && stop.offsetParent);
  const settle = (stop) => stops().forEach((other) => { other.tabIndex = other === stop ? 0 : -1; });
  bar.addEventListener("focusin", (event) => settle(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const here = all.indexOf(event.target);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || here < 0) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  });
  bar.querySelectorAll("button, select").forEach((stop, place) => { stop.tabIndex = place ? -1 : 0; });
}

function button(editor, tools, tool, refresh) {
  const words = tool.keys ? `${tool.words} (${CTRL}${tool.keys})` : tool.words;
  const toggles = tool.on || tool.isOn;
  const node = make("button", { type: "button", class: tool.says ? "prose-tool prose-tool--says" : "prose-tool", title: words, "aria-label": tool.words, "aria-pressed": toggles ? "false" : null });
  node.append(icon(tool.name));
  if (tool.says) node.append(make("span", {}, tool.words));
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-disabled")) return;
    if (tool.act) tool.act(editor, tools);
    else tool.run(chainIn(editor), editor).run();
  });
  refresh.push(() => {
    const on = Array.isArray(tool.on) ? editor.isActive(...tool.on) : tool.on ? editor.isActive(tool.on) : tool.isOn?.(editor);
    if (toggles) node.setAttribute("aria-pressed", String(Boolean(on)));
    node.toggleAttribute("aria-disabled", false);
    if (tool.blocked?.(editor)) node.setAttribute("aria-disabled", "true");
  });
  return node;
}

const stylesOf = ({ storage: { tools } }) => (tools?.styles ? STYLES.filter(([value]) => tools.styles.includes(value)) : STYLES);

function styleSelect(editor, refresh) {
  const select = make("select", { class: "prose-style", "aria-label": "Style of the paragraph", title: "Style of the paragraph" }, ...stylesOf(editor).map(([value, words]) => make("option", { value }, words)));
  select.addEventListener("change", () => {
    const chain = chainIn(editor);
    if (select.value === "p") chain.setParagraph().run();
    else chain.setHeading({ level: Number(select.value) }).run();
  });
  refresh.push(() => { select.value = editor.isActive("heading") ? String(editor.getAttributes("heading").level) : "p"; });
  return select;
}

function tableBar(editor, refresh) {
  const bar = make("div", { class: "prose-bar prose-bar--table", role: "toolbar", "aria-label": "This table", hidden: true });
  for (const [words, run] of TABLE_TOOLS) {
    bar.append(make("button", { type: "button", class: "prose-tool prose-tool--says", onclick: () => (run ? run(chainIn(editor)).run() : tableCaption(editor)) }, words));
  }
  refresh.push(() => { bar.hidden = !editor.isActive("table"); });
  roam(bar);
  return bar;
}

export function toolbarFor(editor, { tools, label }) {
  const refresh = [];
  const bar = make("div", { class: "prose-bar", role: "toolbar", "aria-label": `Formatting: ${label}`, id: newId("bar") });
  bar.append(make("div", { class: "prose-group" }, styleSelect(editor, refresh)));
  for (const group of TOOLS) {
    const usable = group.filter((tool) => (tools.only ? tools.only.includes(tool.name) : !tool.needs || tools[tool.needs]?.length));
    if (!usable.length) continue;
    const inserts = !tools.only && group.some((tool) => tool.says);
    bar.append(make("div", { class: inserts ? "prose-group prose-group--insert" : "prose-group" }, ...usable.map((tool) => button(editor, tools, tool, refresh))));
  }
  roam(bar);
  const bars = make("div", { class: "prose-bars" }, bar, tableBar(editor, refresh));
  const update = () => refresh.forEach((one) => one());
  editor.on("transaction", update);
  editor.view.dom.addEventListener("prose:link", () => link(editor, tools));
  editor.view.dom.addEventListener("dblclick", (event) => { if (event.target.tagName === "IMG" && tools.pictures) picture(editor, tools); });
  update();
  return bars;
}
