/* A case as a strip of its PCs. */
const SVG = "http://www.w3.org/2000/svg";
const CELL = 11, EACH = 120;   // pixels for a PC; up to so many PCs each has a cell of its own

function strip(verdicts) {
  const n = verdicts.length, svg = document.createElementNS(SVG, "svg");
  const runs = [];
  for (let k = 0; k < n; k++) {
    const last = runs[runs.length - 1];
    if (last && last.letter === verdicts[k] && n > EACH) last.count++;
    else runs.push({letter: verdicts[k], at: k, count: 1});
  }
  svg.setAttribute("viewBox", `0 0 ${Math.max(1, n)} 1`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "strip");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", described(verdicts));
  svg.style.width = `${n * CELL}px`;
  for (const {letter, at, count} of runs) {
    const rect = document.createElementNS(SVG, "rect");
    const gap = n > EACH ? 0 : 0.12;
    rect.setAttribute("x", at);
    rect.setAttribute("width", count - gap);
    rect.setAttribute("height", 1);
    rect.setAttribute("class", `v-${LETTERS.indexOf(letter)}`);
    svg.append(rect);
  }
  return svg;
}

/* "12 PCs: 9 resumed, 3 restarted" */
function described(verdicts) {
  const parts = LETTERS.map((letter) => [verdicts.split(letter).length - 1, data.verdicts[letter]])
    .filter(([count]) => count).map(([count, name]) => `${count} ${name}`);
  return verdicts ? `${plural(verdicts.length, "PC")}: ${parts.join(", ")}` : "no PCs recorded";
}
