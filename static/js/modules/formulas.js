/* A formula wider than the page scrolls in its place; whoever has only a keyboard reaches it then, and only then. */
export function reachWideFormulas(root) {
  const formulas = root.querySelectorAll("div.formula");
  if (!formulas.length) return;
  const look = () => {
    for (const formula of formulas) {
      const isWide = formula.scrollWidth > formula.clientWidth;
      if (isWide) {
        formula.tabIndex = 0;
        formula.setAttribute("role", "group");
        formula.setAttribute("aria-label", "Formula");
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) formula.removeAttribute(name);
      }
    }
  };
  look();
  addEventListener("resize", look);
}
