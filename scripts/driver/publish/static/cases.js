/* The list of cases, and the dialog that shows one with each of its PCs. */
const CASES = Object.entries(data.cases).flatMap(([target, columns]) => columns.name.map((name, k) => ({
  target, name, verdicts: columns.verdicts[k], offsets: columns.offsets[k], shots: columns.shots[k],
  failed: columns.failed[k], text: `${target} ${name}`.toLowerCase()})));
const FAILED = new Map();
for (const one of data.failures) {
  const name = caseOf(one.id);
  FAILED.set(name, [...(FAILED.get(name) || []), one]);
}
const ORDERS = {failed: (a, b) => b.failed - a.failed, pcs: (a, b) => b.verdicts.length - a.verdicts.length,
  shots: (a, b) => b.shots - a.shots};

/* "arm64/add.1" of "arm64/add.1@+0x8#0" */
function caseOf(id) { const at = id.lastIndexOf("@"); return at < 0 ? id : id.slice(0, at); }

function caseRow(one) {
  return el("a", {href: `#case=${encodeURIComponent(`${one.target}/${one.name}`)}`,
      class: one.failed ? "bad" : null,
    tabindex: 0}, el("span", {class: "t"}, one.target),
        el("span", {class: "n mono", title: one.name}, one.name),
  el("span", {class: "p"}, one.verdicts ? strip(one.verdicts) : el("small", {}, "no verdicts recorded")),
  el("span", {class: "s"}, one.failed ? plural(one.failed, "failure") : plural(one.shots, "shot")));
}

function setUpCases() {
  if (!$("case-list")) return;
  const list = virtualList($("case-list"), caseRow);
  const filter = chips($("case-verdicts"), [], show);
  function show() {
    const wanted = words($("case-search")), target = $("case-target").value, order = $("case-order").value;
    let shown = CASES.filter((one) => (!target || one.target === target)
      && wanted.every((word) => one.text.includes(word))
      && [...filter.chosen].every((letter) => one.verdicts.includes(letter)));
    if (order) shown = shown.slice().sort(ORDERS[order]);
    list.show(shown);
    $("case-status").textContent = shown.length === CASES.length ? plural(CASES.length, "case")
      : `${number(shown.length)} of ${number(CASES.length)} cases`;
  }
  onSearch($("case-search"), show);
  $("case-target").addEventListener("change", show);
  $("case-order").addEventListener("change", show);
  $("case-close").addEventListener("click", () => $("case-dialog").close());
  $("case-dialog").addEventListener("close", () => {
    if (location.hash.startsWith("#case=")) history.replaceState(null, "", "#cases");
  });
  show();
}

const offsetOf = (one, k) => (typeof one.offsets === "number" ? one.offsets * k
  : parseInt(one.offsets.split(" ")[k], 16));
const shotCommand = (one, k) => [`make explain ID='${one.target}/${one.name}@${hex(offsetOf(one, k))}#0'`,
    data.repro]
  .filter(Boolean).join(" ");

/* Each PC as a button: what came of it, and the command that fires there again. */
function pcGrid(one) {
  const line = el("div", {"aria-live": "polite"});
  const box = el("div", {class: "pcs-grid", role: "group", "aria-label": "PCs"});
  [...one.verdicts].forEach((letter, k) => {
    const name = data.verdicts[letter], at = hex(offsetOf(one, k));
    const button = el("button", {type: "button", class: "pc", "aria-pressed": "false",
        "aria-label": `${at} ${name}`,
      title: name}, el("i", {class: `v-${LETTERS.indexOf(letter)}`},
          letter === "." || letter === "-" ? "" : letter), at);
    button.addEventListener("click", () => {
      for (const each of box.children) each.setAttribute("aria-pressed", String(each === button));
      line.replaceChildren(el("p", {class: "note"}, `${at}: ${name}`),
          letter === "-" ? "" : command(shotCommand(one, k)));
    });
    box.append(button);
  });
  return [box, line];
}

function openCase(name) {
  const one = CASES.find((each) => `${each.target}/${each.name}` === name);
  if (!one) return false;
  $("case-title").textContent = name;
  const failures = (FAILED.get(name) || []).map((failure) => el("li", {}, el("a",
    {href: `#failure=${encodeURIComponent(failure.id)}`},
        `${failure.oracle} at ${failure.id.slice(name.length + 1)}`)));
  $("case-body").replaceChildren(el("p", {class: "note"},
      `${described(one.verdicts)}; ${plural(one.shots, "shot")}, ${
    plural(one.failed, "failure")}`), ...(one.verdicts ? pcGrid(one) : []),
  failures.length ? el("ul", {class: "plain-list"}, failures) : "",
  command([`make repro ID='${name}'`, data.repro].filter(Boolean).join(" ")));
  if (!$("case-dialog").open) $("case-dialog").showModal();
  return true;
}
