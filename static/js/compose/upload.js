// Sends a picture and puts it into the text. One can go on writing while it is on its way: a placeholder
// stands where it will be.

import { SENDING, typed } from "./tools.js";

// Makes the panel of an editor send by itself; returns what takes pictures that were pasted or dropped.
export const sending = ({ box, area, form }) => {
  const panel = box.querySelector("[data-attach]");
  const words = panel.dataset;
  const file = panel.querySelector("[type=file]");
  const send = panel.querySelector("[name=attach]");
  const bar = panel.querySelector("progress");
  const error = panel.querySelector("[role=alert]");
  const field = (name) => panel.querySelector(`[name=${name}]`);
  let waiting = [];
  let count = 0;

  const say = (message, kind = "error") => {
    error.textContent = message;
    error.hidden = !message;
    error.className = message ? kind : "";
  };
  const tooLarge = () => file.files[0]?.size > words.max;
  const check = () => say(tooLarge() ? words.tooLarge : "");

  // Several pictures dropped at once are asked for one by one: each has its own description.
  const next = () => {
    const list = new DataTransfer();
    list.items.add(waiting.shift());
    file.files = list.files;
    panel.open = true;
    check();
    field("alt").focus();
  };
  file.addEventListener("change", check);
  check();

  // Change the text without moving whoever is writing elsewhere in it.
  const replace = (old, text) => {
    const start = area.value.indexOf(old);
    if (start >= 0) area.setRangeText(text, start, start + old.length, "preserve");
    else if (text) area.setRangeText(`\n\n${text}\n`, area.value.length, area.value.length, "preserve");
    typed(area);
  };

  send.addEventListener("click", (event) => {
    event.preventDefault();
    if (!file.files.length) say(words.choose);
    if (!file.files.length || tooLarge()) {
      file.focus();
      return;
    }
    const [picture] = file.files;
    const body = new FormData();
    body.set("picture", picture);
    for (const name of ["alt", "caption"]) body.set(name, field(name).value);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);

    const placeholder = `${SENDING}${words.sending} ${picture.name.replace(/[[\]()\\]/g, " ")} ${++count}]()`;
    const at = area.selectionEnd;
    const gap = /(^|\n\n)$/.test(area.value.slice(0, at)) ? "" : "\n\n";
    area.setRangeText(`${gap}${placeholder}\n\n`, at, at, "end");
    typed(area);

    const failed = (answer) => {
      replace(placeholder, "");
      // The file stays chosen: press again to try again.
      say(answer?.error || words.failed);
    };
    // fetch() cannot say how much has been sent.
    const request = new XMLHttpRequest();
    request.open("POST", words.upload);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (step) => (bar.value = step.loaded / step.total));
    request.addEventListener("error", () => failed());
    request.addEventListener("load", () => {
      if (request.status !== 201) return failed(request.response);
      const { markdown, note } = request.response;
      replace(placeholder, markdown);
      for (const input of panel.querySelectorAll("input")) input.value = "";
      if (waiting.length) next();
      else panel.open = Boolean(note);
      if (note) say(note, "hint");
    });
    const busy = (yes) => {
      bar.hidden = !yes;
      send.disabled = yes;
      form.ariaBusy = yes ? "true" : null;
    };
    request.addEventListener("loadend", () => busy(false));
    say("");
    bar.value = 0;
    busy(true);
    request.send(body);
  });

  // Sending, or leaving, in the middle of it would lose the picture.
  form.addEventListener("submit", (event) => {
    if (!form.ariaBusy) return;
    event.preventDefault();
    panel.open = true;
    say(words.wait);
  });
  addEventListener("beforeunload", (event) => form.ariaBusy && event.preventDefault());

  return (pictures) => {
    waiting.push(...pictures);
    if (pictures.length && !file.files.length) next();
  };
};
