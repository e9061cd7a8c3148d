// Search boxes: while one types, titles and tags are suggested (the combobox of the ARIA practices).
// The form stays what it is: without a suggestion chosen, Enter sends it.

const made = (name, attributes) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

document.querySelectorAll("input[data-seek]").forEach((input, place) => {
  const id = `seek-${place}`;
  const list = made("ul", { id, role: "listbox", class: "combo-list", "aria-label": input.dataset.list, hidden: "" });
  const status = made("span", { class: "vh", "aria-live": "polite" });
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);

  let chosen = -1;
  const choose = (next) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = next;
    const option = list.children[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = (wish) => {
    choose(-1);
    list.hidden = !wish || !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : input.dataset.count.replace("{n}", list.children.length);
  };
  open(false);

  // An older question is dropped when a newer one is asked.
  let asking;
  let timer;
  const forget = () => {
    clearTimeout(timer);
    asking?.abort();
  };
  const ask = async () => {
    const q = input.value.trim();
    asking = new AbortController();
    try {
      if (q.length < 2) throw new RangeError("too short");
      const address = `${input.dataset.seek}?${new URLSearchParams({ q })}`;
      const answer = await fetch(address, { signal: asking.signal });
      const { titles, tags } = await answer.json();
      const rows = [
        ...titles.map(({ title, board, url }) => [title, board, url, ""]),
        ...tags.map(({ name, url }) => [`#${name}`, input.dataset.tag, url, "of-tag"]),
      ];
      list.replaceChildren(
        ...rows.map(([text, note, url, kind], number) => {
          const option = made("li", { id: `${id}-${number}`, role: "option", "aria-selected": "false", class: kind });
          option.dataset.url = url;
          const small = made("small", {});
          small.textContent = note;
          option.append(text, small);
          return option;
        }),
      );
      open(document.activeElement === input);
    } catch (fault) {
      if (fault.name !== "AbortError") open(false);
    }
  };
  const soon = () => {
    forget();
    timer = setTimeout(ask, 180);
  };
  input.addEventListener("input", soon);
  if (document.activeElement === input && input.value !== input.defaultValue) soon(); // she was quicker than this file
  input.addEventListener("blur", () => {
    forget();
    open(false);
  });
  input.form.addEventListener("submit", forget);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (list.hidden) open(true);
      if (list.hidden) return;
      event.preventDefault();
      // From the last back to what was typed, and round again.
      const many = list.children.length + 1;
      choose(((chosen + 1 + step + many) % many) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  // The box keeps the focus while one presses on the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
});
