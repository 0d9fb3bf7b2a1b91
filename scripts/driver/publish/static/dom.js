/* Small helpers: elements, numbers, commands to copy. */
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const LETTERS = Object.keys(data.verdicts);

/* el("td", {class: "r"}, "text", node, ...); null children are left out. */
function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== null && value !== undefined && value !== false)
        made.setAttribute(key, value === true ? "" : value);
  made.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}
const number = (n) => n.toLocaleString("en").replaceAll(",", "\u202f");
const hex = (n) => (n < 0 ? "-0x" + (-n).toString(16) : "+0x" + n.toString(16));
const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;

function copyButton(text) {
  const button = el("button", {type: "button", class: "small"}, "Copy");
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; }
    catch { getSelection().selectAllChildren(button.previousSibling); button.textContent = "Selected"; }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return button;
}
const command = (text) => el("div", {class: "command"}, el("code", {}, text), copyButton(text));

function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return shown.length ? el("dl", {class: "facts-list"}, shown.flatMap(([name, value]) =>
    [el("dt", {}, name), el("dd", {}, value)])) : null;
}

/* Calls `then` with what is typed, once a pause allows it. */
function onSearch(input, then) {
  let timer = 0;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(then, 60); });
}
const words = (input) => input.value.toLowerCase().split(/\s+/).filter(Boolean);

/* Chips that switch filters: of [{key, label}], any number pressed; `then` gets the set of keys. */
function chips(box, several, then) {
  const chosen = new Set();
  for (const {key, label} of several)
    box.append(el("button", {type: "button", class: "chip", "aria-pressed": "false", "data-key": key},
        label));
  box.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-key], [data-letter]");
    if (chip) toggle(chip.dataset.key || chip.dataset.letter);
  });
  function toggle(key, on = !chosen.has(key)) {
    if (on) chosen.add(key); else chosen.delete(key);
    for (const chip of box.children)
      chip.setAttribute("aria-pressed", String(chosen.has(chip.dataset.key || chip.dataset.letter)));
    then();
  }
  return {chosen, toggle, clear() { [...chosen].forEach((key) => chosen.delete(key)); toggle("", false); }};
}

/* Cards that are made as they are scrolled to: shows those that `filter` accepts, 40 at a time. */
function cards(list, items, make) {
  let shown = [], next = 0;
  const end = el("li", {class: "sr", "aria-hidden": "true"});
  const more = (count) => {
    const part = shown.slice(next, next + count);
    next += part.length;
    part.forEach((item) => list.insertBefore(make(item), end));
    end.hidden = next >= shown.length;
  };
  const watcher = new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting)) more(40);
  }, {rootMargin: "600px"});
  watcher.observe(end);
  return {
    show(accept) {
      shown = items.filter(accept);
      next = 0;
      list.replaceChildren(end);
      more(40);
      return shown;
    },
    upTo(item) { while (next <= shown.indexOf(item)) more(40); },
  };
}

/* A card that opens: `body` is made when it is opened first. */
function card(attributes, summary, body) {
  const details = el("details", {}, el("summary", {}, summary));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(el("div", {class: "body"}, body()));
  });
  return el("li", attributes, details);
}
