/* A list of any length: only the rows in sight are in the document. Arrow keys, Page Up and Down,
 * Home and End move through all of it. */
function virtualList(box, makeRow) {
  const ul = box.querySelector("ul");
  let items = [], from = 0, to = 0;
  const height = () => (matchMedia("(max-width: 700px)").matches ? 60 : 36);

  function draw(force) {
    const row = height(), first = Math.max(0, Math.floor(box.scrollTop / row) - 10);
    const last = Math.min(items.length, Math.ceil((box.scrollTop + box.clientHeight) / row) + 10);
    if (!force && first === from && last === to) return;
    const focused = document.activeElement && ul.contains(document.activeElement)
      ? Number(document.activeElement.parentNode.dataset.index) : -1;
    [from, to] = [first, last];
    ul.style.height = `${items.length * row}px`;
    ul.replaceChildren(...items.slice(first, last).map((item, k) => {
      const li = el("li", {"data-index": first + k, "aria-posinset": first + k + 1,
          "aria-setsize": items.length,
        style: `top:${(first + k) * row}px`}, makeRow(item));
      return li;
    }));
    if (focused >= first && focused < last)
        ul.children[focused - first].firstChild.focus({preventScroll: true});
  }

  function go(index) {
    const row = height(), at = Math.max(0, Math.min(items.length - 1, index));
    if (at * row < box.scrollTop) box.scrollTop = at * row;
    if ((at + 1) * row > box.scrollTop + box.clientHeight) box.scrollTop = (at + 1) * row - box.clientHeight;
    draw(true);
    const li = ul.querySelector(`[data-index="${at}"]`);
    if (li) li.firstChild.focus({preventScroll: true});
  }

  box.addEventListener("scroll", () => requestAnimationFrame(() => draw(false)), {passive: true});
  new ResizeObserver(() => draw(true)).observe(box);
  box.addEventListener("keydown", (event) => {
    const li = event.target.closest("li"), page = Math.floor(box.clientHeight / height());
    const now = li ? Number(li.dataset.index) : 0;
    const where = {ArrowDown: now + 1, ArrowUp: now - 1, PageDown: now + page, PageUp: now - page, Home: 0,
      End: items.length - 1}[event.key];
    if (where === undefined || !items.length) return;
    event.preventDefault();
    go(where);
  });
  return {
    show(some) {
      items = some;
      box.style.maxHeight = `${Math.max(1, items.length) * height() + 2}px`;
      box.scrollTop = 0;
      draw(true);
    },
  };
}
