// Say in the page's language what a passkey ceremony came to: the browser's own errors are English.
(function () {
  document.addEventListener('allauth.error', function (event) {
    const place = document.getElementById('passkey-error')
    if (!place) return
    event.preventDefault()
    const name = event.detail.exception && event.detail.exception.name
    const known = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known' }
    place.textContent = place.dataset[known[name] || 'unsupported']
    place.hidden = false
  })
})()
