import json
import os
import urllib.request

ENDPOINT = os.environ.get("INDEX_ENDPOINT", "https://search.catalogue.example.com")


def write(document):
    request = urllib.request.Request(
        f"{ENDPOINT}/documents/{document['sku']}",
        data=json.dumps(document).encode(),
        method="PUT",
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        response.read()


def apply(record):
    write({"sku": record["eventID"], "record": record})
