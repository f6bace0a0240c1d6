"""A Triton model for the Python backend that fits any configuration: each output is zeros, or empty strings, of the configured type and shape.

It stands in for the model, so that the configuration alone is under test: its names, types, shapes, batching, warm-up and version policy.
"""

import json

import numpy as np
import triton_python_backend_utils as triton


class TritonPythonModel:
    def initialize(self, args):
        config = json.loads(args["model_config"])
        self.batched = config["max_batch_size"] > 0
        self.outputs = [(each["name"], triton.triton_string_to_numpy(each["data_type"]), each["dims"]) for each in config["output"]]

    def execute(self, requests):
        return [triton.InferenceResponse([self.zeros(request, *output) for output in self.outputs]) for request in requests]

    def zeros(self, request, name, datatype, dims):
        rows = request.inputs()[0].as_numpy().shape[:1] if self.batched else ()
        return triton.Tensor(name, np.zeros([*rows, *(max(1, dim) for dim in dims)], dtype=datatype))
