package coworkalertexporter

import (
	"context"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	amconfig "github.com/prometheus/alertmanager/config"
	"github.com/stretchr/testify/require"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/cowork-otel/collector/internal/problem"
)

const receiversText = `
route: {receiver: on-call}
global: {smtp_smarthost: "smtp.example.com:587", smtp_from: a@example.com, smtp_auth_password_file: MISSING/smtp}
receivers:
  - name: on-call
    pagerduty_configs: [{routing_key_file: MISSING/pagerduty, url: "https://events.example.com/` + secret + `"}]
    email_configs: [{to: b@example.com}]
    webhook_configs:
      - url: "https://unknown.example.com/` + secret + `"
        http_config: {authorization: {credentials_file: MISSING/webhook}}
      - url: "https://127.0.0.1/` + secret + `"
      - url: "https://{{ .CommonLabels.host }}/"
`

// TestReceiverCheck checks the warnings at start about missing files and unknown hosts. A
// host that is known later is no problem any more.
func TestReceiverCheck(t *testing.T) { synctest.Test(t, testReceiverCheck) }

func testReceiverCheck(t *testing.T) {
	dir := t.TempDir()
	conf, err := amconfig.Load(strings.ReplaceAll(receiversText, "MISSING", dir))
	require.NoError(t, err)
	settings := receiverSettings(conf)
	core, logs := observer.New(zap.WarnLevel)
	var known atomic.Bool
	check := receiverCheck{"exporters::" + t.Name(), zap.New(core), func(_ context.Context, host string) error {
		if host == "unknown.example.com" && !known.Load() {
			return &net.DNSError{Name: host, IsNotFound: true}
		}
		return nil
	}}
	check.checkFiles(settings)
	done := make(chan struct{})
	go func() {
		defer close(done)
		check.checkHosts(t.Context(), settings)
	}()
	time.Sleep(3 * recheckInterval)
	synctest.Wait()
	lines := problemsOf("exporters::" + t.Name())
	slices.Sort(lines)
	require.Equal(t, []string{
		"receivers::on-call: email_configs::0: auth_password_file: cannot read the file " + dir + "/smtp",
		"receivers::on-call: pagerduty_configs::0: routing_key_file: cannot read the file " + dir + "/pagerduty",
		"receivers::on-call: webhook_configs::0: http_config: authorization: credentials_file: cannot read the file " + dir + "/webhook",
		"receivers::on-call: webhook_configs::0: url: host unknown: unknown.example.com",
	}, lines)
	require.Equal(t, len(lines), logs.Len())
	for _, entry := range logs.All() {
		for _, field := range entry.Context {
			require.NotContains(t, field.String, secret)
		}
	}
	known.Store(true)
	<-done
	require.Len(t, problemsOf("exporters::"+t.Name()), len(lines)-1)
	problem.SolveAll("exporters::" + t.Name())
}
