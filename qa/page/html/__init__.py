"""Values → HTML: every piece of the page that is not a field. Pure but for what it is given."""
