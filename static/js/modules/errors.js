/* A form that came back takes the focus to what is wrong, so that a screen reader begins there: to the summary, or, in a
   long form that asks for it, to the first field. The summary speaks for itself. */
export function focusSummary(root) {
  const first = root.querySelector("form[data-first-error] [aria-invalid=true]");
  (first ?? root.querySelector(".note--bad[role=alert][tabindex]"))?.focus();
}
