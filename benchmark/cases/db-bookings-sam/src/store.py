import json
import os

import boto3
import psycopg


def connect():
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["DATABASE_SECRET"])
    login = json.loads(secret["SecretString"])
    return psycopg.connect(host=os.environ["DATABASE_HOST"], user=login["username"], password=login["password"])
