package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"

	"github.com/cowork-otel/collector/distro/configcheck"
	"github.com/cowork-otel/collector/distro/lifecycle"
)

// clusters are the renderings, with the Secrets that an administrator creates.
var clusters = map[string][]string{
	"kustomize-base":       {"otelcol-cowork-tiers", "otelcol-cowork-tokens"},
	"kustomize-postgresql": {"otelcol-cowork-database", "otelcol-cowork-tiers", "otelcol-cowork-tokens"},
	"kustomize-single":     {"otelcol-cowork-tokens"},
	"helm-single":          {"otelcol-cowork-tokens"},
	"helm-scaled":          {"otelcol-cowork-tiers", "otelcol-cowork-tokens"},
	"helm-all":             {"backend", "otelcol-cowork-database", "otelcol-cowork-tiers", "otelcol-cowork-tokens"},
	"helm-open":            nil,
}

// TestPodConfigurations checks that the configuration of each pod has neither errors nor
// warnings, with the environment of the pod.
func TestPodConfigurations(t *testing.T) {
	for name := range clusters {
		c := readCluster(t, name)
		require.NotEmpty(t, c.workloads)
		for pod, w := range c.workloads {
			t.Run(name+"/"+pod, func(t *testing.T) {
				variables := w.variables(c)
				for variable, value := range variables {
					t.Setenv(variable, value)
				}
				files := c.configMaps[volume(t, w, "config").ConfigMap.Name].Data
				var uris, used []string
				for _, arg := range w.container().Args {
					uri, found := strings.CutPrefix(arg, "--config=")
					require.True(t, found, arg)
					if path, found := strings.CutPrefix(uri, "/etc/otelcol-cowork/"); found {
						require.Contains(t, files, path)
						used, uri = append(used, path), "yaml:"+files[path]
					}
					uris = append(uris, uri)
				}
				require.ElementsMatch(t, slices.Collect(maps.Keys(files)), used, "each file of the ConfigMap is used")
				factories, err := components()
				require.NoError(t, err)
				r := configcheck.Check(t.Context(), configcheck.Settings{
					URIs: uris, Providers: providers, Factories: factories,
					LookupEnv: func(name string) (string, bool) { value, found := variables[name]; return value, found },
				})
				require.Empty(t, r.Errors)
				require.Empty(t, r.Warnings)
			})
		}
	}
}

func volume(t *testing.T, w workload, name string) corev1.Volume {
	t.Helper()
	for _, v := range w.pod.Spec.Volumes {
		if v.Name == name {
			return v
		}
	}
	t.Fatalf("no volume %q", name)
	return corev1.Volume{}
}

// TestPods checks what no schema can: that names agree, and that times and sizes fit.
func TestPods(t *testing.T) {
	for name, secrets := range clusters {
		c := readCluster(t, name)
		var needed []string
		for pod, w := range c.workloads {
			where := name + ": " + pod
			spec, container := w.pod.Spec, w.container()
			require.True(t, c.accounts[spec.ServiceAccountName], where)
			require.False(t, *spec.AutomountServiceAccountToken, where)
			require.True(t, *container.SecurityContext.ReadOnlyRootFilesystem, where)
			for _, v := range spec.Volumes {
				if v.Secret != nil {
					needed = append(needed, v.Secret.SecretName)
				}
			}
			for _, v := range container.Env {
				if v.ValueFrom != nil {
					needed = append(needed, v.ValueFrom.SecretKeyRef.Name)
				}
			}
			variables := w.variables(c)
			require.Equal(t, "true", variables["COWORK_REQUIRE_REDACTION"], where)
			require.Contains(t, []string{"", "localhost:4320"}, variables["COWORK_PAGE"], "%s: the page is not reachable from other pods", where)
			checkTimes(t, where, w)
			checkSizes(t, where, w, variables)
			if correlators := variables["COWORK_CORRELATORS"]; correlators != "" {
				require.Equal(t, correlatorNames(c), correlators, where)
			}
		}
		slices.Sort(needed)
		require.Equal(t, secrets, slices.Compact(needed), name)
		checkSelectors(t, name, c)
	}
}

// checkTimes checks that Kubernetes waits until the drain and the stop are over.
func checkTimes(t *testing.T, where string, w workload) {
	t.Helper()
	stop := lifecycle.HardLimit
	if hook := w.container().Lifecycle; hook != nil {
		command := hook.PreStop.Exec.Command
		require.Equal(t, []string{"/coworkctl", "drain"}, command[:2], where)
		within, err := time.ParseDuration(strings.TrimPrefix(command[2], "--within="))
		require.NoError(t, err)
		stop += within
	}
	require.Equal(t, w.kind == "Deployment", w.container().Lifecycle != nil, "%s: a pod without a volume drains", where)
	require.Greater(t, time.Duration(*w.pod.Spec.TerminationGracePeriodSeconds)*time.Second, stop+5*time.Second, where)
}

// checkSizes checks that memory and disk fit into the limits of the container.
func checkSizes(t *testing.T, where string, w workload, variables map[string]string) {
	t.Helper()
	var mib int64
	_, err := fmt.Sscanf(variables["GOMEMLIMIT"], "%dMiB", &mib)
	require.NoError(t, err, where)
	limits := w.container().Resources.Limits
	require.Less(t, mib<<20, limits.Memory().Value()*9/10, "%s: GOMEMLIMIT", where)
	limit := map[string]int64{"ingest": 512, "correlate": 1024, "single": 512}[w.pod.Labels["app.kubernetes.io/component"]] // of memory_limiter
	require.Greater(t, mib, limit*3/2, "%s: GOMEMLIMIT is above the limit of memory_limiter", where)
	if w.kind == "Deployment" {
		size := volume(t, w, "data").EmptyDir.SizeLimit
		require.LessOrEqual(t, size.Value(), limits.StorageEphemeral().Value(), where)
		require.Greater(t, size.Value(), int64(3*5<<30/4), "%s: three queues of 1 GiB", where)
		return
	}
	require.Len(t, w.claims, 1, where)
	require.Equal(t, "data", w.claims[0].Name, where)
}

// correlatorNames returns the addresses of the second tier.
func correlatorNames(c cluster) string {
	var names []string
	for pod, w := range c.workloads {
		for i := range w.replicas {
			names = append(names, fmt.Sprintf("%s-%d.%s:4317", pod, i, w.service))
		}
	}
	return "[" + strings.Join(names, ", ") + "]"
}

// checkSelectors checks that what selects pods selects one workload, and names its ports.
func checkSelectors(t *testing.T, name string, c cluster) {
	t.Helper()
	selected := func(selector map[string]string) (found []workload) {
		for _, w := range c.workloads {
			if labels.SelectorFromSet(selector).Matches(labels.Set(w.pod.Labels)) {
				found = append(found, w)
			}
		}
		return found
	}
	for _, s := range c.services {
		pods := selected(s.Spec.Selector)
		require.Len(t, pods, 1, "%s: service %s", name, s.Name)
		for _, p := range s.Spec.Ports {
			require.True(t, slices.ContainsFunc(pods[0].container().Ports, func(port corev1.ContainerPort) bool {
				return port.Name == p.TargetPort.StrVal
			}), "%s: service %s: port %s", name, s.Name, p.Name)
		}
	}
	for _, w := range c.workloads {
		if w.kind == "StatefulSet" {
			require.True(t, slices.ContainsFunc(c.services, func(s *corev1.Service) bool { return s.Name == w.service }), "%s: service %s", name, w.service)
		}
	}
	for _, b := range c.budgets {
		require.Len(t, selected(b.Spec.Selector.MatchLabels), 1, "%s: budget %s", name, b.Name)
	}
	for _, p := range c.policies {
		require.NotEmpty(t, selected(p.Spec.PodSelector.MatchLabels), "%s: policy %s", name, p.Name)
	}
	for _, s := range c.scalers {
		require.Equal(t, s.Spec.ScaleTargetRef.Kind, c.workloads[s.Spec.ScaleTargetRef.Name].kind, "%s: scaler %s", name, s.Name)
	}
}

// TestChartEqualsManifests checks that the chart and the manifests run the same pods.
func TestChartEqualsManifests(t *testing.T) {
	for chart, manifests := range map[string]string{"helm-single": "kustomize-single", "helm-scaled": "kustomize-base"} {
		a, b := readCluster(t, chart), readCluster(t, manifests)
		require.ElementsMatch(t, slices.Collect(maps.Keys(a.workloads)), slices.Collect(maps.Keys(b.workloads)))
		for name, x := range a.workloads {
			y := b.workloads[name]
			require.Equal(t, y.variables(b), x.variables(a), name)
			for _, w := range []workload{x, y} {
				c := &w.pod.Spec.Containers[0]
				c.Env, c.EnvFrom = nil, nil
				for i := range w.pod.Spec.Volumes {
					if m := w.pod.Spec.Volumes[i].ConfigMap; m != nil {
						m.Name = "config" // Kustomize appends a checksum to it
					}
				}
			}
			require.Equal(t, y.pod.Spec, x.pod.Spec, name)
			require.Equal(t, y.claims, x.claims, name)
			require.Equal(t, y.replicas, x.replicas, name)
		}
		require.Len(t, b.policies, len(a.policies))
		require.Len(t, b.services, len(a.services))
		require.Len(t, b.budgets, len(a.budgets))
		require.Len(t, b.scalers, len(a.scalers))
	}
}
