"""Parses Triton model configurations with the official client's own message.

Usage: python -I model_config.py < TEXTS, a JSON list of texts of config.pbtxt. Prints a JSON list: {"config": …} with the message's own
field names, or {"error": "line:column : what is wrong"}.
"""

import json
import sys

from google.protobuf import json_format, text_format
from tritonclient.grpc import model_config_pb2


def parsed(text):
    try:
        message = text_format.Parse(text, model_config_pb2.ModelConfig())
    except text_format.ParseError as error:
        return {"error": str(error)}
    return {"config": json_format.MessageToDict(message, preserving_proto_field_name=True)}


print(json.dumps([parsed(text) for text in json.load(sys.stdin)]))
