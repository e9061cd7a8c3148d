// For whoever writes: what the files beside this one share. The textarea stays a plain textarea, each
// file works without the others, and none is needed to send a text. Words come from data- attributes of
// templates/components/editor.html.

export const ask = (url, body) =>
  fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Requested-With": "fetch" } });

// Do `work` once nobody has called for `wait` milliseconds.
export const later = (wait, work) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(work, wait, ...args);
  };
};

export const typed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));

// Put `text` in the place of start…end, so that the browser's own undo takes it back.
export const put = (area, start, end, text) => {
  area.focus();
  area.setSelectionRange(start, end);
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  area.setRangeText(text, start, end, "end");
  typed(area);
};

export const plainClick = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);

export const editors = [...document.querySelectorAll("[data-editor]")].map((box) => {
  const area = box.querySelector("textarea");
  return { box, area, form: area.form, words: box.dataset };
});

// Where a picture will be that is on its way (upload.js): WORD JOINER is seen by nobody, typed by nobody,
// cleaned away by the server. A draft may hold one whose upload ended with its page.
export const SENDING = "![\u2060";
export const withoutPlaceholders = (text) => text.replace(/\n*!\[\u2060[^\]]*\]\(\)\n*/g, "\n\n");
