"""Addresses of the food bank's desk."""

app_name = "desk"

urlpatterns = []
