/* The contents beside a long text mark the section that is being read. */
export function followReading(root) {
  const links = new Map();
  for (const link of root.querySelectorAll(".toc a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, [...(links.get(target) ?? []), link]);
  }
  if (!links.size) return;
  const headings = [...links.keys()];
  let marked = null;
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < window.innerHeight / 3);
    const here = passed.at(-1) ?? headings[0];
    if (here === marked) return;
    for (const link of links.get(marked) ?? []) link.removeAttribute("aria-current");
    for (const link of links.get(here)) link.setAttribute("aria-current", "location");
    marked = here;
  };
  let waiting = false;
  window.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}
