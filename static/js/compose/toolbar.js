// The toolbar: one stop for the Tab key, arrows inside it. What a button does stands on it: data-wrap,
// data-lines, data-link, data-picture; data-key with Ctrl does the same.

import { editors, put } from "./tools.js";

// **word**, ||hidden||: around the selection, or taken away again; a block around several lines.
const wrap = (area, { wrap: mark, block }) => {
  let { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  if (block && chosen.includes("\n")) {
    put(area, start, end, `${block}\n${chosen.trim()}\n:::\n`);
    return;
  }
  const marked = value.slice(0, start).endsWith(mark) && value.startsWith(mark, end);
  if (marked) {
    start -= mark.length;
    end += mark.length;
  }
  put(area, start, end, marked ? chosen : mark + chosen + mark);
  if (!marked) start += mark.length;
  area.setSelectionRange(start, start + chosen.length);
};

// "> ", "- ", "## ": before every chosen line, or taken away again.
const prefix = (area, { lines: mark }) => {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const newline = value.indexOf("\n", area.selectionEnd);
  const end = newline < 0 ? value.length : newline;
  const lines = value.slice(start, end).split("\n");
  const marked = lines.every((line) => line.startsWith(mark));
  put(area, start, end, lines.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n"));
};

const link = (area) => {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  if (/^https?:\/\/\S+$/.test(chosen)) {
    put(area, start, end, `[](${chosen})`);
    area.setSelectionRange(start + 1, start + 1);
  } else {
    put(area, start, end, `[${chosen}](https://)`);
    area.setSelectionRange(end + 3, end + 11);
  }
};

const act = (box, area, { dataset }) => {
  if (dataset.wrap) wrap(area, dataset);
  else if (dataset.lines) prefix(area, dataset);
  else if ("link" in dataset) link(area);
  else box.dispatchEvent(new Event("choose-picture"));
};

for (const { box, area } of editors) {
  const bar = box.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("button")];
  const enter = (button) => buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1));
  enter(buttons[0]);
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) act(box, area, button);
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length);
    enter(next);
    next.focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const button = buttons.find((each) => each.dataset.key === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    act(box, area, button);
  });
}
