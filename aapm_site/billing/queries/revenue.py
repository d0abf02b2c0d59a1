"""What a shop has earned: what was paid of what it had charged, product by product and month by month.

An order has earned the smaller of two sums of the ledger: what it was charged (invoices less credit notes), and what
came for it (payments less refunds and what banks took back). What is charged beyond that is not paid yet; what came
beyond it is kept for the customer and is no revenue. A month's revenue is what the sum grew by: it falls with a refund.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from aapm_site.core.periods import A_DAY, ReportPeriod

from ..rules import ZERO

# An order's sum is shared by what is left of its lines, net and tax each, and rounded from the running total: the parts
# add up to the cent, and none is above its line. An order that is credited in full is shared as it was sold.
STATEMENT = """
    WITH moved AS (
        SELECT order_id, currency, width_bucket(booked_on, %(starts)s::date[]) AS bucket,
            sum(CASE kind WHEN 'invoice' THEN amount WHEN 'credit_note' THEN -amount ELSE 0 END) AS charged,
            sum(CASE WHEN kind IN ('payment', 'refund_failed') THEN amount WHEN kind = 'refund' THEN -amount
                ELSE 0 END) AS came
        FROM billing_entry
        WHERE booked_on <= %(last)s AND order_id IN (SELECT order_id FROM billing_orderline WHERE sku LIKE %(skus)s)
        GROUP BY order_id, currency, bucket
    ), standing AS (
        SELECT order_id, currency, bucket, sum(charged) OVER upto AS charged, sum(came) OVER upto AS came,
            lead(bucket) OVER upto IS NULL AS is_last
        FROM moved WINDOW upto AS (PARTITION BY order_id ORDER BY bucket)
    ), weighed AS (
        SELECT standing.*, line.id AS line_id, line.sku, line.title,
            line.net - CASE WHEN charged > 0 THEN COALESCE(back.net, 0) ELSE 0 END AS net,
            line.tax - CASE WHEN charged > 0 THEN COALESCE(back.tax, 0) ELSE 0 END AS tax
        FROM standing JOIN billing_orderline AS line USING (order_id)
        LEFT JOIN LATERAL (
            SELECT sum(part.net) AS net, sum(part.tax) AS tax
            FROM billing_creditnoteline AS part JOIN billing_creditnote AS note ON note.id = part.credit_note_id
            WHERE part.order_line_id = line.id AND note.issued_on <= (%(ends)s::date[])[bucket + 1]
        ) AS back ON true
    ), cut AS (
        SELECT *, LEAST(charged, came) AS earned, NULLIF(sum(net + tax) OVER whole, 0) AS total,
            sum(net + tax) OVER upto - net - tax AS before
        FROM weighed
        WINDOW whole AS (PARTITION BY order_id, bucket), upto AS (PARTITION BY order_id, bucket ORDER BY line_id)
    ), earned AS (
        SELECT *, round(earned * (before + net) / total, 2) - round(earned * before / total, 2) AS earned_net,
            round(earned * (before + net + tax) / total, 2) - round(earned * (before + net) / total, 2) AS earned_tax
        FROM cut
    ), grown AS (
        SELECT currency, sku, title, line_id, bucket,
            COALESCE(earned_net, 0) - lag(COALESCE(earned_net, 0), 1, 0::numeric) OVER earlier AS net_growth,
            COALESCE(earned_tax, 0) - lag(COALESCE(earned_tax, 0), 1, 0::numeric) OVER earlier AS tax_growth,
            CASE WHEN is_last THEN CASE WHEN charged > 0 THEN net + tax ELSE 0 END
                - COALESCE(earned_net + earned_tax, 0) ELSE 0 END AS unpaid
        FROM earned WINDOW earlier AS (PARTITION BY line_id ORDER BY bucket)
    )
    SELECT currency, sku, (array_agg(title ORDER BY line_id DESC))[1], bucket, sum(net_growth), sum(tax_growth),
        sum(unpaid)
    FROM grown WHERE sku LIKE %(skus)s GROUP BY currency, sku, bucket
    UNION ALL
    SELECT currency, '', '', 0, 0, 0, sum(came - charged) FROM standing WHERE is_last AND came > charged
    GROUP BY currency
"""


@dataclass
class ProductRevenue:
    """What one product earned in each month, before tax and in tax, and what is charged for it and not paid."""

    sku: str
    title: str
    net: list[Decimal]
    tax: list[Decimal]
    unpaid: Decimal = ZERO

    @property
    def total_net(self) -> Decimal:
        return sum(self.net, ZERO)

    @property
    def total_tax(self) -> Decimal:
        return sum(self.tax, ZERO)

    @property
    def total(self) -> Decimal:
        return self.total_net + self.total_tax


@dataclass
class ShopRevenue:
    """A shop's revenue in one currency, the products that earned most first.

    `kept` is what came beyond what was charged; it and what is unpaid are as of the last day.
    """

    currency: str
    months: list[ReportPeriod]
    products: list[ProductRevenue] = field(default_factory=list)
    kept: Decimal = ZERO

    @property
    def net(self) -> list[Decimal]:
        """What all products earned, month by month, before tax."""
        return [sum((one.net[place] for one in self.products), ZERO) for place in range(len(self.months))]

    @property
    def tax(self) -> list[Decimal]:
        return [sum((one.tax[place] for one in self.products), ZERO) for place in range(len(self.months))]

    @property
    def unpaid(self) -> Decimal:
        return sum((one.unpaid for one in self.products), ZERO)


def revenue_of_shop(shop: str, period: ReportPeriod) -> list[ShopRevenue]:
    """What lines with skus of this shop (`careers:…`) earned, a report a currency, dollars first; one statement."""
    months = period.months
    found: dict[str, ShopRevenue] = {}
    products: dict[tuple[str, str], ProductRevenue] = {}
    for currency, sku, title, bucket, net, tax, open_sum in _rows(shop, period, months):
        report = found.setdefault(currency, ShopRevenue(currency, months))
        if not sku:
            report.kept = open_sum
            continue
        if (currency, sku) not in products:
            empty = [ZERO] * len(months)
            products[currency, sku] = ProductRevenue(sku, title, empty, list(empty))
            report.products.append(products[currency, sku])
        product = products[currency, sku]
        product.unpaid += open_sum
        if bucket:
            product.net[bucket - 1], product.tax[bucket - 1], product.title = net, tax, title
    for report in found.values():
        report.products = sorted(filter(_is_something, report.products), key=lambda one: (-one.total_net, one.sku))
    found = {currency: report for currency, report in found.items() if report.products or report.kept}
    return sorted(found.values(), key=lambda one: (one.currency != "USD", one.currency))


def _is_something(product: ProductRevenue) -> bool:
    """Whether any money moved for it, or is awaited."""
    return any(product.net) or any(product.tax) or product.unpaid != 0


Row = tuple[str, str, str, int, Decimal, Decimal, Decimal]


def _rows(shop: str, period: ReportPeriod, months: Sequence[ReportPeriod]) -> list[Row]:
    values: dict[str, Any] = {
        "skus": f"{shop}:%",
        "last": period.last,
        "starts": [month.first for month in months],
        "ends": [period.first - A_DAY, *(month.last for month in months)],
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, values)
        return cursor.fetchall()
