def handler(event, context):
    print({"scope": event.get("scope", "week")})
