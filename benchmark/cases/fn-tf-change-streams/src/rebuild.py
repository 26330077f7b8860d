import json
import logging

from search_index import write

logger = logging.getLogger()


def handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            write(json.loads(record["body"]))
        except Exception:
            logger.exception("message %s", record["messageId"])
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
