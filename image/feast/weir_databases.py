"""Makes the databases of Postgres that the platform's own services use, and a role for each. Run again it changes nothing but repairs what is missing.

Environment:
  WEIR_DATABASES      JSON: [{"database": "mlflow", "role": "mlflow", "secret": "weir/prod/postgres/mlflow"}, ...]; roles may repeat
  WEIR_MASTER_SECRET  ARN or name in Secrets Manager of {"username": ..., "password": ...}: AWS makes it, and rotates it
  WEIR_DATABASE_HOST  host name of the instance; WEIR_DATABASE_PORT, 5432 by default
  PGSSLMODE, PGSSLROOTCERT  as libpq reads them

A role's password is made up once and lies in Secrets Manager alone. What Postgres is told is its SCRAM verifier, so that neither its log, which has
every statement that changes the schema, nor a dump of its catalogue holds a password.
"""

import json
import os
import secrets
import string
import sys
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import boto3
import psycopg
from botocore.exceptions import ClientError
from psycopg import sql

LETTERS = string.ascii_letters + string.digits
PASSWORD_LENGTH = 40  # 238 bits; letters and digits alone, so that URIs take it as it is


@dataclass(frozen=True)
class Database:
    database: str
    role: str
    secret: str


def wanted(text: str) -> Sequence[Database]:
    return [Database(entry["database"], entry["role"], entry["secret"]) for entry in json.loads(text)]


def password_of(manager: Any, secret: str, role: str) -> str:
    """The password that Secrets Manager has, or a new one that it has from now on."""
    try:
        return json.loads(manager.get_secret_value(SecretId=secret)["SecretString"])["password"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":  # a secret without a value answers so
            raise
    password = "".join(secrets.choice(LETTERS) for _ in range(PASSWORD_LENGTH))
    manager.put_secret_value(SecretId=secret, SecretString=json.dumps({"username": role, "password": password}))
    return password


def make_role(connection: psycopg.Connection, role: str, password: str) -> None:
    """A role that may sign in and nothing else. Its rights follow from the databases it owns."""
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    verb = "ALTER" if known else "CREATE"
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    statement = sql.SQL("{} ROLE {} WITH LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}")
    connection.execute(statement.format(sql.SQL(verb), sql.Identifier(role), sql.Literal(verifier)))


def make_database(connection: psycopg.Connection, database: str, role: str) -> None:
    """A database of the role's own, which no other role may enter."""
    name, owner = sql.Identifier(database), sql.Identifier(role)
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone() is None:
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))  # RDS's master user is no superuser: only a member may give it a database
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(owner))


def make(databases: Sequence[Database], connection: psycopg.Connection, manager: Any) -> None:
    for secret, role in {entry.secret: entry.role for entry in databases}.items():
        make_role(connection, role, password_of(manager, secret, role))
    for entry in databases:
        make_database(connection, entry.database, entry.role)


def main(environment: Mapping[str, str]) -> int:
    try:
        databases = wanted(environment["WEIR_DATABASES"])
        host, master_secret = environment["WEIR_DATABASE_HOST"], environment["WEIR_MASTER_SECRET"]
    except (KeyError, TypeError, ValueError) as error:
        print(f"weir_databases: environment: {error!r} is missing or not as it should be", file=sys.stderr)
        return 2
    manager = boto3.client("secretsmanager")
    master = json.loads(manager.get_secret_value(SecretId=master_secret)["SecretString"])
    port = environment.get("WEIR_DATABASE_PORT", "5432")
    with psycopg.connect(
        host=host, port=port, dbname="postgres", user=master["username"], password=master["password"], autocommit=True, connect_timeout=10
    ) as connection:
        make(databases, connection, manager)
    print(f"weir_databases: {', '.join(entry.database for entry in databases)} are there")
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
