package charttest

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

const (
	manifests = "../kubernetes/"
	chart     = "../helm/otelcol-cowork"
)

// renderings are all that testdata has, by the name of its file.
var renderings = map[string]func(*testing.T) string{
	"kustomize-base":       func(t *testing.T) string { t.Helper(); return renderKustomize(t, manifests+"base") },
	"kustomize-postgresql": func(t *testing.T) string { t.Helper(); return renderKustomize(t, manifests+"overlays/postgresql") },
	"kustomize-single":     func(t *testing.T) string { t.Helper(); return renderKustomize(t, manifests+"overlays/single") },
	"helm-single":          func(t *testing.T) string { t.Helper(); return mustRenderChart(t, "{}") },
	"helm-scaled":          func(t *testing.T) string { t.Helper(); return mustRenderChart(t, scaled) },
	"helm-all":             func(t *testing.T) string { t.Helper(); return mustRenderChart(t, everything) },
	"helm-open":            func(t *testing.T) string { t.Helper(); return mustRenderChart(t, open) },
}

const scaled = "{mode: scaled, otlpEndpoint: 'https://otlp.example.com'}"

// everything sets each value that adds something.
const everything = `
mode: scaled
otlpEndpoint: https://otlp.example.com
image: {digest: 'sha256:0123456789012345678901234567890123456789012345678901234567890123', pullSecrets: [{name: registry}]}
auth: {key: clients}
config: {backend.yaml: 'exporters: {otlp_http: {headers: {authorization: "Bearer ${env:BACKEND_TOKEN}"}}}'}
configIngest: {content.yaml: 'processors: {cowork_redaction: {redact_prompt_content: true}}'}
configCorrelate: {idle.yaml: 'processors: {cowork_correlation: {idle_timeout: 10m}}'}
env: [{name: BACKEND_TOKEN, valueFrom: {secretKeyRef: {name: backend, key: token}}}]
ingest: {autoscaling: {enabled: false}, replicas: 4, drainSeconds: 600}
correlate: {replicas: 5, persistence: {storageClass: fast}}
page: {database: {existingSecret: otelcol-cowork-database}, timeZone: Europe/Berlin}
service: {annotations: {example.com/a: b}}
ingress: {enabled: true, className: nginx, host: cowork.example.com, tlsSecret: cowork-tls, annotations: {example.com/c: d}}
gateway: {enabled: true, parentRefs: [{name: public, namespace: gateways}], hostnames: [cowork.example.com]}
serviceAccount: {name: collector, annotations: {example.com/role: collector}}
networkPolicy: {clients: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}], extraEgress: [{ports: [{protocol: TCP, port: 4318}]}]}
podAnnotations: {example.com/e: f}
nodeSelector: {kubernetes.io/arch: arm64}
tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
priorityClassName: important
`

// open has neither tokens nor network policies, as behind a gateway that checks clients.
const open = "{auth: {existingSecret: ''}, networkPolicy: {enabled: false}}"

func renderKustomize(t *testing.T, folder string) string {
	t.Helper()
	result, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	require.NoError(t, err)
	text, err := result.AsYaml()
	require.NoError(t, err)
	return string(text)
}

func mustRenderChart(t *testing.T, values string) string {
	t.Helper()
	text, err := renderChart(t, values)
	require.NoError(t, err)
	return text
}

// renderChart renders the chart as `helm template otelcol-cowork` does in the namespace of
// the manifests, without its notes.
func renderChart(t *testing.T, values string) (string, error) {
	t.Helper()
	c, err := loader.Load(chart)
	require.NoError(t, err)
	var own map[string]any
	require.NoError(t, yaml.UnmarshalStrict([]byte(values), &own))
	release := chartutil.ReleaseOptions{Name: "otelcol-cowork", Namespace: "otelcol-cowork", IsInstall: true}
	all, err := chartutil.ToRenderValues(c, own, release, chartutil.DefaultCapabilities)
	if err != nil {
		return "", err
	}
	files, err := (engine.Engine{Strict: true}).Render(c, all)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if text := strings.TrimSpace(files[name]); text != "" && strings.HasSuffix(name, ".yaml") {
			out.WriteString("---\n" + strings.TrimPrefix(text, "---\n") + "\n")
		}
	}
	return out.String(), nil
}

// documents returns the documents of a rendering.
func documents(text string) (all []string) {
	for _, part := range strings.Split("\n"+text, "\n---\n") {
		if strings.TrimSpace(part) != "" {
			all = append(all, part)
		}
	}
	return all
}

// TestNotes renders the notes of the chart, for both modes.
func TestNotes(t *testing.T) {
	notes, err := os.ReadFile(chart + "/templates/NOTES.txt")
	require.NoError(t, err)
	require.NotEmpty(t, notes)
	for values, want := range map[string]string{"{}": "port-forward statefulset/otelcol-cowork 4320", open: "WARNING", scaled: "otelcol-cowork-tiers", everything: "https://cowork.example.com"} {
		c, err := loader.Load(chart)
		require.NoError(t, err)
		var own map[string]any
		require.NoError(t, yaml.UnmarshalStrict([]byte(values), &own))
		all, err := chartutil.ToRenderValues(c, own, chartutil.ReleaseOptions{Name: "otelcol-cowork", Namespace: "otelcol-cowork"}, chartutil.DefaultCapabilities)
		require.NoError(t, err)
		files, err := engine.Render(c, all)
		require.NoError(t, err)
		require.Contains(t, files["otelcol-cowork/templates/NOTES.txt"], want)
	}
}
