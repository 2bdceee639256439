"""The English models of reportedly. The files are described in manifest.json and in the model card (README.md)."""
