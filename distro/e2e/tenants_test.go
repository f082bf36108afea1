package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/cowork-otel/collector/distro/coworkctl/otlp"
)

// tenantExamples are the examples over the default that authenticate senders, which
// TestTenants and TestMutualTLS run.
var tenantExamples = []string{"tenants.yaml", "mtls.yaml"}

const (
	acmeOrganization  = "7ca19e7e-77ab-41b1-a9d1-f99f81888695"
	globeOrganization = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"
	acmeToken         = "cwt_acme_0123456789abcdef"
	acmeNewToken      = "cwt_acme_fedcba9876543210"
	globeToken        = "cwt_globe_0123456789abcdef"
)

// A gateway is a collector with TLS.
type gateway struct {
	*collector
	ca string // file
}

// client returns a client with a token, by HTTP or gRPC.
func (g gateway) client(t *testing.T, protocol string, token string) *otlp.Client {
	t.Helper()
	set := otlp.Settings{Endpoint: "https://" + g.http, Protocol: protocol, CAFile: g.ca}
	if protocol == otlp.GRPC {
		set.Endpoint = "https://" + g.grpc
	}
	if token != "" {
		header, err := otlp.ParseHeader("Authorization=Bearer " + token)
		require.NoError(t, err)
		set.Headers = append(set.Headers, header)
	}
	c, err := otlp.New(set)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// requestOf returns an event of an organization, which costs so much.
func requestOf(organization, request string, cost float64) plog.Logs {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	rl.Resource().Attributes().PutStr("service.name", "cowork")
	rec := rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	rec.SetTimestamp(pcommon.NewTimestampFromTime(time.Now()))
	rec.Body().SetStr("claude_code.api_request")
	_ = rec.Attributes().FromRaw(map[string]any{
		"event.name": "api_request", "session.id": request, "event.sequence": 1, "organization.id": organization, "request_id": request,
		"model": "claude-opus-5-5", "cost_usd": cost, "input_tokens": 1, "output_tokens": 1, "duration_ms": 1,
	})
	return ld
}

// TestTenants sends events of another organization with a bound token, over HTTP and gRPC:
// they are dropped, counted and alerted, and those of the own organization arrive. Then the
// token is replaced in the list of the running collector.
func TestTenants(t *testing.T) {
	t.Parallel()
	g := startTenants(t)
	for i, protocol := range []string{otlp.HTTPJSON, otlp.GRPC} {
		client := g.client(t, protocol, acmeToken)
		for organization, cost := range map[string]float64{acmeOrganization: 0.25, globeOrganization: 4321} {
			_, err := client.Logs(t.Context(), requestOf(organization, fmt.Sprintf("req_%d_%s", i, organization[:4]), cost))
			require.NoError(t, err, "the client must not repeat it")
		}
		md := pmetric.NewMetrics()
		points := md.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics().AppendEmpty().SetEmptyGauge().DataPoints()
		points.AppendEmpty().Attributes().PutStr("organization.id", globeOrganization)
		points.AppendEmpty().Attributes().PutStr("organization.id", acmeOrganization)
		_, err := client.Metrics(t.Context(), md)
		require.NoError(t, err)
		td := ptrace.NewTraces()
		td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans().AppendEmpty().Attributes().PutStr("organization.id", globeOrganization)
		_, err = client.Traces(t.Context(), td)
		require.NoError(t, err)
	}
	g.awaitFile(t, "alerts", `"foreign_organization"`, `"critical"`, "Token acme: ")
	g.awaitFile(t, "logs", "req_0_7ca1", "req_1_7ca1", `"cowork.tenant"`, "cowork.tenant_mismatch")
	g.awaitFile(t, "metrics", acmeOrganization)
	counters := g.counters(t)
	for signal, want := range map[string]float64{"logs": 2, "metrics": 2, "traces": 2} {
		require.InDelta(t, want, addCounters(counters, "otelcol_processor_cowork_event_tenant_mismatches", `signal="`+signal+`"`, `action="refuse"`), 0, signal)
	}
	for _, token := range []string{"", "cwt_wrong_0123456789abcdef"} {
		for _, protocol := range []string{otlp.HTTPJSON, otlp.GRPC} {
			_, err := g.client(t, protocol, token).Logs(t.Context(), requestOf(acmeOrganization, "req_stranger", 1))
			require.ErrorContains(t, err, map[string]string{otlp.HTTPJSON: "401", otlp.GRPC: "Unauthenticated"}[protocol])
		}
	}
	require.InDelta(t, 2, addCounters(g.counters(t), "otelcol_extension_cowork_tenants_refused", `reason="missing"`), 0)
	require.InDelta(t, 2, addCounters(g.counters(t), "otelcol_extension_cowork_tenants_refused", `reason="unknown"`), 0)

	status := func(token string) string {
		receipt, err := g.client(t, otlp.HTTPJSON, token).Logs(t.Context(), requestOf(acmeOrganization, "req_"+token[:8], 1))
		if err != nil {
			return err.Error()[:3]
		}
		return receipt.Answer[:3]
	}
	becomes := func(token, want string) {
		t.Helper()
		require.Eventually(t, func() bool { return status(token) == want }, waitLimit, 50*time.Millisecond, "%s", g.log)
	}
	g.writeTokens(t, "tokens:\n  - {name: acme, organizations: ["+acmeOrganization+"], token: "+acmeNewToken+", previous: {token: "+acmeToken+", until: 2096-01-01}}\n")
	becomes(acmeNewToken, "200")
	require.Equal(t, "200", status(acmeToken), "both tokens of a rotation are accepted")
	require.Equal(t, "401", status(globeToken), "it is no longer in the list")
	g.writeTokens(t, "tokens: broken")
	require.Eventually(t, func() bool { return strings.Contains(g.log.String(), "the list of tokens cannot be used") }, waitLimit, 50*time.Millisecond)
	require.Equal(t, "200", status(acmeNewToken), "the list before stays in use")
	g.writeTokens(t, "tokens: [{name: acme, organizations: ["+acmeOrganization+"], token: "+acmeNewToken+"}]")
	becomes(acmeToken, "401")
	require.Equal(t, "200", status(acmeNewToken))

	g.stop()
	for _, file := range []string{"logs.json", "metrics.json", "traces.json", "alerts.json"} {
		text := string(readAll(t, filepath.Join(g.data, file)))
		require.NotContains(t, text, "4321", file)
		require.NotContains(t, text, `"organization.id","value":{"stringValue":"`+globeOrganization, file)
	}
	require.NotContains(t, g.log.String(), "cwt_", "no token is in the log")
}

// A tenantGateway is a gateway with a list of tokens.
type tenantGateway struct {
	gateway
	tokens string // file
}

func startTenants(t *testing.T) tenantGateway {
	t.Helper()
	s := newSecurity(t)
	g := tenantGateway{gateway{newCollector(t), s.ca}, filepath.Join(t.TempDir(), "tokens.yaml")}
	g.writeTokens(t, "tokens:\n  - {name: acme, organizations: ["+acmeOrganization+"], token: "+acmeToken+"}\n  - {name: globe, organizations: ["+globeOrganization+"], token: "+globeToken+"}\n")
	often := filepath.Join(t.TempDir(), "often.yaml")
	require.NoError(t, os.WriteFile(often, []byte("extensions: {cowork_tenants: {reload_interval: 100ms}}\n"), 0o600))
	g.run(t, append(s.env, "COWORK_TOKENS="+g.tokens), "../config.yaml", "../examples/tenants.yaml", often)
	return g
}

// writeTokens replaces the list of tokens.
func (g tenantGateway) writeTokens(t *testing.T, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(g.tokens+".new", []byte(text), 0o600))
	require.NoError(t, os.Rename(g.tokens+".new", g.tokens))
}

// awaitFile waits until a file of the collector has some texts.
func (c *collector) awaitFile(t *testing.T, signal string, texts ...string) {
	t.Helper()
	require.Eventually(t, func() bool {
		data := string(readAll(t, filepath.Join(c.data, signal+".json")))
		for _, text := range texts {
			if !strings.Contains(data, text) {
				return false
			}
		}
		return true
	}, waitLimit, 50*time.Millisecond, "%s:\n%s", signal, c.log)
}

// addCounters adds the counters of a name with some labels.
func addCounters(counters map[string]float64, name string, labels ...string) (sum float64) {
next:
	for key, n := range counters {
		if !strings.HasPrefix(key, name) {
			continue
		}
		for _, label := range labels {
			if !strings.Contains(key, label) {
				continue next
			}
		}
		sum += n
	}
	return sum
}

// TestMutualTLS connects with a certificate of the authority, with one of another, and
// without one.
func TestMutualTLS(t *testing.T) {
	t.Parallel()
	s, folder := newSecurity(t), t.TempDir()
	authority := newAuthority(t, folder, "ours")
	stranger := newAuthority(t, folder, "other")
	c := newCollector(t)
	c.run(t, append(s.env, "COWORK_TLS_CA="+authority.file), "../config.yaml", "../examples/mtls.yaml")
	verify := func(from *authorityFiles, args ...string) error {
		if from != nil {
			args = append(args, "--cert-file", from.cert, "--key-file", from.key)
		}
		out, err := exec.Command(command("coworkctl"), append([]string{"verify", "--ca-file", s.ca}, args...)...).CombinedOutput()
		t.Logf("%s", out)
		return err
	}
	for _, args := range [][]string{{"--endpoint", "https://" + c.http}, {"--protocol", "grpc", "--endpoint", "https://" + c.grpc}} {
		require.NoError(t, verify(&authority, args...))
		require.Error(t, verify(&stranger, args...))
		require.Error(t, verify(nil, args...))
	}
}

// authorityFiles are the files of an authority and of a client with its certificate.
type authorityFiles struct{ file, cert, key string }

func newAuthority(t *testing.T, folder, name string) authorityFiles {
	t.Helper()
	newKey := func() *ecdsa.PrivateKey {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		require.NoError(t, err)
		return key
	}
	write := func(file, kind string, data []byte) string {
		path := filepath.Join(folder, name+file)
		require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}), 0o600))
		return path
	}
	template := func(n int64, authority bool) *x509.Certificate {
		return &x509.Certificate{
			SerialNumber: big.NewInt(n), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
			IsCA: authority, BasicConstraintsValid: true, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		}
	}
	ours, theirs := newKey(), newKey()
	root, err := x509.CreateCertificate(rand.Reader, template(1, true), template(1, true), &ours.PublicKey, ours)
	require.NoError(t, err)
	leaf, err := x509.CreateCertificate(rand.Reader, template(2, false), template(1, true), &theirs.PublicKey, ours)
	require.NoError(t, err)
	key, err := x509.MarshalECPrivateKey(theirs)
	require.NoError(t, err)
	return authorityFiles{write(".ca", "CERTIFICATE", root), write(".crt", "CERTIFICATE", leaf), write(".key", "EC PRIVATE KEY", key)}
}
