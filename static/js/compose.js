"use strict";
{
const ask = (url, body) =>
fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Requested-With": "fetch" } });
const later = (wait, work) => {
let timer;
return (...args) => {
clearTimeout(timer);
timer = setTimeout(work, wait, ...args);
};
};
const typed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));
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
for (const { box, area, form, words } of editors) {
const text = () => {
const body = new FormData();
body.set("body", area.value);
body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
return body;
};
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
const before = input.value.replace(/\S+$/, "");
input.list.innerHTML = found;
for (const option of input.list.options) {
option.label = option.value;
option.value = before + option.value;
}
},
);
document.addEventListener("click", async (event) => {
const quote = event.target.closest("a[data-quote]");
const area = document.querySelector("#reply textarea");
if (!quote || !area || !plainClick(event)) return;
event.preventDefault();
try {
const page = new DOMParser().parseFromString(await (await ask(quote.href)).text(), "text/html");
const quoted = page.querySelector("#reply textarea").value;
const end = area.value.trimEnd().length;
put(area, end, area.value.length, (end ? "\n\n" : "") + quoted);
area.scrollIntoView({ block: "center" });
} catch {
location.assign(quote.href);
}
});
const SENDING = "![\u2060";
const withoutPlaceholders = (text) => text.replace(/\n*!\[\u2060[^\]]*\]\(\)\n*/g, "\n\n");
for (const { box, area, form } of editors) {
const panel = box.querySelector("[data-attach]");
const words = panel.dataset;
const file = panel.querySelector("[type=file]");
const send = panel.querySelector("[name=attach]");
const bar = panel.querySelector("progress");
const error = panel.querySelector("[role=alert]");
const field = (name) => panel.querySelector(`[name=${name}]`);
let waiting = [];
let count = 0;
const say = (message) => {
error.textContent = message;
error.hidden = !message;
error.className = message ? "error" : "";
};
const tooLarge = () => file.files[0]?.size > words.max;
const check = () => say(tooLarge() ? words.tooLarge : "");
const next = () => {
const list = new DataTransfer();
list.items.add(waiting.shift());
file.files = list.files;
panel.open = true;
check();
field("alt").focus();
};
const offer = (files) => {
const pictures = [...files].filter((each) => each.type.startsWith("image/"));
waiting.push(...pictures);
if (pictures.length && !file.files.length) next();
return pictures.length;
};
box.addEventListener("choose-picture", () => {
panel.open = true;
file.click();
});
file.addEventListener("change", check);
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
say(answer?.error || words.failed);
};
const request = new XMLHttpRequest();
request.open("POST", words.upload);
request.responseType = "json";
request.setRequestHeader("Accept", "application/json");
request.upload.addEventListener("progress", (step) => (bar.value = step.loaded / step.total));
request.addEventListener("error", () => failed());
request.addEventListener("load", () => {
if (request.status !== 201) return failed(request.response);
replace(placeholder, request.response.markdown);
for (const input of panel.querySelectorAll("input")) input.value = "";
if (waiting.length) next();
else panel.open = false;
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
form.addEventListener("submit", (event) => {
if (!form.ariaBusy) return;
event.preventDefault();
panel.open = true;
say(words.wait);
});
addEventListener("beforeunload", (event) => form.ariaBusy && event.preventDefault());
}
const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;
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
const given = values();
for (const field of fields) if (/^text/.test(field.type)) given[field.name] = field.defaultValue;
let unsaved = false;
let timer;
const keep = (sent = false) => {
clearTimeout(timer);
const draft = { at: Date.now(), fields: values(), given: area.defaultValue, submission, sent };
unsaved = !stored((storage) => storage.setItem(key, JSON.stringify(draft)) ?? true);
const [h, m] = new Date().toTimeString().split(":");
if (status && !sent) status.textContent = unsaved ? "" : words.saved.replace("{h}", h).replace("{m}", m);
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
const arrived = async (draft) => {
if (!draft.sent) return false;
if (edit) return !same(draft.given, area.defaultValue);
const answer = await ask(`${words.sent}?submission=${draft.submission}`).catch(() => null);
return Boolean(answer?.ok && (await answer.json()).sent);
};
const restore = async () => {
const draft = stored((storage) => JSON.parse(storage.getItem(key)));
if (!draft || words.bound) return;
const nothing = fields.every((field) => field.type === "radio" || same(draft.fields[field.name], given[field.name]));
if (nothing || draft.at < Date.now() - THIRTY_DAYS || (await arrived(draft))) {
drop();
return;
}
if (unsaved || same(area.value, draft.fields[area.name])) return;
let text = withoutPlaceholders(draft.fields[area.name] ?? "");
if (!edit && !text.includes(area.value.trim())) text = `${text.trimEnd()}\n\n${area.value}`;
fill({ ...draft.fields, [area.name]: text });
notice.hidden = false;
notice.querySelector("button").addEventListener("click", () => {
drop();
fill(given);
notice.hidden = true;
if (status) status.textContent = "";
area.focus();
});
};
restore();
}
}
