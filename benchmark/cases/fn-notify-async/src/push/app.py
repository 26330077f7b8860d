import json

from gateway import push


def handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            push(json.loads(record["body"]))
        except Exception:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
