/* What check-go found in Go binaries, and programs under fire with their functions. */
function findingCard(one) {
  const place = `${one.function}${hex(one.offset)}`;
  const body = () => {
    return [el("p", {class: "why"}, one.why), one.argument ? el("p", {class: "note"}, one.argument) : null,
      ...explanation(one.explanation),
      facts([["Binary", one.binary], ["Register", one.register],
          ["Fired at", one.live ? one.live.text : ""]]),
      one.repro ? command(one.repro) : null];
  };
  return card({class: one.state === "new" ? "fail" : null}, [
    el("span", {class: one.state === "new" ? "badge" : "badge calm"}, one.check),
        el("span", {class: "id"}, place),
    el("span", {class: "sub"}, one.file ? [el("b", {}, `${one.file}:${one.line}`), ` · ${one.why}`]
        : one.why)], body);
}

function setUpFindings() {
  if (!$("finding-list")) return;
  const items = data.findings;
  for (const one of items)
    one.text = [one.binary, one.check, one.function, one.file, one.state, one.why].join(" ").toLowerCase();
  const list = cards($("finding-list"), items, findingCard);
  const states = [...new Set(items.map((one) => one.state))];
  const filter = chips($("finding-states"), states.map((key) => ({key, label: key})), show);
  function show() {
    const wanted = words($("finding-search"));
    const shown = list.show((one) => wanted.every((word) => one.text.includes(word))
      && (!filter.chosen.size || filter.chosen.has(one.state)));
    $("finding-status").textContent = !items.length ? "None."
      : `${number(shown.length)} of ${number(items.length)} findings`;
  }
  onSearch($("finding-search"), show);
  $("finding-search").closest(".filters").hidden = !items.length;
  show();
}

function bar(pcs, executed, injected, refused) {
  const parts = [["l-injected", injected], ["l-refused", refused],
    ["l-executed", Math.max(0, executed - injected - refused)],
    ["l-rest", Math.max(0, pcs - executed)]].filter(([, count]) => count);
  return el("span", {class: "stack", role: "img",
    "aria-label": `${pcs} PCs, ${executed} executed, ${injected} injected, ${refused} refused`},
    parts.map(([name, count]) => el("i", {class: name, style: `flex-grow:${count}`})));
}

function functionTable(unit) {
  const head = ["Function", "", "PCs", "executed", "fired", "injected", "refused", "failed"];
  const rows = unit.functions.map(([name, pcs, executed, fired, injected, refused, failed]) => el("tr",
    {class: failed ? "bad" : null}, el("th", {scope: "row", class: "mono"}, name),
    el("td", {style: "min-width:140px"}, bar(pcs, executed, injected, refused)),
    ...[pcs, executed, fired, injected, refused, failed].map((n) => el("td", {class: "r"}, number(n)))));
  const heads = head.map((name, k) => el("th", {scope: "col", class: k > 1 ? "r" : null}, name));
  return el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": "Functions"},
    el("table", {class: "plain"}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows)));
}

function liveCard(unit) {
  const said = unit.state !== "fired" ? `${unit.state}${unit.why ? `: ${unit.why}` : ""}`
    : `${plural(unit.fired, "shot")}, ${unit.failed ? plural(unit.failed, "failure") : "none failed"}`;
  return card({class: unit.failed ? "fail" : null},
      [el("span", {class: "live-head"}, el("small", {}, unit.target),
    el("span", {class: "id"}, unit.name), bar(unit.pcs, unit.executed, unit.injected, unit.refused),
        el("small", {}, said))],
  () => [unit.functions.length ? functionTable(unit)
      : el("p", {class: "note"}, "No function of it was executed."),
    unit.of_functions > unit.functions.length ? el("p", {class: "note"},
      `and ${number(unit.of_functions - unit.functions.length)} functions more in its JSON`) : null,
    unit.failures.length ? el("ul", {class: "plain-list"}, unit.failures.map((one) => el("li", {},
      el("a", {href: `#failure=${encodeURIComponent(one.id)}`}, one.id)))) : null]);
}

function setUpLive() {
  if (!$("live-list")) return;
  for (const unit of data.live)
    unit.text = [unit.target, unit.name, unit.state,
        ...unit.functions.map((row) => row[0])].join(" ").toLowerCase();
  const list = cards($("live-list"), data.live, liveCard);
  function show() {
    const wanted = words($("live-search"));
    const shown = list.show((unit) => wanted.every((word) => unit.text.includes(word)));
    $("live-status").textContent = `${number(shown.length)} of ${number(data.live.length)} programs`;
  }
  onSearch($("live-search"), show);
  show();
}
