/* Icons of the toolbar: 20 grid, 1.5 stroke, round, silent beside their words. */
const PATHS = {
  bold: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  italic: "M9 4h6M5 16h6M12 4 8 16",
  bullets: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  numbers: "M9 5h8M9 10h8M9 15h8M3 4l1.2-.8V7M3 13c.2-1 2-1 2 .2 0 1-2 1.8-2 2.8h2.2",
  quote: "M4 14c2-.5 3-2 3-4H4V5h5v5c0 3-1.5 5-4.5 5.5M12 14c2-.5 3-2 3-4h-3V5h5v5c0 3-1.5 5-4.5 5.5",
  note: "M3.5 3.5h13v10h-7L6 17v-3.5H3.5z",
  warning: "M10 3 17.5 16.5h-15zM10 8v4M10 14.3v.01",
  link: "M8.5 11.5a3 3 0 0 0 4.5.3l2.5-2.5a3 3 0 0 0-4.3-4.3l-1.2 1.2M11.5 8.5a3 3 0 0 0-4.5-.3l-2.5 2.5a3 3 0 0 0 4.3 4.3l1.2-1.2",
  picture: "M3 4h14v12H3zM3 13.5l4-4 3.5 3.5 2.5-2.5 4 4M13 7.5h.01",
  download: "M10 3v9M6.5 8.5 10 12l3.5-3.5M3.5 13v3.5h13V13",
  table: "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12",
  block: "M10 3v14M3 10h14M4 4h12v12H4z",
  line: "M3 10h14",
  undo: "M7 5 3.5 8.5 7 12M3.5 8.5H12a4 4 0 0 1 0 8H8",
  redo: "M13 5l3.5 3.5L13 12M16.5 8.5H8a4 4 0 0 0 0 8h4",
  clear: "M5 4h10M10 4 8 11M6 16h5M13 12l4 4M17 12l-4 4",
  source: "M7 6 3 10l4 4M13 6l4 4-4 4",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
