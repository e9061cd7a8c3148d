"use strict";
{
document.addEventListener("click", (event) => {
const link = event.target.closest("a.youtube-link[data-youtube]");
if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
event.preventDefault();
const player = document.createElement("iframe");
const start = link.dataset.start ? `&start=${link.dataset.start}` : "";
player.src = `https://www.youtube-nocookie.com/embed/${link.dataset.youtube}?autoplay=1${start}`;
player.title = link.textContent.trim();
player.width = 560;
player.height = 315;
player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
player.referrerPolicy = "strict-origin-when-cross-origin";
link.replaceWith(player);
player.focus();
});
}
