// Say in the page's language what a passkey ceremony came to: the browser's own errors are English.
document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey-error");
  if (!place) return;
  event.preventDefault();
  const known = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" };
  place.textContent = place.dataset[known[event.detail.exception?.name] ?? "unsupported"];
  place.hidden = false;
});
