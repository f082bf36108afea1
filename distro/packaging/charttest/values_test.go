package charttest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWrongValues checks that mistakes in values are refused before anything is rendered.
func TestWrongValues(t *testing.T) {
	for values, want := range map[string]string{
		"{mod: scaled}":                           "additional properties 'mod' not allowed",
		"{mode: both}":                            "value must be one of 'single', 'scaled'",
		"{mode: scaled}":                          "otlpEndpoint: is not set",
		"{otlpEndpoint: otlp.example.com}":        "does not match pattern",
		"{ingest: {replicas: 0}}":                 "minimum: got 0, want 1",
		"{ingest: {drainSeconds: 5}}":             "minimum: got 5, want 10",
		"{ingest: {queue: 5GB}}":                  "does not match pattern",
		"{image: {digest: latest}}":               "does not match pattern",
		"{config: {single.yaml: x}}":              "'not' failed",
		"{config: {../etc.yaml: x}}":              "does not match pattern",
		"{config: {a.yaml: {}}}":                  "want string",
		"{service: {type: NodePort}}":             "value must be one of 'ClusterIP', 'LoadBalancer'",
		"{tiers: {existingSecret: ''}}":           "minLength",
		"{ingress: {enabled: true}}":              "ingress.host: is not set",
		"{ingress: {enabled: true, host: a.b}}":   "ingress.tlsSecret: is not set",
		"{gateway: {enabled: true}}":              "gateway.parentRefs: is not set",
		"{env: [{name: A, value: b, secret: c}]}": "additional properties 'secret' not allowed",
		"{networkPolicy: {backendPorts: []}}":     "minItems",
	} {
		_, err := renderChart(t, values)
		require.ErrorContains(t, err, want, values)
	}
}
