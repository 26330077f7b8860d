import json
import os

import boto3

ses = boto3.client("sesv2")


def handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            mail = json.loads(record["body"])
            ses.send_email(
                FromEmailAddress=os.environ["SENDER"],
                Destination={"ToAddresses": [mail["to"]]},
                Content={"Simple": {"Subject": {"Data": mail["subject"]}, "Body": {"Text": {"Data": mail["text"]}}}},
            )
        except Exception:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
