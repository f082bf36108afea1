package coworktenantsextension

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/client"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/extension/extensiontest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/extension/coworktenantsextension/internal/metadata"
	"github.com/cowork-otel/collector/extension/coworktenantsextension/internal/metadatatest"
	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/tenant"
)

// A fixture is an extension whose counters and log a test reads.
type fixture struct {
	*authenticator
	path string
	tel  *componenttest.Telemetry
	logs *observer.ObservedLogs
}

func newFixture(t *testing.T, path string) *fixture {
	t.Helper()
	core, logs := observer.New(zapcore.DebugLevel)
	f := &fixture{path: path, tel: componenttest.NewTelemetry(), logs: logs}
	t.Cleanup(func() { require.NoError(t, f.tel.Shutdown(context.Background())) })
	cfg := createDefaultConfig().(*Config)
	cfg.File = path
	require.NoError(t, cfg.Validate())
	set := extensiontest.NewNopSettings(metadata.Type)
	set.TelemetrySettings = f.tel.NewTelemetrySettings()
	set.Logger = zap.New(core)
	ext, err := createExtension(t.Context(), set, cfg)
	require.NoError(t, err)
	f.authenticator = ext.(*authenticator)
	return f
}

func (f *fixture) start(t *testing.T) *fixture {
	t.Helper()
	require.NoError(t, f.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, f.Shutdown(context.Background())) })
	return f
}

// sender returns the name of the tenant of a request with a token, else the error.
func (f *fixture) sender(ctx context.Context, token string) string {
	ctx, err := f.Authenticate(ctx, map[string][]string{"Authorization": {"Bearer " + token}})
	if err != nil {
		return err.Error()
	}
	return client.FromContext(ctx).Auth.(*tenant.Tenant).Name()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

func point(n int64, label, value string) metricdata.DataPoint[int64] {
	return metricdata.DataPoint[int64]{Value: n, Attributes: attribute.NewSet(attribute.String(label, value))}
}

const (
	acmeToken = "cwt_acme_0123456789abcdef"
	newToken  = "cwt_new_0123456789abcdef"
	unknown   = "the token is not in the list of tokens"
)

func TestAuthenticate(t *testing.T) {
	f := newFixture(t, "testdata/tokens.yaml").start(t)
	before := client.NewContext(t.Context(), client.Info{Metadata: client.NewMetadata(map[string][]string{"a": {"b"}})})
	for _, header := range []string{"Authorization", "authorization"} {
		for _, scheme := range []string{"Bearer", "bearer"} {
			ctx, err := f.Authenticate(before, map[string][]string{header: {scheme + " " + acmeToken}})
			require.NoError(t, err)
			info := client.FromContext(ctx)
			require.Equal(t, "acme", info.Auth.GetAttribute("cowork.tenant"))
			require.Equal(t, []string{"b"}, info.Metadata.Get("a"), "the rest of the client's data remains")
		}
	}
	none := "no bearer token (a header Authorization: Bearer TOKEN)"
	for want, headers := range map[string][]map[string][]string{
		none: {
			nil,
			{"Authorization": nil},
			{"Authorization": {""}},
			{"Authorization": {"Bearer"}},
			{"Authorization": {"Bearer "}},
			{"Authorization": {acmeToken}},
			{"Authorization": {"Basic " + acmeToken}},
			{"Authorization": {"Bearer " + acmeToken, "Bearer " + acmeToken}},
			{"X": {"Bearer " + acmeToken}},
		},
		unknown: {{"Authorization": {"Bearer  " + acmeToken}}, {"Authorization": {"Bearer " + acmeToken[1:]}}, {"Authorization": {"Bearer " + strings.Repeat("x", 1<<20)}}},
	} {
		for _, h := range headers {
			ctx, err := f.Authenticate(before, h)
			require.EqualError(t, err, want)
			require.Nil(t, client.FromContext(ctx).Auth)
		}
	}
	metadatatest.AssertEqualExtensionCoworkTenantsRefused(t, f.tel, []metricdata.DataPoint[int64]{
		point(9, "reason", "missing"), point(3, "reason", "unknown"),
	}, metricdatatest.IgnoreTimestamp())
}

// TestReload changes the list while the extension runs: a rotation, its end, a list with an
// error, none, and one beyond each bound.
func TestReload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens.yaml")
	write(t, path, "tokens: [{name: acme, organizations: [o], token: "+acmeToken+"}]")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, path).start(t)
		reload := func() {
			time.Sleep(10 * time.Second)
			synctest.Wait()
		}
		check := func(older, newer string, failures int) {
			t.Helper()
			reload()
			require.Equal(t, older, f.sender(t.Context(), acmeToken))
			require.Equal(t, newer, f.sender(t.Context(), newToken))
			require.Equal(t, failures, f.logs.FilterMessage("the list of tokens cannot be used: the one before stays in use").Len())
			require.Len(t, problem.List(), min(failures, 1))
		}
		check("acme", unknown, 0)
		until := time.Now().Add(time.Minute).UTC().Format(time.RFC3339)
		write(t, path, fmt.Sprintf("tokens: [{name: acme, organizations: [o], token: %s, previous: {token: %s, until: %s}}]", newToken, acmeToken, until))
		check("acme", "acme", 0)
		time.Sleep(time.Minute)
		check("the token was replaced by a newer one", "acme", 0)
		replaced := "the token was replaced by a newer one"
		write(t, path, "tokens: [{name: secret secret}]")
		check(replaced, "acme", 1)
		check(replaced, "acme", 1)
		require.NoError(t, os.Remove(path))
		check(replaced, "acme", 2)
		write(t, path, "tokens: [] #"+strings.Repeat("x", tenant.MaxBytes))
		check(replaced, "acme", 3)
		write(t, path, "tokens: [{name: acme, token: "+acmeToken+", organizations: ["+strings.Repeat("o,", tenant.MaxOrganizations)+"o]}]")
		check(replaced, "acme", 4)
		write(t, path, "tokens: [{name: acme, organizations: [o], token: "+acmeToken+", expires: 1999-12-31}]")
		reload()
		require.Equal(t, "the token has expired", f.sender(t.Context(), acmeToken))
		require.Empty(t, problem.List())
		same := metricdatatest.IgnoreTimestamp()
		metadatatest.AssertEqualExtensionCoworkTenantsReloadFailures(t, f.tel, []metricdata.DataPoint[int64]{
			point(1, "reason", "invalid"), point(1, "reason", "unreadable"), point(1, "reason", "too_large"), point(1, "reason", "too_many"),
		}, same)
		metadatatest.AssertEqualExtensionCoworkTenantsTenants(t, f.tel, []metricdata.DataPoint[int64]{
			point(0, "state", "usable"), point(0, "state", "ending"), point(1, "state", "ended"),
		}, same)
		for _, entry := range f.logs.All() {
			require.NotContains(t, fmt.Sprint(entry.Message, entry.ContextMap()), "secret")
		}
	})
}

// TestTokenFiles changes the file of a token: its content, one that is no token, and back.
func TestTokenFiles(t *testing.T) {
	folder := t.TempDir()
	path, token := filepath.Join(folder, "tokens.yaml"), filepath.Join(folder, "acme.token")
	write(t, path, "tokens: [{name: acme, organizations: [o], token_file: acme.token}]")
	write(t, token, acmeToken+"\n")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, path).start(t)
		check := func(older, newer string) {
			t.Helper()
			time.Sleep(10 * time.Second)
			synctest.Wait()
			require.Equal(t, older, f.sender(t.Context(), acmeToken))
			require.Equal(t, newer, f.sender(t.Context(), newToken))
		}
		check("acme", unknown)
		write(t, token, newToken)
		check(unknown, "acme")
		write(t, token, "short")
		check(unknown, "acme")
		require.Len(t, problem.List(), 1)
		write(t, token, acmeToken)
		check("acme", unknown)
		require.Empty(t, problem.List())
		write(t, path, "tokens: [{name: acme, organizations: [o], token: "+newToken+"}]")
		require.NoError(t, os.Remove(token))
		check(unknown, "acme")
		require.Empty(t, f.files.tokens, "the file is no longer read")
	})
}

func TestStartFails(t *testing.T) {
	check := func(path, want string) {
		t.Helper()
		f := newFixture(t, path)
		require.EqualError(t, f.Start(t.Context(), componenttest.NewNopHost()), want)
		require.NoError(t, f.Shutdown(t.Context()))
	}
	check(filepath.Join(t.TempDir(), "none.yaml"), "file: cannot be read: no such file or directory (a file that the user of the collector can read)")
	empty := filepath.Join(t.TempDir(), "empty.yaml")
	write(t, empty, "")
	check(empty, "file: line 1: is no map with the key tokens (tokens: a list of tokens)")
}

func TestValidate(t *testing.T) {
	cfg := &Config{ReloadInterval: 2 * time.Hour}
	require.EqualError(t, cfg.Validate(), "file: is empty (a list of tokens, for example /etc/otelcol-cowork/tokens.yaml)\n"+
		"reload_interval: 2h0m0s: must be from 100ms to 1h0m0s (10s is the default)")
}

// BenchmarkAuthenticate is the cost of a request.
func BenchmarkAuthenticate(b *testing.B) {
	cfg := createDefaultConfig().(*Config)
	cfg.File = "testdata/tokens.yaml"
	ext, err := createExtension(b.Context(), extensiontest.NewNopSettings(metadata.Type), cfg)
	require.NoError(b, err)
	require.NoError(b, ext.Start(b.Context(), componenttest.NewNopHost()))
	b.Cleanup(func() { require.NoError(b, ext.Shutdown(context.Background())) })
	headers := http.Header{"Authorization": {"Bearer " + acmeToken}}
	for b.Loop() {
		if _, err := ext.(*authenticator).Authenticate(b.Context(), headers); err != nil {
			b.Fatal(err)
		}
	}
}
