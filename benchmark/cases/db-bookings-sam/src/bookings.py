import json
from store import connect


def create(event, context):
    body = json.loads(event["body"])
    with connect() as db, db.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bookings (offer, guest) VALUES (%s, %s) RETURNING id",
            (body["offer"], body["guest"]),
        )
        return {"statusCode": 201, "body": json.dumps({"id": cursor.fetchone()[0]})}
