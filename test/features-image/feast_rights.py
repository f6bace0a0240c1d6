"""What callers with no role, and with each role that is named, may do with a view, by the permissions of the registry. Prints JSON."""

import json
import os
import sys
from pathlib import Path

from feast import FeatureStore, FeatureView
from feast.errors import FeastPermissionError
from feast.infra.offline_stores.file_source import FileSource
from feast.permissions.action import AuthzedAction
from feast.permissions.enforcer import enforce_policy
from feast.permissions.user import User

store = FeatureStore(fs_yaml_file=Path(os.environ["FEAST_FS_YAML_FILE_PATH"]))
permissions = store.registry.list_permissions(store.project)
view = FeatureView(name="trips", entities=[], source=FileSource(path="x.parquet"))


def may(action: AuthzedAction, roles: list[str]) -> bool:
    try:
        return enforce_policy(permissions, User(username="u", roles=roles), [view], [action]) == [view]
    except FeastPermissionError:
        return False


callers = {"stranger": [], **{role: [role] for role in sys.argv[1:]}}
print(json.dumps({name: sorted(action.name for action in AuthzedAction if may(action, roles)) for name, roles in callers.items()}))
