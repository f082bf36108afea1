package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

const (
	packaging = "../packaging/"
	rendered  = packaging + "charttest/testdata/"
)

// TestRenderingsAreCurrent checks that `make charts` has rendered the manifests and the
// chart as they are now, and that they have the example configurations as they are.
func TestRenderingsAreCurrent(t *testing.T) {
	want, err := os.ReadFile(rendered + "inputs.sha256")
	require.NoError(t, err)
	var sums strings.Builder
	for _, folder := range []string{"helm", "kubernetes"} {
		require.NoError(t, filepath.WalkDir(packaging+folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) == ".go" {
				return err
			}
			data, err := os.ReadFile(file)
			fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), "../"+strings.TrimPrefix(filepath.ToSlash(file), packaging))
			return err
		}))
	}
	require.Equal(t, string(want), sums.String(), "run make charts")
	for _, name := range []string{"scale-ingest.yaml", "scale-correlate.yaml"} {
		example, err := os.ReadFile("../examples/" + name)
		require.NoError(t, err)
		for _, folder := range []string{"kubernetes/base/config/", "helm/otelcol-cowork/files/"} {
			kept, err := os.ReadFile(packaging + folder + name)
			require.NoError(t, err)
			require.Equal(t, string(example), string(kept), "%s: run make charts", folder)
		}
	}
}

// A cluster is what one rendering creates.
type cluster struct {
	configMaps map[string]*corev1.ConfigMap
	workloads  map[string]workload
	services   []*corev1.Service
	policies   []*networkingv1.NetworkPolicy
	budgets    []*policyv1.PodDisruptionBudget
	scalers    []*autoscalingv2.HorizontalPodAutoscaler
	accounts   map[string]bool
}

// A workload is a Deployment or a StatefulSet.
type workload struct {
	kind, service string
	replicas      int
	pod           corev1.PodTemplateSpec
	claims        []corev1.PersistentVolumeClaim
}

func (w workload) container() corev1.Container { return w.pod.Spec.Containers[0] }

// secrets are the values of Secrets by the variable that has them.
var secrets = map[string]string{"BACKEND_TOKEN": "hunter2", "PGPASSWORD": "hunter2", "COWORK_DATABASE": "postgres://cowork@db.example.com/cowork?sslmode=verify-full"}

// variables returns the environment of a pod.
func (w workload) variables(c cluster) map[string]string {
	all := map[string]string{}
	for _, from := range w.container().EnvFrom {
		maps.Copy(all, c.configMaps[from.ConfigMapRef.Name].Data)
	}
	for _, v := range w.container().Env {
		all[v.Name] = v.Value
		if v.ValueFrom != nil {
			all[v.Name] = secrets[v.Name]
		}
	}
	return all
}

// readCluster reads a rendering. Fields that a kind does not have are errors.
func readCluster(t *testing.T, name string) cluster {
	t.Helper()
	data, err := os.ReadFile(rendered + name + ".yaml")
	require.NoError(t, err)
	c := cluster{configMaps: map[string]*corev1.ConfigMap{}, workloads: map[string]workload{}, accounts: map[string]bool{}}
	for doc := range bytes.SplitSeq(append([]byte("\n"), data...), []byte("\n---\n")) {
		if len(bytes.TrimSpace(doc)) > 0 {
			c.add(t, doc)
		}
	}
	return c
}

func (c *cluster) add(t *testing.T, doc []byte) {
	t.Helper()
	var id struct{ APIVersion, Kind string }
	require.NoError(t, yaml.Unmarshal(doc, &id))
	switch id.APIVersion + " " + id.Kind {
	case "v1 ConfigMap":
		m := decode[corev1.ConfigMap](t, doc)
		c.configMaps[m.Name] = m
	case "apps/v1 Deployment":
		d := decode[appsv1.Deployment](t, doc)
		require.Equal(t, d.Spec.Selector.MatchLabels, d.Spec.Template.Labels)
		c.workloads[d.Name] = workload{kind: id.Kind, pod: d.Spec.Template}
	case "apps/v1 StatefulSet":
		s := decode[appsv1.StatefulSet](t, doc)
		require.Equal(t, s.Spec.Selector.MatchLabels, s.Spec.Template.Labels)
		c.workloads[s.Name] = workload{kind: id.Kind, service: s.Spec.ServiceName, replicas: int(*s.Spec.Replicas), pod: s.Spec.Template, claims: s.Spec.VolumeClaimTemplates}
	case "v1 Service":
		c.services = append(c.services, decode[corev1.Service](t, doc))
	case "networking.k8s.io/v1 NetworkPolicy":
		c.policies = append(c.policies, decode[networkingv1.NetworkPolicy](t, doc))
	case "policy/v1 PodDisruptionBudget":
		c.budgets = append(c.budgets, decode[policyv1.PodDisruptionBudget](t, doc))
	case "autoscaling/v2 HorizontalPodAutoscaler":
		c.scalers = append(c.scalers, decode[autoscalingv2.HorizontalPodAutoscaler](t, doc))
	case "v1 ServiceAccount":
		c.accounts[decode[corev1.ServiceAccount](t, doc).Name] = true
	case "v1 Namespace", "networking.k8s.io/v1 Ingress", "gateway.networking.k8s.io/v1 HTTPRoute":
	default:
		t.Fatalf("%s: unknown kind", id)
	}
}

func decode[T any](t *testing.T, doc []byte) *T {
	t.Helper()
	var obj T
	require.NoError(t, yaml.UnmarshalStrict(doc, &obj))
	return &obj
}
