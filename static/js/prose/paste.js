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

/* Word writes lists as paragraphs that begin with a bullet or a number. */
function listsFromWord(root) {
  for (const start of root.querySelectorAll("p[class*=MsoListParagraph], p[style*='mso-list']")) {
    if (!start.isConnected) continue;
    const words = start.textContent.trim();
    const list = root.ownerDocument.createElement(/^(\d+|[a-z])[.)]\s/i.test(words) ? "ol" : "ul");
    start.before(list);
    let entry = start;
    while (entry?.matches?.("p[class*=MsoListParagraph], p[style*='mso-list']")) {
      const next = entry.nextElementSibling;
      for (const mark of entry.querySelectorAll("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) mark.remove();
      const item = rename(entry, "li");
      const first = item.firstChild;
      if (first?.nodeType === Node.TEXT_NODE) first.data = first.data.replace(/^\s*([·•o§-]|\d+[.)]|[a-z][.)])\s+/i, "");
      list.append(item);
      entry = next;
    }
  }
}

/* Docs wraps everything in <b style="font-weight:normal"> and says bold and italic by style alone. */
function marksFromStyles(root) {
  for (const node of root.querySelectorAll("b[style*='font-weight:normal'], b[style*='font-weight: normal']")) node.replaceWith(...node.childNodes);
  for (const span of root.querySelectorAll("span[style]")) {
    const { fontWeight, fontStyle, verticalAlign } = span.style;
    const wanted = [];
    if (fontWeight === "bold" || Number(fontWeight) >= 600) wanted.push("strong");
    if (fontStyle === "italic") wanted.push("em");
    if (verticalAlign === "super") wanted.push("sup");
    if (verticalAlign === "sub") wanted.push("sub");
    for (const name of wanted) {
      const mark = root.ownerDocument.createElement(name);
      mark.append(...span.childNodes);
      span.append(mark);
    }
  }
}

export function cleanPasted(html) {
  const inert = new DOMParser().parseFromString(html, "text/html");
  const root = inert.body;
  const ours = (image) => /^\/(media\/pictures|static)\//.test(image.getAttribute("src") ?? "");
  for (const node of root.querySelectorAll(DROPPED)) if (node.tagName !== "IMG" || !ours(node)) node.remove();
  listsFromWord(root);
  marksFromStyles(root);
  for (const [from, to] of Object.entries(RENAMED)) for (const node of root.querySelectorAll(from)) rename(node, to);
  for (const node of root.querySelectorAll("*")) {
    if (!node.hasAttribute("data-pm-slice")) node.removeAttribute("style");
    if (/^(Mso|docs-)/i.test(node.className)) node.removeAttribute("class");
    node.removeAttribute("id");
  }
  for (const paragraph of root.querySelectorAll("p")) {
    if (!paragraph.textContent.replace(/\u00a0/g, " ").trim() && !paragraph.querySelector("img, br")) paragraph.remove();
  }
  return root.innerHTML;
}
