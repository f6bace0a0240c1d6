"""What MLflow's server needs before it starts. The container's command names one of:

  migrate    makes or upgrades the tables of runs (WEIR_URI) and of users (WEIR_AUTH_URI). `mlflow db upgrade` alone fails in an empty database: its
             first step changes a table that only the server makes, and replicas that start together would make it at once.
  configure  writes the configuration of basic-auth to WEIR_AUTH_FILE, from WEIR_AUTH_URI and WEIR_ADMIN_PASSWORD: MLflow reads neither from the
             environment, and a Secret cannot be put together from two.
"""

import configparser
import os
import subprocess
import sys
from typing import Mapping


def migrate(environment: Mapping[str, str]) -> None:
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
    from sqlalchemy import create_engine, inspect

    uri, auth_uri = environment["WEIR_URI"], environment["WEIR_AUTH_URI"]
    if not inspect(create_engine(uri)).has_table("experiments"):
        SqlAlchemyStore(uri, "mlflow-artifacts:/")  # makes all tables; artifacts of the first experiment go through the server, like all
    subprocess.run([sys.executable, "-m", "mlflow", "db", "upgrade", uri], check=True)
    subprocess.run([sys.executable, "-m", "mlflow.server.auth", "db", "upgrade", "--url", auth_uri], check=True)


def configure(environment: Mapping[str, str]) -> None:
    config = configparser.RawConfigParser()  # raw: a password may have a %
    config["mlflow"] = {
        "default_permission": "NO_PERMISSIONS",
        "database_uri": environment["WEIR_AUTH_URI"].replace("%", "%%"),
        "admin_username": "admin",
        "admin_password": environment["WEIR_ADMIN_PASSWORD"].replace("%", "%%"),
        "authorization_function": "mlflow.server.auth:authenticate_request_basic_auth",
        "auth_cache_ttl_seconds": "60",  # a check of a password is slow on purpose; a changed one counts a minute later
    }
    with open(os.open(environment["WEIR_AUTH_FILE"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        config.write(file)


if __name__ == "__main__":
    commands = {"migrate": migrate, "configure": configure}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(f"weir_mlflow: one of {', '.join(commands)} is expected")
    try:
        commands[sys.argv[1]](os.environ)
    except KeyError as error:
        sys.exit(f"weir_mlflow: {error.args[0]} is missing in the environment")
    except subprocess.CalledProcessError as error:
        sys.exit(f"weir_mlflow: {' '.join(error.cmd[1:5])} ended with status {error.returncode}")
