"""The embedding model: build side on PyTorch, query side on ONNX Runtime."""
