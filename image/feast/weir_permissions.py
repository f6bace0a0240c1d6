"""The registry's tables, the project, and who may do what in it. Feast grants everything to everybody who can sign in until one permission is there, and
whatever no permission speaks of stays open: so one speaks of everything. Run again it changes nothing. FEAST_FS_YAML_FILE_PATH names feature_store.yaml.

Roles are those of Kubernetes in the server's own namespace: a RoleBinding there gives one to a service account.
  feast-admin   everything
  feast-reader  reads features online
  feast-writer  pushes features of streams, online and offline
"""

import os
import subprocess
from pathlib import Path

from feast import FeatureStore, Project
from feast.feast_object import ALL_RESOURCE_TYPES
from feast.feature_service import FeatureService
from feast.feature_view import FeatureView
from feast.on_demand_feature_view import OnDemandFeatureView
from feast.permissions.action import ALL_ACTIONS, AuthzedAction
from feast.permissions.permission import Permission
from feast.permissions.policy import RoleBasedPolicy
from feast.stream_feature_view import StreamFeatureView

VIEWS = [FeatureView, OnDemandFeatureView, StreamFeatureView]
READ = [AuthzedAction.DESCRIBE, AuthzedAction.READ_ONLINE]
WRITE = [AuthzedAction.DESCRIBE, AuthzedAction.WRITE_ONLINE, AuthzedAction.WRITE_OFFLINE]


def permissions() -> list[Permission]:
    def granted(name: str, role: str, types: list, actions: list) -> Permission:
        return Permission(name=name, types=types, policy=RoleBasedPolicy(roles=[role]), actions=actions)

    return [
        granted("weir-everything", "feast-admin", ALL_RESOURCE_TYPES, ALL_ACTIONS),
        granted("weir-read", "feast-reader", [*VIEWS, FeatureService], READ),
        granted("weir-push", "feast-writer", VIEWS, WRITE),
    ]


def main() -> None:
    file = Path(os.environ["FEAST_FS_YAML_FILE_PATH"])
    subprocess.run(["feast", "registry", "create-schema"], check=True)
    store = FeatureStore(fs_yaml_file=file)
    if store.project not in {project.name for project in store.registry.list_projects()}:
        store.registry.apply_project(Project(name=store.project), commit=True)
    for permission in permissions():
        store.registry.apply_permission(permission, store.project, commit=True)
    print(f"weir_permissions: {store.project} is ready")


if __name__ == "__main__":
    main()
