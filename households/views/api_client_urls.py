"""Addresses of the pages on other systems."""

from django.urls import path

from households.views import api_clients, webhooks

urlpatterns = [
    path("api-clients/", api_clients.api_client_list, name="api_client_list"),
    path("api-clients/<int:pk>/", api_clients.api_client, name="api_client"),
    path("api-clients/<int:pk>/webhooks/", webhooks.webhook_add, name="webhook_add"),
    path("api-clients/<int:pk>/webhooks/<int:webhook_pk>/", webhooks.webhook, name="webhook"),
]
