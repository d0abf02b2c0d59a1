/* What comes from Word, Docs, Outlook, LibreOffice, Pages, OneNote, Notion or another site: its structure stays, its looks
   do not. The editor's own rules then keep what a page may hold; this prepares what they would misread. */
import { blocksOf, emptyOnes, levelHeadings, plainTables } from "./paste-blocks.js";
import { flattenedLists, liftedHeadings, listsFromMarks, listsFromSigns, nestedLists, withoutMarks } from "./paste-lists.js";
import { asLooks, drawnSigns, looks, looksOfClasses, marksFromLooks, said, unlooked } from "./paste-looks.js";
import { notesKept } from "./paste-notes.js";

const MACHINES = "script, meta, link, title, xml, svg, math, object, iframe, template, noscript, input, button, select, textarea, audio, video, canvas, col, colgroup";
/* Comments, what was struck out while changes were tracked, and contents with their page numbers. */
const NOT_THE_TEXT = [
  ".msocomanchor", ".MsoCommentReference", ".MsoCommentText", ".msocomtxt", "[data-looks*='mso-element:comment']", "del[cite]", "del[datetime]", ".msoDel",
  "[class*=TrackChangeTextDeletion]", "[class*=TrackChangeDelete]", "[class^=MsoToc]", ".CommentStart", ".CommentEnd", ".CommentHighlightPipeRest", ".EOP",
].join(", ");
const KEPT = {
  A: ["href", "class", "title"], IMG: ["src", "alt", "width", "height", "role"], TD: ["colspan", "rowspan", "class"], TH: ["colspan", "rowspan", "class"],
  OL: ["start", "type"], LI: ["id"], P: ["class", "lang"], ASIDE: ["class"], TABLE: ["class"], FIGURE: ["data-figure"],
};
const CLASSES = new Set(["lede", "callout", "callout--warn", "table", "r", "download"]);
const isOurs = (image) => /^\/(media\/pictures|static)\//.test(image.getAttribute("src") ?? "");
const isPixel = (image) => ["width", "height"].some((side) => /^[01]$/.test(image.getAttribute(side) ?? ""));

function dropped(root) {
  for (const node of root.querySelectorAll(MACHINES)) node.remove();
  for (const node of root.querySelectorAll("[data-looks]")) if (/^none$/i.test(said(node, "display")) || /^all$/i.test(said(node, "mso-hide"))) node.remove();
  for (const node of root.querySelectorAll(NOT_THE_TEXT)) node.remove();
  for (const anchor of root.querySelectorAll("a[href^='#cmnt']")) (anchor.closest("sup") ?? (/^#cmnt_ref/.test(anchor.getAttribute("href")) ? anchor.closest("div, p") : null) ?? anchor).remove();
  for (const line of root.querySelectorAll("br")) if (/page-break-before:\s*always/i.test(looks(line))) line.remove();
  let pictures = 0;
  for (const image of root.querySelectorAll("img")) {
    if (isOurs(image)) continue;
    pictures += isPixel(image) ? 0 : 1;
    image.remove();
  }
  return pictures;
}

/* Spaces that keep words together are kept between a number and its unit only. */
function singleSpaces(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest("pre")) continue;
    text.data = text.data.replace(/[\u00ad\u200b\u2060\ufeff]/g, "").replace(/(?<![0-9])\u00a0|\u00a0(?![A-Za-zµμ%°])/g, " ").replace(/[ \t\r\n\f]+/g, " ");
  }
}

function bareAttributes(root) {
  for (const node of root.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (!KEPT[node.tagName]?.includes(name)) node.removeAttribute(name);
    const classes = [...node.classList].filter((name) => CLASSES.has(name));
    if (classes.length) node.className = classes.join(" ");
    else node.removeAttribute("class");
    const lang = node.getAttribute("lang");
    if (lang !== null && !/^(?!en\b|x-)[a-z]{2,3}(-[a-z0-9]+)*$/i.test(lang)) node.removeAttribute("lang");
    if (node.tagName === "LI" && !/^note-/.test(node.id)) node.removeAttribute("id");
  }
}

/* What was cut or copied in an editor of ours is as it should be; only a place that is named already is not named twice. */
function fromHere(html, view) {
  const inert = new DOMParser().parseFromString(html, "text/html");
  for (const node of inert.body.querySelectorAll("[id]")) if (view?.dom.querySelector(`[id="${CSS.escape(node.id)}"]`)) node.removeAttribute("id");
  return inert.body.innerHTML;
}

/* `tell` hears how many pictures had to stay behind: they come from the library, with words for who cannot see them. */
export function cleanPasted(html, { view = null, tell = () => {} } = {}) {
  if (/<[^>]*\sdata-pm-slice=/.test(html)) return fromHere(html, view);
  const { written, sheet } = asLooks(html);
  const inert = new DOMParser().parseFromString(written, "text/html");
  const root = inert.body;
  unlooked(root);
  looksOfClasses(root, sheet);
  tell(dropped(root));
  notesKept(root);
  withoutMarks(root);
  listsFromMarks(root, flattenedLists(root), sheet);
  drawnSigns(root);
  marksFromLooks(root);
  blocksOf(root);
  listsFromSigns(root);
  nestedLists(root);
  liftedHeadings(root);
  plainTables(root);
  singleSpaces(root);
  bareAttributes(root);
  emptyOnes(root);
  levelHeadings(root);
  return root.innerHTML;
}
