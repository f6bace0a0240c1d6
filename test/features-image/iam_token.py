"""Signs one token with known keys and signs it again by the published steps of Signature Version 4, without botocore. Prints JSON."""

import hashlib
import hmac
import json
import os
from urllib.parse import parse_qsl, quote, urlsplit

import weir_feast

os.environ.update(AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", AWS_SESSION_TOKEN="a/session+token=")
token = weir_feast.signer("weir-prod-feast-rw", "Weir-Prod-Features", "eu-west-1")()
parts = urlsplit("http://" + token)
query = dict(parse_qsl(parts.query, strict_parsing=True))
signature = query.pop("X-Amz-Signature")

canonical = "\n".join([
    "GET", "/",
    "&".join(f"{quote(key, safe='-_.~')}={quote(value, safe='-_.~')}" for key, value in sorted(query.items())),
    f"host:{parts.netloc}", "", "host",
    hashlib.sha256(b"").hexdigest(),
])
day, scope = query["X-Amz-Date"][:8], query["X-Amz-Credential"].split("/", 1)[1]
to_sign = "\n".join(["AWS4-HMAC-SHA256", query["X-Amz-Date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
for step in (day, "eu-west-1", "elasticache", "aws4_request"):
    key = hmac.new(key, step.encode(), hashlib.sha256).digest()
expected = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
print(json.dumps({"host": parts.netloc, "path": parts.path, "query": query, "scheme": token[:4], "same": signature == expected}))
