"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from foundation.web.wsgi import only_utf8, warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = only_utf8(get_wsgi_application())
warm()
