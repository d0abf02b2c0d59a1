"""What a service's program calls, and where it sends people."""

from django.urls import path

from ..views import passage

app_name = "passage"

urlpatterns = [
    path(".well-known/openid-configuration", passage.discovery, name="discovery"),
    path(".well-known/jwks.json", passage.keys, name="keys"),
    path("connect/authorize/", passage.authorize, name="authorize"),
    path("connect/token/", passage.token, name="token"),
    path("connect/userinfo/", passage.userinfo, name="userinfo"),
    path("connect/revoke/", passage.revoke, name="revoke"),
]
