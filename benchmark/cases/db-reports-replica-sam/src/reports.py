import json
import os

import boto3
import pymysql


def daily(event, context):
    login = json.loads(
        boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["DATABASE_SECRET"])["SecretString"]
    )
    db = pymysql.connect(
        host=os.environ["DATABASE_HOST"], user=login["username"], password=login["password"], database="shop"
    )
    with db.cursor() as cursor:
        cursor.execute("SELECT day, orders, revenue FROM daily_totals ORDER BY day DESC LIMIT 31")
        return {"statusCode": 200, "body": json.dumps(cursor.fetchall(), default=str)}
