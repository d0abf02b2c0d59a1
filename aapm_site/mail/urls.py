from django.urls import path

from . import views

app_name = "mail"

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("confirm/<str:signed>/", views.confirm, name="confirm"),
    path("arrives/<str:signed>/", views.arrives, name="arrives"),
]
