// Pictures into a text: by paste, by drop, or from the panel under it, which is a plain part of the form
// and works without scripts. What sends them (upload.js) is fetched by the first who opens it.

import { editors } from "./tools.js";

for (const editor of editors) {
  const { box, area } = editor;
  const panel = box.querySelector("[data-attach]");
  let sender;
  const take = async (pictures) => {
    try {
      sender ??= import("./upload.js").then(({ sending }) => sending(editor));
      (await sender)(pictures);
    } catch {
      sender = null; // no connection: the panel is still a form
      if (pictures.length) panel.open = true;
    }
  };
  // The files of an event are gone when it is over.
  const offer = (files) => {
    // Few systems know the type of an iPhone's photo.
    const isPicture = ({ name, type }) => type.startsWith("image/") || /\.hei[cf]$/i.test(name);
    const pictures = [...files].filter(isPicture);
    if (pictures.length) take(pictures);
    return pictures.length;
  };
  const ready = () => panel.open && take([]);
  panel.addEventListener("toggle", ready);
  ready(); // a browser that went back may have opened it already
  box.addEventListener("choose-picture", () => {
    panel.open = true;
    panel.querySelector("[type=file]").click();
  });
  area.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    if (!types.includes("text/plain") && offer(files)) event.preventDefault();
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    box.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      box.classList.toggle("over", kind.endsWith("er"));
      if (kind === "drop") offer(event.dataTransfer.files);
    });
  }
}
