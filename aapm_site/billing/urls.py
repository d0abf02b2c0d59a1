"""Billing's pages: buying, the account's orders, the page of the mail's link, and where the provider tells."""

from django.urls import path

from .views import checkout, documents, orders, pay, statements, webhooks

app_name = "billing"

urlpatterns = [
    path("checkout/", checkout.checkout, name="checkout"),
    path("account/orders/", orders.order_list, name="order-list"),
    path("account/orders/<slug:order_id>/", orders.order_detail, name="order-detail"),
    path("account/orders/<slug:order_id>/pay/", orders.order_pay, name="order-pay"),
    path("account/orders/<slug:order_id>/cancel/", orders.order_cancel, name="order-cancel"),
    path("account/orders/<slug:order_id>/invoice.pdf", documents.order_invoice, name="order-invoice"),
    path("account/orders/<slug:order_id>/receipts/<slug:paper_id>.pdf", documents.order_receipt, name="order-receipt"),
    path(
        "account/orders/<slug:order_id>/credit-notes/<slug:paper_id>.pdf",
        documents.order_credit_note,
        name="order-credit-note",
    ),
    path("account/orders/statement/<slug:customer_id>/", statements.statement, name="statement"),
    path("pay/<slug:token>/", pay.pay, name="pay"),
    path("pay/<slug:token>/done/", pay.pay_return, name="pay-return"),
    path("pay/<slug:token>/invoice.pdf", documents.pay_invoice, name="pay-invoice"),
    path("pay/<slug:token>/receipts/<slug:paper_id>.pdf", documents.pay_receipt, name="pay-receipt"),
    path("pay/<slug:token>/credit-notes/<slug:paper_id>.pdf", documents.pay_credit_note, name="pay-credit-note"),
    path("webhooks/stripe/", webhooks.stripe, name="stripe-webhook"),
]
