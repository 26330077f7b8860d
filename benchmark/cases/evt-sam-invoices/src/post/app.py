import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["LEDGER_TABLE"])


def handler(event, context):
    table.put_item(Item={"id": event["id"], "kind": event["detail-type"], "invoice": event["detail"]["number"]})
