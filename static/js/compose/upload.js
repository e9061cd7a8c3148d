// Sends a picture as soon as it is chosen and puts it into the text. One can go on writing while it is on its
// way: a placeholder stands where it will be. What it shows is asked afterwards, beside its thumbnail.

import { SENDING, typed } from "./tools.js";

// As forums/pictures/files.py:markdown writes it.
const markdown = (address, alt, caption) => {
  const title = caption && ` "${caption.replace(/[\\"]/g, "\\$&")}"`;
  return `![${alt.replace(/[\\[\]`*_<>]/g, "\\$&")}](${address}${title})`;
};

// Makes the panel of an editor send by itself; returns what takes pictures: chosen, pasted or dropped.
export const sending = ({ box, area, form }) => {
  const panel = box.querySelector("[data-attach]");
  const words = panel.dataset;
  const file = panel.querySelector("[type=file]");
  const bar = panel.querySelector("progress");
  const error = panel.querySelector("[role=alert]");
  const plain = panel.querySelectorAll("[data-plain]");
  const row = panel.querySelector("template");
  const waiting = [];
  let count = 0;

  const say = (message, kind = "error") => {
    error.textContent = message;
    error.hidden = !message;
    error.className = message ? kind : "";
  };

  // What cannot be sent stays chosen, and the button is there to try again: with the next press, or as a form.
  const keep = (picture) => {
    const list = new DataTransfer();
    if (picture) list.items.add(picture);
    file.files = list.files;
    for (const each of plain) each.hidden = !picture;
  };

  // Change the text without moving whoever is writing elsewhere in it.
  const replace = (old, text) => {
    const start = area.value.indexOf(old);
    if (start >= 0) area.setRangeText(text, start, start + old.length, "preserve");
    typed(area);
    return start >= 0;
  };

  // The thumbnail, with what it shows and the words under it: typed here, they stand in the text at once.
  const show = ({ address, small, markdown: line }) => {
    const shown = row.content.firstElementChild.cloneNode(true);
    shown.querySelector("img").src = small;
    const [alt, caption] = shown.querySelectorAll("input");
    let now = line;
    shown.addEventListener("input", (event) => {
      event.stopPropagation(); // no field of the form
      const next = markdown(address, alt.value, caption.value);
      if (replace(now, next)) now = next;
    });
    for (const input of [alt, caption]) {
      input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    }
    row.before(shown);
    alt.focus();
  };

  const busy = (yes) => {
    bar.hidden = !yes;
    form.ariaBusy = yes ? "true" : null;
  };

  const next = () => {
    const picture = waiting.shift();
    if (!picture) return;
    if (picture.size > words.max) {
      say(words.tooLarge);
      next();
      return;
    }
    const body = new FormData();
    body.set("picture", picture);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const placeholder = `${SENDING}${words.sending} ${picture.name.replace(/[[\]()\\]/g, " ")} ${++count}]()`;
    const at = area.selectionEnd;
    const gap = /(^|\n\n)$/.test(area.value.slice(0, at)) ? "" : "\n\n";
    area.setRangeText(`${gap}${placeholder}\n\n`, at, at, "end");
    typed(area);

    const failed = (answer) => {
      replace(placeholder, "");
      keep(picture);
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
      const line = request.response.markdown;
      if (!replace(placeholder, line)) {
        area.setRangeText(`\n\n${line}\n`, area.value.length, area.value.length, "preserve");
        typed(area);
      }
      show(request.response);
      if (request.response.note) say(request.response.note, "hint");
    });
    request.addEventListener("loadend", () => {
      busy(false);
      next();
    });
    bar.value = 0;
    busy(true);
    request.send(body);
  };

  const take = (pictures) => {
    if (!pictures.length) return;
    panel.open = true;
    keep(null);
    say("");
    waiting.push(...pictures);
    if (!form.ariaBusy) next();
  };
  file.addEventListener("change", () => take([...file.files]));
  panel.querySelector("[name=attach]").addEventListener("click", (event) => {
    event.preventDefault();
    if (file.files.length) take([...file.files]);
    else say(words.choose);
  });
  keep(file.files[0]);
  take([...file.files]);

  // Sending, or leaving, in the middle of it would lose the picture.
  form.addEventListener("submit", (event) => {
    if (!form.ariaBusy) return;
    event.preventDefault();
    panel.open = true;
    say(words.wait);
  });
  addEventListener("beforeunload", (event) => form.ariaBusy && event.preventDefault());

  return take;
};
