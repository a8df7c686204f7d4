"""How good the answers are, and why: evaluation, explanation, feedback, quality, a map.

It looks at answers from outside, through a retriever. Nothing below may need it, and it prints
nothing: words for people are made by the shell and the page.
"""
