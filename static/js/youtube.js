// A video is a link until somebody presses it; only then is anything asked of YouTube, from the host
// that sets no cookies. With a key held down, or without scripts, it stays a link.

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
  // The player refuses to play when it is not told which site it stands on; ours tells no one else.
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
});
