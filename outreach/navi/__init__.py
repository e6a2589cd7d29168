"""The navi: an anonymous question becomes a list of programmes and windows; nothing about anyone is kept."""
