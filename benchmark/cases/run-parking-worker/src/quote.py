import json


def handler(event, context):
    days = int((event.get("queryStringParameters") or {}).get("days", "30"))
    return {"statusCode": 200, "body": json.dumps({"days": days, "price": days * 2.5})}
