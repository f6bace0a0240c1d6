#!/bin/sh
# Installs the real servers and clients that tests talk to, once per machine; run again it changes nothing.
# usage: test/servers/install.sh [TOOL...]   tools: tritonclient triton crds kubernetes pulumi checkov moto; without arguments all of them, which is what CI needs.
# What each is, what it costs and which variable makes your own one be used: README.md beside this file.
set -eu

tools="${WEIR_TOOLS:-$HOME/.cache/weir-tools}"
bin="$tools/bin"

# Pins, each the newest of its registry that fits the others on 2026-11-21.
tritonclient_version=2.73.0
pytriton_version=0.7.0   # carries tritonserver 2.51 with the Python backend for CPython 3.8 to 3.13
kubernetes_version=1.36.3 # built with go 1.26
etcd_version=3.7.3        # not 3.4, as Debian has it: the watch cache of a current API server loops on it
pulumi_version=3.250.0    # what stacks/index.ts asks for at least; built with go 1.26
checkov_version=3.3.30
moto_version=5.2.5

# The CRDs of the objects that Weir renders: folder, Go module, where in it the YAML lies, which files.
# Gateway API is what Envoy Gateway 1.9 is built with, in the standard channel: what it accepts, the experimental one does too.
crd_pins() {
  cat <<'TABLE'
gateway-api sigs.k8s.io/gateway-api@v1.6.1 config/crd/standard gateway.networking.k8s.io_ gateways httproutes referencegrants backendtlspolicies
envoy-gateway github.com/envoyproxy/gateway@v1.9.1 charts/gateway-helm/charts/crds/crds/generated gateway.envoyproxy.io_ backends backendtrafficpolicies httproutefilters securitypolicies
keda github.com/kedacore/keda/v2@v2.20.2 config/crd/bases keda.sh_ scaledobjects triggerauthentications
prometheus-operator github.com/prometheus-operator/prometheus-operator@v0.93.0 example/prometheus-operator-crd monitoring.coreos.com_ alertmanagerconfigs podmonitors prometheusrules
TABLE
}

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

need_go() {
  command -v go >/dev/null || fail "$1 needs go 1.26 or later, and there is no go on PATH"
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  minor=${version#go1.}
  [ "${minor%%[!0-9]*}" -ge 26 ] || fail "$1 needs go 1.26 or later; this is $version"
}

# The folder of a Go module in the module cache, fetched when it is not there yet.
module_folder() {
  answer=$(cd / && go mod download -json "$1" 2>&1) || fail "$1 cannot be fetched: $answer"
  printf '%s\n' "$answer" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'
}

# venv FOLDER PACKAGE=VERSION...
venv() {
  folder=$1
  shift
  [ -x "$folder/bin/python" ] || python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

# installed FOLDER PACKAGE VERSION IMPORTABLE: true when that environment has that version, and a module that comes with its extras.
installed() {
  [ -x "$1/bin/python" ] && "$1/bin/python" -I - "$2" "$3" "$4" 2>/dev/null <<'PYTHON'
import importlib.metadata, importlib.util, sys
package, version, extra = sys.argv[1:]
sys.exit(importlib.metadata.version(package) != version or importlib.util.find_spec(extra) is None)
PYTHON
}

# The official client of KServe V2, and with its gRPC part the message that config.pbtxt is written in.
tritonclient() {
  installed "$tools/tritonclient" tritonclient "$tritonclient_version" grpc && return
  venv "$tools/tritonclient" "tritonclient[http,grpc]==$tritonclient_version"
  done_in tritonclient
}

# A real tritonserver for CPU. Its Python backend looks for the stub of the running Python beside itself: the package keeps one for each.
triton() {
  server="$tools/triton"
  stub=$(stub_of "$server" 2>/dev/null) && [ -x "$stub" ] && installed "$server" nvidia-pytriton "$pytriton_version" pytriton && return
  venv "$server" "nvidia-pytriton==$pytriton_version"
  stub=$(stub_of "$server")
  python=$("$server/bin/python" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  own="${stub%/backends/*}/python_backend_stubs/$python/triton_python_backend_stub"
  [ -e "$own" ] || fail "nvidia-pytriton $pytriton_version has no Python backend for Python $python"
  install -m 755 "$own" "$stub"
  done_in triton
}

stub_of() {
  "$1/bin/python" -I -c 'import importlib.util as u; print(u.find_spec("pytriton").submodule_search_locations[0])' |
    sed 's#$#/tritonserver/backends/python/triton_python_backend_stub#'
}

crds() {
  [ "$(cat "$tools/crds/pins" 2>/dev/null)" = "$(crd_pins)" ] && return
  need_go crds
  rm -rf "$tools/crds"
  crd_pins | while read -r name module folder prefix kinds; do
    from=$(module_folder "$module")
    mkdir -p "$tools/crds/$name"
    for kind in $kinds; do install -m 644 "$from/$folder/$prefix$kind.yaml" "$tools/crds/$name/$prefix$kind.yaml"; done
  done
  crd_pins >"$tools/crds/pins" # last: a fetch that broke off is made again
  done_in crds
}

# kube-apiserver and etcd: all that a server-side dry-run needs, without controllers, a scheduler or nodes.
kubernetes() {
  assets="${KUBEBUILDER_ASSETS:-}"
  if [ -n "$assets" ] && [ -x "$assets/kube-apiserver" ] && [ -x "$assets/etcd" ]; then
    echo "kubernetes: the one in KUBEBUILDER_ASSETS, $assets"
    return
  fi
  etcd
  [ "$("$bin/kube-apiserver" --version 2>/dev/null)" = "Kubernetes v$kubernetes_version" ] && return
  need_go kubernetes
  echo 'kubernetes: building kube-apiserver takes about 5 minutes on two cores, once'
  from=$(module_folder "k8s.io/kubernetes@v$kubernetes_version")
  mkdir -p "$tools/src/kubernetes"
  cd "$tools/src/kubernetes"
  kubernetes_module "$from" >go.mod
  install -m 644 "$from/go.sum" go.sum
  package=k8s.io/component-base/version
  minor=${kubernetes_version#1.}
  build kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver \
    -X "$package.gitVersion=v$kubernetes_version" -X "$package.gitMajor=1" -X "$package.gitMinor=${minor%.*}"
  done_in kubernetes
}

# A module that needs Kubernetes; its staging folders, which a module of it cannot have, are their published versions.
kubernetes_module() {
  echo 'module weir/tools/kubernetes'
  grep -E '^(go|godebug) ' "$1/go.mod"
  printf 'require k8s.io/kubernetes v%s\nreplace (\n' "$kubernetes_version"
  sed -n "s#^\t\./staging/src/\(k8s.io/[a-z-]*\)\$#\t\1 => \1 v0.${kubernetes_version#1.}#p" "$1/go.work"
  echo ')'
}

etcd() {
  "$bin/etcd" --version 2>/dev/null | grep -qx "etcd Version: $etcd_version" && return
  need_go etcd
  mkdir -p "$tools/src/etcd"
  cd "$tools/src/etcd"
  printf 'module weir/tools/etcd\ngo 1.26.0\nrequire go.etcd.io/etcd/server/v3 v%s\n' "$etcd_version" >go.mod
  build etcd go.etcd.io/etcd/server/v3
  done_in etcd
}

# The Pulumi CLI with its engine. It comes without the language host for Node and without provider plugins: cli/rehearse brings stand-ins of both.
pulumi() {
  [ "$(PULUMI_SKIP_UPDATE_CHECK=true "$bin/pulumi" version 2>/dev/null)" = "v$pulumi_version" ] && return
  need_go pulumi
  echo 'pulumi: building the CLI takes about 4 minutes on two cores, once'
  mkdir -p "$tools/src/pulumi"
  cd "$tools/src/pulumi"
  pulumi_module >go.mod
  build pulumi github.com/pulumi/pulumi/pkg/v3/cmd/pulumi -X "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$pulumi_version"
  done_in pulumi
}

# A module that needs the CLI's; a replacement in its own go.mod does not come with it.
pulumi_module() {
  printf 'module weir/tools/pulumi\ngo 1.26.0\nrequire (\n\tgithub.com/pulumi/pulumi/pkg/v3 v%s\n\tgithub.com/pulumi/pulumi/sdk/v3 v%s\n)\n' "$pulumi_version" "$pulumi_version"
  echo 'replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e'
}

# Reads Terraform plans, CloudFormation and Kubernetes objects for what the public rules say of them.
checkov() {
  installed "$tools/venv/checkov" checkov "$checkov_version" bc_jsonpath_ng && return
  venv "$tools/venv/checkov" "checkov==$checkov_version"
  done_in checkov
}

# AWS's APIs in memory.
moto() {
  installed "$tools/venv/moto" moto "$moto_version" flask && return
  venv "$tools/venv/moto" "moto[server]==$moto_version"
  done_in moto
}

# build NAME PACKAGE [LINKER FLAG...]: in the module of the current folder. Under another name first: half a binary must not look like one.
build() {
  name=$1 package_path=$2
  shift 2
  mkdir -p "$bin"
  CGO_ENABLED=0 GOTOOLCHAIN=local go build -mod=mod -buildvcs=false -trimpath -ldflags "-s -w $*" -o "$bin/$name.new" "$package_path" 2>"$bin/$name.log" ||
    fail "$name cannot be built: $(grep -v '^go: \(downloading\|finding\|found\)' "$bin/$name.log" | tail -n 20)"
  rm -f "$bin/$name.log"
  mv "$bin/$name.new" "$bin/$name"
}

done_in() {
  echo "$1: installed, $(($(date +%s) - started)) s"
}

[ $# -gt 0 ] || set -- tritonclient triton crds kubernetes pulumi checkov moto
for tool in "$@"; do
  case $tool in tritonclient | triton | crds | kubernetes | pulumi | checkov | moto) ;; *)
    fail "unknown tool \"$tool\": there are tritonclient, triton, crds, kubernetes, pulumi, checkov and moto" ;;
  esac
done
for tool in "$@"; do
  started=$(date +%s)
  ("$tool") # in a shell of its own, and in no condition: each starts in the same folder, and the first failure ends the script
done
