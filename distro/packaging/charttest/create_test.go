package charttest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"sigs.k8s.io/yaml"
)

// strategies are how the API server creates an object of a kind: defaults, validation and
// warnings.
var strategies = map[string]rest.RESTCreateStrategy{
	"ConfigMap":               configmap.Strategy,
	"Deployment":              deployment.Strategy,
	"HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"Ingress":                 ingress.Strategy,
	"Namespace":               namespace.Strategy,
	"NetworkPolicy":           networkpolicy.Strategy,
	"PodDisruptionBudget":     poddisruptionbudget.Strategy,
	"Service":                 service.Strategy,
	"ServiceAccount":          serviceaccount.Strategy,
	"StatefulSet":             statefulset.Strategy,
}

// strict refuses fields that a kind does not have, and fields that are there twice.
var strict = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)

// create does what an API server does with a document before it stores the object. It
// returns its warnings.
func create(text string) (warnings []string, err error) {
	data, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		return nil, err
	}
	obj, kind, err := strict.UniversalDeserializer().Decode(data, nil, nil)
	if err != nil {
		return nil, err
	}
	internal := schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal}
	legacyscheme.Scheme.Default(obj)
	if obj, err = legacyscheme.Scheme.ConvertToVersion(obj, internal); err != nil {
		return nil, err
	}
	accessor, err := meta.Accessor(obj)
	if err != nil {
		return nil, err
	}
	rest.FillObjectMetaSystemFields(accessor)
	if s, ok := obj.(*core.Service); ok { // the allocator of addresses sets them
		policy := core.IPFamilyPolicySingleStack
		s.Spec.IPFamilies, s.Spec.IPFamilyPolicy = []core.IPFamily{core.IPv4Protocol}, &policy
		if s.Spec.ClusterIP != "" {
			s.Spec.ClusterIPs = []string{s.Spec.ClusterIP}
		}
	}
	strategy := strategies[kind.Kind]
	ctx := context.Background()
	if strategy.NamespaceScoped() {
		accessor.SetNamespace("otelcol-cowork")
		ctx = genericapirequest.WithNamespace(ctx, "otelcol-cowork")
	} else {
		ctx = genericapirequest.WithNamespace(ctx, "")
	}
	if err := rest.BeforeCreate(strategy, ctx, obj); err != nil {
		return nil, err
	}
	return strategy.WarningsOnCreate(ctx, obj), nil
}

// TestCreate checks that an API server accepts each object, without a warning.
func TestCreate(t *testing.T) {
	seen := map[string]int{}
	for name, render := range renderings {
		for _, text := range documents(render(t)) {
			var id struct {
				Kind     string
				Metadata struct{ Name string }
			}
			require.NoError(t, yaml.Unmarshal([]byte(text), &id))
			seen[id.Kind]++
			if id.Kind == "HTTPRoute" {
				continue // of the Gateway API, whose server is another
			}
			require.Contains(t, strategies, id.Kind)
			warnings, err := create(text)
			require.NoError(t, err, "%s: %s %s", name, id.Kind, id.Metadata.Name)
			require.Empty(t, warnings, "%s: %s %s", name, id.Kind, id.Metadata.Name)
		}
	}
	for kind := range strategies {
		require.NotZero(t, seen[kind], kind)
	}
}

// TestCreateRefuses checks that mistakes are found.
func TestCreateRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, dta: {}}":                                                                                         `unknown field "dta"`,
		"{apiVersion: v1, kind: ConfigMap, metadata: {name: A}}":                                                                                                  "a lowercase RFC 1123 subdomain",
		"{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 70000}]}}":                                                                    "must be between 1 and 65535",
		"{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: c}}, spec: {}}}}": "`selector` does not match template `labels`",
		"{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {minAvailable: 1, maxUnavailable: 1}}":                                     "cannot be both set",
	} {
		_, err := create(text)
		require.ErrorContains(t, err, want)
	}
}
