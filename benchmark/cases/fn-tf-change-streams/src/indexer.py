import base64
import json

from search_index import apply, write


def sequence(record):
    if "kinesis" in record:
        return record["kinesis"]["sequenceNumber"]
    return record["dynamodb"]["SequenceNumber"]


def handler(event, context):
    for record in event["Records"]:
        try:
            if "kinesis" in record:
                write(json.loads(base64.b64decode(record["kinesis"]["data"])))
            else:
                apply(record)
        except Exception:
            return {"batchItemFailures": [{"itemIdentifier": sequence(record)}]}
    return {"batchItemFailures": []}
