/* Rows of a stacked inline are put in order by dragging their heads or by the buttons there, which keys reach too.
   Only the numbers in the form change, and saving stores them. Without scripts each press of a button saves. */
const STEP = 10;

const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const rowsOf = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
const filled = (row) => Boolean(field(row, "title")?.value.trim());
const parentOf = (row) => field(row, "parent")?.value ?? "";

/* An entry with those that stand below it. */
function family(group, row) {
  const id = field(row, "id")?.value;
  return [row, ...rowsOf(group).filter((other) => id && parentOf(other) === id)];
}

function renumber(group) {
  rowsOf(group).filter(filled).forEach((row, place) => {
    const order = field(row, "order");
    if (order) order.value = String((place + 1) * STEP);
  });
}

function say(group, words) {
  let live = group.querySelector("[data-said]");
  if (!live) {
    live = document.createElement("p");
    live.className = "vh";
    live.dataset.said = "";
    live.setAttribute("role", "status");
    group.append(live);
  }
  live.textContent = words;
}

function place(group, row, other, after) {
  const moved = family(group, row);
  if (moved.includes(other)) return;
  const mark = after ? family(group, other).at(-1) : other;
  if (after) mark.after(...moved);
  else mark.before(...moved);
  renumber(group);
  say(group, `${field(row, "title").value} is now at place ${rowsOf(group).filter(filled).indexOf(row) + 1}. Save to keep it.`);
}

function step(group, row, by) {
  const beside = rowsOf(group).filter((other) => filled(other) && parentOf(other) === parentOf(row));
  const other = beside[beside.indexOf(row) + by];
  if (other) place(group, row, other, by > 0);
}

function prepare(group, row) {
  const head = row.querySelector("h3");
  if (!head || !filled(row)) return;
  for (const press of head.querySelectorAll("[data-step]")) {
    press.addEventListener("click", (event) => {
      event.preventDefault();
      step(group, row, Number(press.dataset.step));
      press.focus();
    });
  }
  head.draggable = true;
  head.classList.add("reorder-head");
  head.addEventListener("dragstart", (event) => {
    group.dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", field(row, "title").value);
    row.classList.add("is-dragged");
  });
  head.addEventListener("dragend", () => {
    row.classList.remove("is-dragged");
    group.dragged = null;
  });
}

export function reorder(group) {
  for (const row of rowsOf(group)) prepare(group, row);
  const over = (event) => event.target.closest?.(".inline-related:not(.empty-form)");
  group.addEventListener("dragover", (event) => {
    if (group.dragged && over(event)) event.preventDefault();
  });
  group.addEventListener("drop", (event) => {
    const other = over(event);
    if (!group.dragged || !other || other === group.dragged) return;
    event.preventDefault();
    const box = other.getBoundingClientRect();
    place(group, group.dragged, other, event.clientY > box.top + box.height / 2);
  });
}
