/* A form that came back takes the focus to what is wrong, so that a screen reader begins there. */
export function focusSummary(root) {
  root.querySelector(".note--bad[role=alert][tabindex]")?.focus();
}
