import json
import os

import boto3

events = boto3.client("events")


def announce(kind, invoice):
    answer = events.put_events(
        Entries=[
            {
                "EventBusName": os.environ["BUS"],
                "Source": "shop.invoices",
                "DetailType": kind,
                "Detail": json.dumps(invoice),
            }
        ]
    )
    if answer["FailedEntryCount"]:
        raise RuntimeError(answer["Entries"][0]["ErrorMessage"])


def handler(event, context):
    parcel = event["detail"]
    invoice = {"number": parcel["order"], "amount": parcel["amount"], "customer": parcel["customer"]}
    announce("InvoiceCancelled" if parcel.get("refused") else "InvoiceIssued", invoice)
