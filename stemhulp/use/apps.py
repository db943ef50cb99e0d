from django.apps import AppConfig


class UseConfig(AppConfig):
    name = "stemhulp.use"
