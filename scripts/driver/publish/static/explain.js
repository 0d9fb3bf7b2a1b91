/* Draws an explanation: code with the tables beside it, an arrow to the resume PC, what differs. */
const VALUES = {"-1": "safe", "-2": "unsafe", "-3": "restart 1", "-4": "restart 2", "-5": "restart at entry"};

function tableValue(line) {
  if (line.filter) return line.filter;
  if (line.damage) return "unreadable";
  let said = line.value === undefined || line.value === null ? "" : VALUES[line.value] || String(line.value);
  if (line.mark !== undefined) said += ` (not ${VALUES[line.mark] || line.mark})`;
  return said + (line.unreported ? " (delay slot)" : "");
}

function delta(line) {
  const said = line.sp_delta === undefined ? "" : String(line.sp_delta);
  return line.sp_moved !== undefined && line.sp_moved !== line.sp_delta ? `${said}, moved ${line.sp_moved}`
      : said;
}

/* The arrow's part in front of line k: from the PC to where the thread resumed. */
function gutter(k, here, to) {
  if (here < 0 || to < 0 || k < Math.min(here, to) || k > Math.max(here, to)) return null;
  if (here === to) return el("b", {}, "↻");
  const part = k === Math.min(here, to) ? "top" : k === Math.max(here, to) ? "bottom" : "mid";
  return [el("i", {class: part}), k === to ? el("b", {}, "▶") : null];
}

function codeTable(lines, progs, resume) {
  const here = lines.findIndex((line) => line.here), to = lines.findIndex((line) => line.offset === resume);
  const between = (k) => k > Math.min(here, to) && k <= Math.max(here, to) && here >= 0 && to >= 0
      && here !== to;
  const body = el("tbody");
  let last = null, source = null;
  lines.forEach((line, k) => {
    const prog = progs.find((one) => one.prog === line.prog);
    const head = prog && prog.prog !== last ? [prog.text, prog.source]
      : !prog && line.source && line.source !== source ? [line.source, ""] : null;
    if (head)
      body.append(el("tr", {class: "prog"}, el("td", {class: "g"},
          between(k) ? el("i", {class: "mid"}) : null),
        el("th", {colspan: 5, scope: "rowgroup"}, head[0], head[1] ? el("small", {}, head[1]) : null)));
    last = prog ? prog.prog : last;
    source = line.source || source;
    const marked = line.here;
    body.append(el("tr", {class: marked ? "here" : line.blame ? "blame" : null},
        el("td", {class: "g"}, gutter(k, here, to)),
      el("td", {class: "o"}, (marked ? "> " : line.blame ? "* " : "  ") + hex(line.offset)),
      el("td", {class: "x"}, line.bytes || ""), el("td", {}, line.text || "(not decoded)"),
      el("td", {}, tableValue(line)), el("td", {}, delta(line))));
  });
  const head = ["", "PC", "", "Instruction", "Table", "SP delta"]
      .map((name) => el("th", {scope: "col"}, name));
  return el("div", {class: "code-box", tabindex: 0, role: "region", "aria-label": "Code"},
    el("table", {class: "code"}, el("thead", {}, el("tr", {}, head)), body));
}

/* A value with the digits that differ marked; `bits` is in hex and as wide, or "". */
function marked(value, bits) {
  if (!bits || bits.length < value.length) return value;
  const wide = bits.slice(bits.length - value.length);
  return [...value].map((digit, k) => (k > 1 && !"0_x".includes(wide[k]) ? el("mark", {}, digit) : digit));
}

function xor(expected, got) {
  if (expected.length !== got.length || !expected.startsWith("0x")) return "";
  return "0x" + [...expected.slice(2)].map((digit, k) => {
    const bits = parseInt(digit, 16) ^ parseInt(got[k + 2], 16);
    return Number.isNaN(bits) || digit === "_" ? "_" : bits.toString(16);
  }).join("");
}

function differences(rows, more) {
  if (!rows.length) return null;
  const body = rows.map((one) => el("tr", {}, el("th", {scope: "row"}, one.what), el("td", {}, one.expected),
    el("td", {}, marked(one.got, one.bits))));
  const head = ["Differs", "Expected", "Got"].map((name) => el("th", {scope: "col"}, name));
  return el("div", {class: "code-box pad"}, el("table", {class: "diff"}, el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, body)), more ? el("p", {class: "note"}, `and ${more} more`) : null);
}

/* Of a failure's two lines, where they are one register's. */
function lineDifference(expected = "", got = "") {
  const [left, right] = [expected, got].map((text) => /^(\S+?)=(0x[0-9a-fA-F_]+)$/.exec(text));
  if (!left || !right || left[1] !== right[1]) return [];
  return [{what: left[1], expected: left[2], got: right[2], bits: xor(left[2], right[2])}];
}

function explanation(one) {
  const action = one.action ? el("p", {class: "action"}, one.action.text) : null;
  return [one.lines.length ? codeTable(one.lines, one.progs, one.action ? one.action.resume : null) : null,
      action,
    differences(one.differences, one.more), ...one.notes.map((note) => el("p", {class: "note"}, note))];
}
