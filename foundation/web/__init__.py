"""What stands around a page: the server, middleware, health, languages, forms and lists."""
