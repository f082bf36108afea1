package charttest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

// A workload is a Deployment or a StatefulSet.
type workload struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct{ Template corev1.PodTemplateSpec }
}

// workloads returns the workloads of a rendering.
func workloads(t *testing.T, text string) (all []workload) {
	t.Helper()
	for _, doc := range documents(text) {
		var w workload
		data, err := yaml.YAMLToJSON([]byte(doc))
		require.NoError(t, err)
		var kind struct{ Kind string }
		require.NoError(t, json.Unmarshal(data, &kind))
		if kind.Kind != "Deployment" && kind.Kind != "StatefulSet" {
			continue
		}
		require.NoError(t, json.Unmarshal(data, &w))
		all = append(all, w)
	}
	return all
}

// TestPodSecurity evaluates all pods with the library of the admission controller, at the
// level that the namespace of the manifests enforces.
func TestPodSecurity(t *testing.T) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	require.NoError(t, err)
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	n := 0
	for name, render := range renderings {
		for _, w := range workloads(t, render(t)) {
			n++
			pod := w.Spec.Template
			result := policy.AggregateCheckResults(evaluator.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec))
			require.True(t, result.Allowed, "%s: %s: %s", name, w.Metadata.Name, result.ForbiddenDetail())

			pod.Spec.Containers[0].SecurityContext = nil
			result = policy.AggregateCheckResults(evaluator.EvaluatePod(level, &pod.ObjectMeta, &pod.Spec))
			require.False(t, result.Allowed, "the check finds a container without its settings")
		}
	}
	require.Equal(t, 11, n)
}
