/* What comes from Word, Docs or another site: its structure stays, its looks do not. The editor's own rules then keep
   what a page may hold; this prepares what they would misread. */
const RENAMED = { H1: "h2", H5: "h4", H6: "h4" };
const DROPPED = "style, script, meta, link, title, xml, svg, object, iframe, o\\:p, img";

function rename(node, name) {
  const other = node.ownerDocument.createElement(name);
  other.append(...node.childNodes);
  node.replaceWith(other);
  return other;
}

/* Word writes lists as paragraphs that begin with a bullet or a number, and says of each to which list it belongs and
   how deep it stands: "mso-list:l0 level2 lfo1". */
const ENTRY = "p[class*=MsoListParagraph], p[data-looks*='mso-list']";
const MARK = "[data-looks*='mso-list:Ignore'], [data-looks*='mso-list: Ignore']";
const NUMBERED = /^\(?(\d+|[a-z]|[ivx]+)[.)]\s/i;

function placeInList(entry) {
  const [, list = "", level = "1"] = /mso-list:\s*(l\d+)?\s*(?:level(\d+))?/i.exec(looks(entry)) ?? [];
  return { list, level: Number(level ?? 1) };
}

function listsFromWord(root) {
  for (const start of root.querySelectorAll(ENTRY)) {
    if (!start.isConnected) continue;
    let open = []; // the lists that are begun, the innermost last
    let entry = start;
    while (entry?.matches?.(ENTRY)) {
      const next = entry.nextElementSibling;
      const { list, level } = placeInList(entry);
      const kind = NUMBERED.test(entry.textContent.trim().replace(/\u00a0/g, " ")) ? "ol" : "ul";
      if (open.length && open[0].list !== list) open = [];
      while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && open.at(-1).node.localName !== kind && open.length === 1))) open.pop();
      if (!open.length || open.at(-1).level < level) {
        const node = root.ownerDocument.createElement(kind);
        const within = open.at(-1)?.node.lastElementChild;
        if (within) within.append(node);
        else entry.before(node);
        open.push({ list, level, node });
      }
      for (const mark of entry.querySelectorAll(MARK)) mark.remove();
      const item = rename(entry, "li");
      const first = item.firstChild;
      if (first?.nodeType === Node.TEXT_NODE) first.data = first.data.replace(/^\s*([·•o§-]|\d+[.)]|[a-z][.)])\s+/i, "");
      open.at(-1).node.append(item);
      entry = next;
    }
  }
}

/* Docs wraps everything in <b style="font-weight:normal"> and says bold and italic by style alone. Word says
   "mso-bidi-font-weight:normal" of what is bold indeed. */
function marksFromStyles(root) {
  for (const node of root.querySelectorAll("b[data-looks]")) if (/(^|;)\s*font-weight:\s*(normal|400)/i.test(looks(node))) node.replaceWith(...node.childNodes);
  for (const span of root.querySelectorAll("span[data-looks]")) {
    const said = looks(span);
    const wanted = [];
    if (/(^|;)\s*font-weight:\s*(bold|[6-9]00)/i.test(said)) wanted.push("strong");
    if (/(^|;)\s*font-style:\s*italic/i.test(said)) wanted.push("em");
    if (/(^|;)\s*vertical-align:\s*super/i.test(said)) wanted.push("sup");
    if (/(^|;)\s*vertical-align:\s*sub/i.test(said)) wanted.push("sub");
    for (const name of wanted) {
      const mark = root.ownerDocument.createElement(name);
      mark.append(...span.childNodes);
      span.append(mark);
    }
  }
}

/* The policy refuses inline styles even to a document that nobody sees, so they are read under another name. */
const looks = (node) => node.getAttribute("data-looks") ?? "";
const asLooks = (html) => html.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-looks="));

export function cleanPasted(html) {
  const inert = new DOMParser().parseFromString(asLooks(html), "text/html");
  const root = inert.body;
  const ours = (image) => /^\/(media\/pictures|static)\//.test(image.getAttribute("src") ?? "");
  for (const node of root.querySelectorAll(DROPPED)) if (node.tagName !== "IMG" || !ours(node)) node.remove();
  listsFromWord(root);
  marksFromStyles(root);
  for (const [from, to] of Object.entries(RENAMED)) for (const node of root.querySelectorAll(from)) rename(node, to);
  for (const node of root.querySelectorAll("*")) {
    node.removeAttribute("data-looks");
    if (/^(Mso|docs-)/i.test(node.className)) node.removeAttribute("class");
    node.removeAttribute("id");
  }
  for (const paragraph of root.querySelectorAll("p")) {
    if (!paragraph.textContent.replace(/\u00a0/g, " ").trim() && !paragraph.querySelector("img, br")) paragraph.remove();
  }
  return root.innerHTML;
}
