"""What uvicorn serves."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from obeya.plant.log.access.body_limit import limit_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "obeya.config.settings")
application = limit_bodies(get_asgi_application(), most_bytes=settings.LARGEST_REQUEST)
