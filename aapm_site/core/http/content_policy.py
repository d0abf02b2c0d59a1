"""The Content-Security-Policy: written once, and anew only for a response that asks for something else."""

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What django-csp's decorators leave on a response.
ASKS = frozenset({"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"})


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp, which by itself puts the policy together from its parts for each response."""

    usual = ""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asks = "_csp_nonce" in request.__dict__ or not ASKS.isdisjoint(response.__dict__)
        if asks or HEADER in response or settings.DEBUG:
            return super().process_response(request, response)
        self.usual = self.usual or build_policy()
        response[HEADER] = self.usual
        # A nonce that is asked for now would be missing in the header: that raises.
        request.__dict__["csp_nonce"] = CheckableLazyObject(self._csp_nonce_post_response)
        return response
