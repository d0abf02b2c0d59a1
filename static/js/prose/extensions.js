/* What the site's texts may hold beyond the library's own: every mark of a stored text survives being edited. */
import * as prose from "django-prose-editor/editor";
import { make } from "./dom.js";

const { Extension, Node } = prose;
const kept = (name) => ({ [name]: { default: null, parseHTML: (element) => element.getAttribute(name), renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}) } });
const oneClass = (...names) => ({
  class: {
    default: null,
    parseHTML: (element) => names.find((name) => element.classList.contains(name)) ?? null,
    renderHTML: (attributes) => (attributes.class ? { class: attributes.class } : {}),
  },
});

const Anchors = Extension.create({
  name: "anchors",
  addGlobalAttributes() {
    return [
      { types: ["heading", "paragraph", "listItem"], attributes: kept("id") },
      { types: ["heading", "paragraph", "blockquote"], attributes: kept("lang") },
    ];
  },
});

const Paragraph = prose.Paragraph.extend({ addAttributes: () => oneClass("lede") });

const Link = prose.Link.extend({
  priority: 50, // a link stands inside bold and italic, as people write it
  addAttributes() {
    return { ...kept("href"), ...kept("title"), ...oneClass("download") };
  },
  addKeyboardShortcuts() {
    return { "Mod-k": () => { this.editor.view.dom.dispatchEvent(new CustomEvent("prose:link")); return true; } };
  },
}).configure({ openOnClick: false, autolink: false, linkOnPaste: true, HTMLAttributes: { target: null, rel: null }, protocols: ["tel", "mailto"], isAllowedUri: (url) => /^(https?:\/\/|mailto:|tel:|\/|#)/i.test(url ?? "") });

const Image = Node.create({
  name: "image",
  group: "block",
  draggable: true,
  addAttributes: () => ({ ...kept("src"), alt: { default: "" }, ...kept("width"), ...kept("height"), ...kept("role") }),
  parseHTML: () => [{ tag: "img[src^='/media/'], img[src^='/static/']" }],
  renderHTML: ({ HTMLAttributes }) => ["img", { ...HTMLAttributes, alt: HTMLAttributes.alt ?? "" }],
});

const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "image? caption?",
  marks: "link", // a picture may lead somewhere
  draggable: true,
  isolating: true,
  addAttributes: () => kept("data-figure"),
  parseHTML: () => [{ tag: "figure", getAttrs: (element) => !element.querySelector("table") && null }],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
});

const Caption = Node.create({
  name: "caption",
  content: "inline*",
  isolating: true,
  parseHTML: () => [
    { tag: "figcaption", priority: 100, ignore: true, getAttrs: (element) => Boolean(element.closest("figure")?.querySelector("table")) && null },
    { tag: "figcaption" },
  ],
  renderHTML: () => ["figcaption", 0],
});

const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({
    warns: { default: false, parseHTML: (element) => element.classList.contains("callout--warn"), renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: "aside" }],
  renderHTML: ({ node }) => ["aside", { class: node.attrs.warns ? "callout callout--warn" : "callout" }, 0],
});

const POSITION = /^\s*\{loadposition\s+([\w-]+)((?:\s+[\w-]+=[\w./-]+)*)\s*\}\s*$/;

const Position = Node.create({
  name: "position",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ written: { default: "", renderHTML: () => ({}) } }),
  parseHTML: () => [{
    tag: "p",
    priority: 100,
    getAttrs: (element) => {
      const found = POSITION.exec(element.textContent);
      return found && !element.querySelector("img") ? { written: `${found[1]}${found[2].replace(/\s+/g, " ")}` } : false;
    },
  }],
  renderHTML: ({ node }) => ["p", `{loadposition ${node.attrs.written}}`],
  addNodeView() {
    return ({ node, editor }) => {
      const [name, ...given] = node.attrs.written.split(" ");
      const known = (editor.storage.tools?.positions ?? []).find((position) => position.name === name);
      return { dom: make("div", { class: "prose-position" }, make("span", { class: "prose-position__kind" }, "Block"), make("strong", {}, known?.label ?? name), given.length ? make("span", {}, given.join(", ").replaceAll("=", ": ")) : null) };
    };
  },
});

const Table = prose.Table.extend({
  addAttributes: () => ({
    ...oneClass("table"),
    caption: { default: "", parseHTML: (element) => (element.querySelector("caption") ?? element.closest("figure")?.querySelector("figcaption"))?.textContent.trim() ?? "", renderHTML: () => ({}) },
  }),
  /* The caption is an attribute here; its words are not read a second time as a cell. */
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML({ node, HTMLAttributes }) {
    const caption = node.attrs.caption ? [["caption", node.attrs.caption]] : [];
    return ["table", HTMLAttributes, ...caption, ["tbody", 0]];
  },
  addNodeView() {
    return ({ node }) => {
      const caption = make("caption", { contenteditable: "false" });
      const body = make("tbody");
      const dom = make("div", { class: "tableWrapper" }, make("table", {}, caption, body));
      const show = (shown) => { caption.textContent = shown.attrs.caption; caption.hidden = !shown.attrs.caption; };
      show(node);
      return {
        dom,
        contentDOM: body,
        update(changed) { if (changed.type.name !== "table") return false; show(changed); return true; },
        ignoreMutation: (mutation) => mutation.type !== "selection" && !body.contains(mutation.target),
      };
    };
  },
});

const TableHeader = prose.TableHeader.extend({
  addAttributes() { return { ...this.parent?.(), ...oneClass("r") }; },
});
const TableCell = prose.TableCell.extend({
  addAttributes() { return { ...this.parent?.(), ...oneClass("r") }; },
});

const list = (name, tag, content, group) => Node.create({ name, content, ...(group ? { group } : {}), parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] });
const Descriptions = list("descriptions", "dl", "(describedTerm | description)+", "block");
const DescribedTerm = list("describedTerm", "dt", "inline*");
const Description = list("description", "dd", "inline*");

export const own = [
  Anchors, Paragraph, Link, Image, Figure, Caption, Callout, Position, Table, TableHeader, TableCell,
  Descriptions, DescribedTerm, Description,
  prose.TrailingNode, // a line to go on writing on after a picture or a table
];
