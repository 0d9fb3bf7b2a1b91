/* The failures of check and live, each with its explanation. */
const FAILURES = [...data.failures.map((one) => ({...one, target: one.id.split("/")[0]})),
  ...data.live.flatMap((unit) => unit.failures.map((one) =>
      ({...one, target: unit.target, unit: unit.name})))];
for (const one of FAILURES)
  one.text = [one.id, one.oracle, one.prog, one.source, one.expected, one.got, one.why,
      one.unit].join(" ").toLowerCase();

function failureBody(one) {
  const pairs = one.explanation && one.explanation.differences.length ? []
      : lineDifference(one.expected, one.got);
  const plainLines = pairs.length || (one.explanation && one.explanation.differences.length) ? []
    : [["Expected", one.expected], ["Got", one.got]];
  return [one.why ? el("p", {class: "why"}, one.why) : null,
    one.explanation ? explanation(one.explanation) : one.insns ? el("pre", {}, one.insns) : null,
    differences(pairs, 0), one.said && one.said.length ? el("pre", {}, one.said.join("\n")) : null,
    facts([...plainLines, ["Source", one.source], ["Blame", one.blame],
        ["Visit", one.visit > 1 ? String(one.visit) : ""],
      ["Explained at", one.like ? el("a", {href: `#failure=${encodeURIComponent(one.like)}`}, one.like)
        : ""],
      ["Case", one.unit ? "" : el("a", {href: `#case=${encodeURIComponent(caseOf(one.id))}`},
          caseOf(one.id))]]),
    one.repro || one.again ? command(one.repro || one.again) : null].flat();
}

function failureCard(one) {
  const sub = one.prog ? [el("b", {class: "mono"}, one.prog),
      ` expected ${one.expected || "otherwise"}, got ${one.got}`]
    : [`expected ${one.expected || "otherwise"}, got ${one.got || one.why || ""}`];
  const made = card({class: "fail", "data-id": one.id},
      [el("span", {class: "badge"}, one.oracle), el("span", {class: "id"}, one.id),
    el("span", {class: "sub"}, sub)], () => failureBody(one));
  return made;
}

let showFailures = () => {};

function setUpFailures() {
  const list = cards($("failure-list"), FAILURES, failureCard);
  const oracles = [...new Set(FAILURES.map((one) => one.oracle))].sort();
  const filter = chips($("failure-oracles"), oracles.map((key) => ({key, label: key})), show);
  function show() {
    const wanted = words($("failure-search"));
    const shown = list.show((one) => wanted.every((word) => one.text.includes(word))
      && (!filter.chosen.size || filter.chosen.has(one.oracle)));
    $("failure-status").textContent = !FAILURES.length ? "None."
      : shown.length === FAILURES.length ? ""
          : `${number(shown.length)} of ${number(FAILURES.length)} failures`;
  }
  showFailures = (oracle, text) => {
    $("failure-search").value = text;
    filter.clear();
    if (oracle) filter.toggle(oracle, true);
  };
  for (const link of document.querySelectorAll("a.hit"))
    link.addEventListener("click", () => showFailures(link.dataset.oracle, `${link.dataset.target}/`));
  onSearch($("failure-search"), show);
  $("failure-search").closest(".filters").hidden = !FAILURES.length;
  setUpFailures.open = (id) => {
    const one = FAILURES.find((each) => each.id === id);
    if (!one) return false;
    showFailures("", "");
    list.upTo(one);
    const made = document.querySelector(`#failure-list [data-id="${CSS.escape(id)}"]`);
    made.firstChild.open = true;
    made.scrollIntoView({block: "start"});
    made.querySelector("summary").focus({preventScroll: true});
    return true;
  };
  show();
}
