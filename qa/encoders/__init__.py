"""Text → unit vectors, by one embedding model on two sides.

A build encodes on PyTorch (`torch_encoder`) and writes the model down as ONNX (`onnx_export`);
questions are encoded from that file without PyTorch (`onnx_encoder`). Both are one `Encoder`
(`protocol`). This package knows nothing of documents, indexes, or what vectors are used for.
"""
