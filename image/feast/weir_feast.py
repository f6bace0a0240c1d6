"""Feast's online store in Redis, with IAM in place of a password.

ElastiCache takes a signed request as the password of a user whose authentication is IAM: it counts for 15 minutes, and the connection that it opened for
12 hours (ElastiCache user guide, "Authenticating with IAM"). Feast's own store takes one password for the life of the process. This one signs a new
one for every connection that is opened. In feature_store.yaml:

    online_store:
      type: weir_feast.IamRedisOnlineStore
      redis_type: redis_cluster
      connection_string: "<endpoint>:6379,ssl=true"
      iam_user: weir-prod-feast-rw
      iam_group: weir-prod-features
      iam_region: eu-west-1
"""

import asyncio
from typing import Any, Callable, Literal, Tuple, Union
from urllib.parse import urlencode

import botocore.session
from botocore.model import ServiceId
from botocore.signers import RequestSigner
from feast.infra.online_stores.redis import RedisOnlineStore, RedisOnlineStoreConfig
from pydantic import StrictStr
from redis.credentials import CredentialProvider

TOKEN_SECONDS = 900  # the most that ElastiCache takes

Sign = Callable[[], str]


def signer(user: str, group: str, region: str) -> Sign:
    """Signs by what the pod's own identity gives: botocore fetches new credentials before the old ones end."""
    session = botocore.session.get_session()

    def sign() -> str:
        request = RequestSigner(ServiceId("elasticache"), region, "elasticache", "v4", session.get_credentials(), session.get_component("event_emitter"))
        query = urlencode({"Action": "connect", "User": user})
        # the group's id in lower case stands for the host: ElastiCache rebuilds the request from it
        given = {"method": "GET", "url": f"http://{group.lower()}/?{query}", "body": {}, "headers": {}, "context": {}}
        return request.generate_presigned_url(given, operation_name="connect", expires_in=TOKEN_SECONDS, region_name=region).removeprefix("http://")

    return sign


class IamCredentials(CredentialProvider):
    """What redis-py asks for each time that it opens a connection."""

    def __init__(self, user: str, sign: Sign) -> None:
        self._user, self._sign = user, sign

    def get_credentials(self) -> Union[Tuple[str], Tuple[str, str]]:
        return self._user, self._sign()

    async def get_credentials_async(self) -> Union[Tuple[str], Tuple[str, str]]:
        return await asyncio.to_thread(self.get_credentials)  # fetching new credentials waits for the pod's agent


class IamRedisOnlineStoreConfig(RedisOnlineStoreConfig):
    type: Literal["weir_feast.IamRedisOnlineStore"] = "weir_feast.IamRedisOnlineStore"  # type: ignore[assignment]
    iam_user: StrictStr
    """The ElastiCache user: id and name, which IAM wants alike."""
    iam_group: StrictStr
    """The replication group's id."""
    iam_region: StrictStr
    """Where the group lies."""


class IamRedisOnlineStore(RedisOnlineStore):
    def _get_client(self, online_store_config: Any) -> Any:
        self._remember(online_store_config)
        return super()._get_client(online_store_config)

    async def _get_client_async(self, online_store_config: Any) -> Any:
        self._remember(online_store_config)
        return await super()._get_client_async(online_store_config)

    def _remember(self, config: IamRedisOnlineStoreConfig) -> None:
        if not hasattr(self, "_credentials"):
            self._credentials = IamCredentials(config.iam_user, self._signer(config.iam_user, config.iam_group, config.iam_region))

    _signer = staticmethod(signer)

    def _parse_connection_string(self, connection_string: str) -> Any:  # type: ignore[override]
        """Feast makes each of its clients with what this answers."""
        nodes, options = RedisOnlineStore._parse_connection_string(connection_string)
        return nodes, {**options, "credential_provider": self._credentials}
