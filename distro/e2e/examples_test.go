package e2e

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// arrives reports whether redacted logs and metrics of the capture have arrived at the
// backend of an example.
type arrives func() bool

// examples maps each file to the backend of the test: the environment of the collector,
// and a function that reports whether telemetry arrived.
var examples = map[string]func(t *testing.T) (env []string, arrived arrives){
	"audit.yaml":      toAuditTrail,
	"kafka.yaml":      toKafka,
	"ocsf.yaml":       toOCSF,
	"ocsf-file.yaml":  toOCSFFile,
	"siem-file.yaml":  toSIEMFile,
	"prometheus.yaml": toPrometheus,
	"ecs.yaml": func(t *testing.T) ([]string, arrives) {
		t.Helper()
		end := newBackend(t)
		return []string{"ELASTIC_OTLP_ENDPOINT=" + end.URL}, end.arrived("logs")
	},
	"roster.yaml": toNamedUsers,
	"egress.yaml": toVerdicts,
	"secure-gateway.yaml": func(t *testing.T) ([]string, arrives) {
		t.Helper()
		end := newBackend(t)
		return []string{"OTLP_ENDPOINT=" + end.URL}, end.arrived("logs")
	},
}

// otherTests are the examples of other tests.
var otherTests = append([]string{"google-cloud.yaml"}, tenantExamples...)

// TestExamples validates and starts examples, and sends a recorded run through them.
// TestVendors tests those of vendors, TestScaleOut those with two tiers, TestAlertExamples
// those with alerts.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../examples/*.yaml")
	require.NoError(t, err)
	for _, file := range files {
		name := filepath.Base(file)
		ofVendor := slices.ContainsFunc(vendors, func(v vendor) bool { return v.file == name })
		require.True(t, ofVendor || examples[name] != nil || alertExamples[name] != nil || slices.Contains(scaleExamples, name) ||
			slices.Contains(otherTests, name), "%s has no test", name)
	}
	for name, end := range examples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("../examples", name)
			validate(t, file)
			env, arrived := end(t)
			secure := name == "secure-gateway.yaml"
			var s security
			if secure {
				s = newSecurity(t)
				env = append(env, s.env...)
			}
			files := []string{file}
			if secure {
				files = append(files, "../examples/otlp-backend.yaml")
			}
			c := startWith(t, env, files...)
			if secure {
				refusesStrangers(t, c, s)
			} else {
				for _, r := range captures(t)["basic-json"] {
					status, answer := c.post(t, r)
					require.Equal(t, http.StatusOK, status, answer)
				}
			}
			require.Eventually(t, arrived, waitLimit, 50*time.Millisecond, "nothing arrived:\n%s", c.log)
		})
	}
}

func TestDefaultConfigIsValid(t *testing.T) {
	validate(t, "../config.yaml")
}

func validate(t *testing.T, file string) {
	t.Helper()
	out, err := exec.Command(command("otelcol-cowork"), "validate", "--config", file).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// toKafka starts a broker in this process.
func toKafka(t *testing.T) ([]string, arrives) {
	t.Helper()
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "cowork.logs", "cowork.metrics", "cowork.traces", "cowork.alerts"))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	client, err := kgo.NewClient(kgo.SeedBrokers(cluster.ListenAddrs()...), kgo.ConsumeTopics("cowork.logs", "cowork.metrics"))
	require.NoError(t, err)
	t.Cleanup(client.Close)
	seen := map[string]bool{}
	return []string{"KAFKA_BROKERS=" + cluster.ListenAddrs()[0]}, func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client.PollFetches(ctx).EachRecord(func(r *kgo.Record) {
			assert.NotRegexp(t, sensitive, string(r.Value))
			seen[r.Topic] = true
		})
		return seen["cowork.logs"] && seen["cowork.metrics"]
	}
}

// toPrometheus reads the metrics that a Prometheus server would scrape.
func toPrometheus(t *testing.T) ([]string, arrives) {
	t.Helper()
	address := freePorts(t, 1)[0]
	return []string{"COWORK_PROMETHEUS=" + address}, func() bool {
		resp, err := http.Get("http://" + address + "/metrics")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		page, err := io.ReadAll(resp.Body)
		return err == nil && assert.NotRegexp(t, sensitive, string(page)) &&
			strings.Contains(string(page), "claude_code_cost_usage_USD_total") &&
			strings.Contains(string(page), "claude_code_token_usage_tokens_total") &&
			strings.Contains(string(page), "cowork_cost_USD_total")
	}
}

// security holds the certificates and the token of a gateway.
type security struct {
	env   []string
	ca    string // file
	token string
}

func newSecurity(t *testing.T) security {
	t.Helper()
	dir := t.TempDir()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	keyBytes, err := x509.MarshalECPrivateKey(key)
	require.NoError(t, err)
	write := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, data, 0o600))
		return file
	}
	s := security{token: "a-token-of-the-test"}
	s.ca = write("tls.crt", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}))
	s.env = []string{
		"COWORK_TLS_CERT=" + s.ca,
		"COWORK_TLS_KEY=" + write("tls.key", pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyBytes})),
		"COWORK_TOKEN_FILE=" + write("token", []byte(s.token)),
	}
	return s
}

// refusesStrangers runs coworkctl verify on a gateway: without the token no kind is
// received, with it all are.
func refusesStrangers(t *testing.T, c *collector, s security) {
	t.Helper()
	verify := func(args ...string) (string, error) {
		out, err := exec.Command(command("coworkctl"), append([]string{"verify", "--endpoint", "https://" + c.http, "--ca-file", s.ca}, args...)...).CombinedOutput()
		return string(out), err
	}
	out, err := verify()
	require.Error(t, err, out)
	require.Contains(t, out, "401")
	out, err = verify("--header", "Authorization=Bearer "+s.token)
	require.NoError(t, err, out)
	out, err = verify("--protocol", "grpc", "--endpoint", "https://"+c.grpc, "--header", "Authorization=Bearer "+s.token)
	require.NoError(t, err, out)
}
