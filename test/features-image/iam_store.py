"""Weir's online store against a real Redis whose user changes password with every token, as ElastiCache's does. Told by test/features-image/*.test.ts:
iam_store.py HOST PORT; the server has one node of a cluster and a user `default` without a password. Prints JSON."""

import asyncio
import json
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import redis
import weir_feast
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, ValueType
from feast.types import Int64
import pandas as pd

host, port = sys.argv[1], sys.argv[2]
admin = redis.Redis(host=host, port=int(port))
signed: list[str] = []


def rotating(user: str, group: str, region: str):
    def sign() -> str:
        token = f"token-{group}-{region}-{len(signed)}"
        signed.append(token)
        admin.execute_command("ACL", "SETUSER", user, "on", "resetpass", f">{token}", "~*", "-@all", "+@read", "+@write", "+@connection", "-@dangerous",
                              "+cluster|slots", "+cluster|shards", "+cluster|nodes", "+info", "+command")
        return token

    return sign


weir_feast.IamRedisOnlineStore._signer = staticmethod(rotating)
folder = Path(tempfile.mkdtemp())
pd.DataFrame({"driver": [1], "trips": [7], "at": [datetime.now(timezone.utc)]}).to_parquet(folder / "trips.parquet")
(folder / "feature_store.yaml").write_text(json.dumps({
    "project": "test_platform", "provider": "local", "registry": str(folder / "registry.db"), "entity_key_serialization_version": 3,
    "offline_store": {"type": "file"},
    "online_store": {"type": "weir_feast.IamRedisOnlineStore", "redis_type": "redis_cluster", "connection_string": f"{host}:{port}",
                     "key_ttl_seconds": 604800, "iam_user": "weir-test-feast-rw", "iam_group": "weir-test-features", "iam_region": "eu-west-1"},
}))
store = FeatureStore(repo_path=str(folder))
driver = Entity(name="driver", join_keys=["driver"], value_type=ValueType.INT64)
source = FileSource(path=str(folder / "trips.parquet"), timestamp_field="at")
view = FeatureView(name="trips", entities=[driver], ttl=timedelta(days=7), schema=[Field(name="driver", dtype=Int64), Field(name="trips", dtype=Int64)], source=source)
store.apply([driver, view])


def push(trips: int) -> None:
    store.write_to_online_store("trips", pd.DataFrame({"driver": [1], "trips": [trips], "at": [datetime.now(timezone.utc)]}))


def read() -> int:
    return store.get_online_features(features=["trips:trips"], entity_rows=[{"driver": 1}]).to_dict()["trips"][0]


async def read_async(times: int, between) -> list[int]:
    answers = []
    for _ in range(times):
        answer = await store.get_online_features_async(features=["trips:trips"], entity_rows=[{"driver": 1}])
        answers.append(answer.to_dict()["trips"][0])
        between()
    return answers


def drop_connections() -> None:
    """What ElastiCache does after 12 hours, or a failover."""
    admin.execute_command("CLIENT", "KILL", "USER", "weir-test-feast-rw")


push(7)
first, before = read(), len(signed)
drop_connections()
push(8)
second, after = read(), len(signed)
third = asyncio.run(read_async(2, drop_connections))
ttl = [admin.ttl(key) for key in admin.scan_iter("*")]
try:
    redis.Redis(host=host, port=int(port), username="weir-test-feast-rw", password=signed[0]).ping()
    old = "accepted"
except redis.AuthenticationError:
    old = "refused"
print(json.dumps({"reads": [first, second, *third], "signedBefore": before, "signedAfter": after, "signed": len(signed), "oldToken": old, "ttl": ttl}))
