from search_index import apply


def handler(event, context):
    for record in event["Records"]:
        apply(record)
