import json


def handler(event, context):
    if event["rawPath"] == "/health":
        return {"statusCode": 200, "body": "ok"}
    query = (event.get("queryStringParameters") or {}).get("q", "")
    return {"statusCode": 200, "body": json.dumps({"query": query, "matches": []})}
