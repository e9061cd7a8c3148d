// What the server knows of a text that is being written: how it will look, what its writer may not
// want to tell everyone, which topics and tags there are already.

import { ask, editors, later } from "./tools.js";

for (const { box, area, form, words } of editors) {
  const text = () => {
    const body = new FormData();
    body.set("body", area.value);
    // Where it will stand, for whom it names may be named there.
    const { seek, along } = area.dataset;
    if (seek) new URL(seek, location).searchParams.forEach((value, name) => body.set(name, value));
    if (along) body.set(along, new FormData(form).get(along) ?? "");
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return body;
  };

  // Preview: the server renders, the form stays.
  form.querySelector("button[name=preview]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    const shown = await ask(words.preview, text()).then((answer) => answer.text(), () => "");
    form.querySelectorAll(".preview").forEach((old) => old.remove());
    const place = document.createElement("div");
    place.className = "preview";
    place.tabIndex = -1;
    if (shown) place.innerHTML = shown;
    else place.textContent = words.offline;
    (box.closest(".field") ?? box).after(place);
    place.focus();
  });

  // Telephone numbers and the like: asked only when there is something to ask.
  const hints = box.parentElement.querySelector("[data-hints]");
  const look = async () => {
    let found = "";
    if (/\S@\S|[0-9๐-๙](?:[ .()-]*[0-9๐-๙]){8}/.test(area.value)) {
      const answer = await ask(`${words.preview}?hints=1`, text()).catch(() => null);
      if (!answer?.ok) return;
      found = (await answer.text()).trim();
    }
    if (hints.innerHTML.trim() !== found) hints.innerHTML = found;
  };
  area.addEventListener("input", later(1200, look));
}

// While a title or a tag is typed. An answer that comes late, to what no longer stands there, is dropped.
const whileTyping = (selector, name, question, show) => {
  for (const input of document.querySelectorAll(selector)) {
    const go = later(400, async () => {
      const asked = input.value;
      const url = question(input) + "?" + new URLSearchParams({ [name]: asked });
      const answer = await ask(url).catch(() => null);
      if (answer?.ok && input.value === asked) show(input, await answer.text());
    });
    input.addEventListener("input", go);
  }
};

whileTyping(
  "[data-similar]",
  "title",
  (input) => input.dataset.similar,
  (input, found) => (document.getElementById("similar").innerHTML = found),
);

whileTyping(
  "[data-suggest]",
  "q",
  (input) => input.dataset.suggest,
  (input, found) => {
    // The list completes the whole line, so what stands before the last word goes before each tag.
    const before = input.value.replace(/\S+$/, "");
    input.list.innerHTML = found;
    for (const option of input.list.options) {
      option.label = option.value;
      option.value = before + option.value;
    }
  },
);
