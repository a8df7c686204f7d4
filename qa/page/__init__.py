"""The web page: it formats what the packages below decided, and decides nothing itself.

`server` puts the tabs together and serves them; `tabs` lay out fields and wire them, `html` makes
what is shown, `locale` holds the words, `static` what the browser runs.
"""
