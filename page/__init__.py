"""The parts of the web page. They format what `qa` decided; `app.py` puts them together."""
