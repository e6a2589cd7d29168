"""Key rings, data keys, encrypted fields and blind indexes."""
