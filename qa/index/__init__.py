"""The index on disk: its parts, the generation folder, and the build."""
