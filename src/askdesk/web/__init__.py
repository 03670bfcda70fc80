"""The chat in the browser: ``render`` makes its HTML, ``style`` its looks, ``page`` the page itself."""
