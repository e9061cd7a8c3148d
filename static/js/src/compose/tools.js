// For whoever writes. The textarea stays a plain textarea, every piece below works without the others,
// and nothing here is needed to send a text. Words come from data- attributes of
// templates/components/editor.html. The files of this folder become one (scripts/build_js.py).

const ask = (url, body) =>
  fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Requested-With": "fetch" } });

// Do `work` once nobody has called for `wait` milliseconds.
const later = (wait, work) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(work, wait, ...args);
  };
};

const typed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));

// Put `text` in the place of start…end, so that the browser's own undo takes it back.
const put = (area, start, end, text) => {
  area.focus();
  area.setSelectionRange(start, end);
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  area.setRangeText(text, start, end, "end");
  typed(area);
};

const plainClick = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);

const editors = [...document.querySelectorAll("[data-editor]")].map((box) => {
  const area = box.querySelector("textarea");
  return { box, area, form: area.form, words: box.dataset };
});
