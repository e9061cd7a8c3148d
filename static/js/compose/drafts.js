// What is being written is kept on this device, by member and form, until the server has it.
//
// A draft goes only when the server says that it has the text (a form's `submission` names one
// filling-in), when its writer discards it or signs out, or after 30 days. Pressing send proves
// nothing: the connection may break, the answer may be a refusal, and the text may have arrived
// although the answer did not.

import { answer, answered } from "./answering.js";
import { overtaken, send, throwAway } from "./kept.js";
import { ask, editors, withoutPlaceholders } from "./tools.js";

const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;

// Storage may be full, or not allowed here: then there is no draft, and the browser asks before leaving.
const stored = (work) => {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
};
const same = (...texts) => new Set(texts.map((text) => (text ?? "").replace(/\s+/g, " ").trim())).size === 1;

for (const { box, area, form, words } of editors) {
  if (!form.dataset.draft) continue;
  const edit = form.dataset.draft === "edit";
  const key = `draft:${words.member}:${form.dataset.draft}:${new URL(form.action).pathname}`;
  const status = form.querySelector("[data-draft-status]");
  const notice = box.parentElement.querySelector("[data-restored]");
  const submission = form.elements.submission?.value;
  const onServer = form.elements.draft; // which draft there, as kept.js knows it
  const opened = onServer.value;

  // The fields one writes in: not hidden ones, not files, not those of the picture panel.
  const fields = [...form.elements].filter(
    (field) => /^(text|textarea|select-one|radio)$/.test(field.type) && !field.closest("[data-attach]"),
  );
  const values = () =>
    Object.fromEntries(
      fields.filter((field) => field.type !== "radio" || field.checked).map((field) => [field.name, field.value]),
    );
  const fill = (kept) => {
    for (const field of fields) {
      const value = kept[field.name];
      if (field.type === "radio") field.checked = field.value === value;
      else if (!field.options || [...field.options].some((option) => option.value === value))
        field.value = value ?? "";
    }
  };
  // As the server gave it: a browser may already have put back what stood here before a reload.
  const given = values();
  for (const field of fields) if (/^text/.test(field.type)) given[field.name] = field.defaultValue;

  let unsaved = false;
  let timer;
  const keep = (sent = false, synced = false) => {
    clearTimeout(timer);
    const text = { at: Date.now(), fields: values(), given: area.defaultValue, submission };
    const draft = { ...text, server: onServer.value, synced, sent, ...answered(form) };
    unsaved = !stored((storage) => storage.setItem(key, JSON.stringify(draft)) ?? true);
    const [h, m] = new Date().toTimeString().split(":");
    if (status && !sent && !synced) status.textContent = unsaved ? "" : words.saved.replace("{h}", +h).replace("{m}", m);
  };
  const drop = () => {
    clearTimeout(timer);
    unsaved = false;
    stored((storage) => storage.removeItem(key));
  };
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 800);
  });
  form.addEventListener("kept", () => keep(false, true));
  addEventListener("pagehide", () => unsaved && keep());
  addEventListener("beforeunload", (event) => {
    if (unsaved) keep();
    if (unsaved) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    keep(true);
    unsaved = false;
  });

  // Whether the server has the text of a draft that was sent; not knowing is no.
  const arrived = async (draft) => {
    if (!draft.sent) return false;
    if (edit) return !same(draft.given, area.defaultValue);
    const answer = await ask(`${words.sent}?submission=${draft.submission}`).catch(() => null);
    return Boolean(answer?.ok && (await answer.json()).sent);
  };
  const restore = async () => {
    const draft = stored((storage) => JSON.parse(storage.getItem(key)));
    // Bound: the server has just given back what was typed, and says why.
    if (!draft || words.bound) return;
    const nothing = fields.every((field) => field.type === "radio" || same(draft.fields[field.name], given[field.name]));
    if (nothing || draft.at < Date.now() - THIRTY_DAYS || (await arrived(draft)) || (await overtaken(form, draft))) {
      drop();
      return;
    }
    // She was quicker than the answer, or the browser has brought the text back already.
    if (unsaved || same(area.value, draft.fields[area.name])) return;
    // The page was opened with another draft: this text joins it on the server, and she chooses there.
    if (opened && draft.server !== opened && (await send(form, { fields: draft.fields, draft: draft.server }))?.draft) {
      drop();
      return;
    }
    onServer.value = draft.server ?? "";
    form.querySelector(`[data-offer="${draft.server}"]`)?.remove();
    let text = withoutPlaceholders(draft.fields[area.name] ?? "");
    // A quotation the server put there joins what was being written.
    if (!edit && !opened && !text.includes(area.value.trim())) text = `${text.trimEnd()}\n\n${area.value}`;
    fill({ ...draft.fields, [area.name]: text });
    if (draft.to && draft.to !== form.elements.to?.value) answer(draft.to, draft.name);
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", () => {
      drop();
      fill(given);
      throwAway(form, opened);
      notice.hidden = true;
      if (status) status.textContent = "";
      area.focus();
    });
  };
  restore();
}
