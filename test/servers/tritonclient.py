"""Talks to a KServe V2 server with the official client: health, metadata, and one prediction in JSON and in binary tensors.

Usage: python -I tritonclient.py HOST:PORT MODEL VERSION. Prints one line of JSON. (-I: the file has the name of the package.)
"""

import json
import sys

import numpy as np
import tritonclient.http as triton

url, model, version = sys.argv[1:4]
client = triton.InferenceServerClient(url=url)

distance = np.array([[1.0], [2.5], [-3.0]], dtype=np.float32)
place = np.array([["A"], ["B"], ["A"]], dtype=object)


def infer(binary, model_version=""):
    inputs = [triton.InferInput("distance", [3, 1], "FP32"), triton.InferInput("place", [3, 1], "BYTES")]
    inputs[0].set_data_from_numpy(distance, binary_data=binary)
    inputs[1].set_data_from_numpy(place, binary_data=binary)
    outputs = [triton.InferRequestedOutput("score", binary_data=binary)]
    result = client.infer(model, inputs, outputs=outputs, model_version=model_version, request_id="from-python")
    answer = result.get_response()
    return {
        "id": answer["id"],
        "version": answer["model_version"],
        "scores": result.as_numpy("score").ravel().tolist(),
        "binary": "binary_data_size" in result.get_output("score").get("parameters", {}),
    }


def refused(call):
    try:
        call()
    except triton.InferenceServerException as error:
        return [error.status(), error.message()]
    return None


right = [triton.InferInput("distance", [3, 1], "FP32"), triton.InferInput("place", [3, 1], "BYTES")]
right[0].set_data_from_numpy(distance)
right[1].set_data_from_numpy(place)
wrong = [triton.InferInput("distance", [1, 1], "FP64"), triton.InferInput("place", [1, 1], "BYTES")]
wrong[0].set_data_from_numpy(np.array([[1.0]]))
wrong[1].set_data_from_numpy(np.array([["A"]], dtype=object))

print(
    json.dumps(
        {
            "live": client.is_server_live(),
            "ready": client.is_server_ready(),
            "model_ready": client.is_model_ready(model),
            "version_ready": client.is_model_ready(model, version),
            "other_ready": client.is_model_ready(model, "99"),
            "server": client.get_server_metadata(),
            "model": client.get_model_metadata(model),
            "json": infer(False),
            "binary": infer(True),
            "versioned": infer(True, version),
            "default_outputs": client.infer(model, right).as_numpy("score").ravel().tolist(),
            "unknown": refused(lambda: client.get_model_metadata("nobody")),
            "wrong": refused(lambda: client.infer(model, wrong)),
            "compressed": refused(lambda: client.infer(model, right, request_compression_algorithm="gzip")),
        }
    )
)
