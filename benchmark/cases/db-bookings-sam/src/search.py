import json
from store import connect


def find(event, context):
    with connect() as db, db.cursor() as cursor:
        cursor.execute("SELECT id, title FROM offers ORDER BY rank LIMIT 50")
        return {"statusCode": 200, "body": json.dumps(cursor.fetchall())}
