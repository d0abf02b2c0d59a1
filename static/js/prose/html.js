/* The HTML that is stored: as an editor would have written it by hand. Cells and list entries of one paragraph hold
   their words alone, and a table's first row of headings stands in its head. */
function unwrapLone(root) {
  for (const cell of root.querySelectorAll("li, td, th")) {
    const paragraphs = [...cell.children].filter((child) => child.tagName === "P");
    const first = cell.firstElementChild;
    if (paragraphs.length !== 1 || first !== paragraphs[0] || first.attributes.length) continue;
    const rest = [...cell.children].slice(1);
    if (rest.every((child) => ["UL", "OL"].includes(child.tagName))) first.replaceWith(...first.childNodes);
  }
}

function nameHeaders(table) {
  const body = table.tBodies[0];
  if (!body) return;
  const allHeads = (row) => row.cells.length > 0 && [...row.cells].every((cell) => cell.tagName === "TH");
  if (!table.tHead && body.rows.length > 1 && allHeads(body.rows[0])) {
    const head = table.ownerDocument.createElement("thead");
    head.append(body.rows[0]);
    body.before(head);
  }
  for (const cell of table.querySelectorAll("th")) {
    const top = cell.closest("thead") || allHeads(cell.parentElement);
    cell.setAttribute("scope", top ? "col" : "row");
  }
  for (const cell of table.querySelectorAll("[colspan='1'], [rowspan='1']")) {
    for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name);
  }
}

export function tidied(html) {
  const inert = new DOMParser().parseFromString(html, "text/html");
  unwrapLone(inert.body);
  for (const table of inert.querySelectorAll("table")) nameHeaders(table);
  for (const list of inert.querySelectorAll("ol[data-type]")) list.removeAttribute("data-type");
  for (const paragraph of inert.querySelectorAll("p:empty")) if (paragraph.parentElement.children.length > 1) paragraph.remove();
  return inert.body.innerHTML;
}
