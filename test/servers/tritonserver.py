"""Becomes the tritonserver that nvidia-pytriton carries, with its Python backend.

Usage: python -I tritonserver.py FLAG... by the Python of that environment. The backend's stub links the shared library of that very Python,
which lies where only it knows.
"""

import importlib.util
import os
import sys
import sysconfig

package = importlib.util.find_spec("pytriton").submodule_search_locations[0]
home = os.path.join(package, "tritonserver")
libraries = [sysconfig.get_config_var("LIBDIR"), os.environ.get("LD_LIBRARY_PATH")]
environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(path for path in libraries if path)}
# The stub takes its packages from beside the first python3 of PATH: this one's, which has numpy.
environment["PATH"] = os.path.dirname(sys.executable) + ":" + os.environ.get("PATH", "")
server = os.path.join(home, "bin", "tritonserver")
os.execve(server, [server, f"--backend-directory={home}/backends", *sys.argv[1:]], environment)
