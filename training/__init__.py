"""How the reader is trained: data → examples → weights → ONNX file, measured at the end.

For developers only: nothing in `qa` imports it, and it is not part of the installed package.
README.md tells the commands.
"""
