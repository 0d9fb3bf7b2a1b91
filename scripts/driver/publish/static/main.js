/* Sets up the page, and opens what its address names: #failure=ID, #case=TARGET/NAME. */
function openNamed() {
  const [what, name] = location.hash.slice(1).split("=");
  if (!name) return;
  const id = decodeURIComponent(name);
  if (what === "failure") {
    if ($("case-dialog").open) $("case-dialog").close();
    history.replaceState(null, "", `#failure=${name}`);
    setUpFailures.open(id);
  } else if (what === "case") {
    openCase(id);
  }
}

setUpFailures();
setUpCases();
setUpFindings();
setUpLive();
for (const [name, items] of [["failures", FAILURES], ["cases", CASES], ["findings", data.findings]])
  for (const one of document.querySelectorAll(`[data-count="${name}"]`))
      one.textContent = number(items.length);
addEventListener("hashchange", openNamed);
openNamed();
