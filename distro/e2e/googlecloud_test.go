package e2e

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
)

// googleCalls are the calls of Google Cloud's API, with texts that their messages contain.
var googleCalls = map[string][]string{
	"/google.logging.v2.LoggingServiceV2/WriteLogEntries":         {"tool_result", "user_prompt", "cowork.alert", "api_error", "logs/cowork"},
	"/google.monitoring.v3.MetricService/CreateTimeSeries":        {"cowork.events", "claude_code.cost.usage"},
	"/google.devtools.cloudtrace.v2.TraceService/BatchWriteSpans": {"invoke_agent cowork"},
}

// rawCodec passes messages as bytes, so that the server needs no definition of the API.
type rawCodec struct{}

func (rawCodec) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (rawCodec) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = append([]byte(nil), data...)
	return nil
}
func (rawCodec) Name() string { return "proto" }

// TestGoogleCloud sends telemetry of each signal through google-cloud.yaml to a server that
// accepts all calls of Google Cloud's API. Events, metrics, the trace of a prompt and an alert
// arrive, redacted.
func TestGoogleCloud(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	got := map[string]string{}
	server := grpc.NewServer(grpc.ForceServerCodec(rawCodec{}), grpc.UnknownServiceHandler(func(_ any, stream grpc.ServerStream) error {
		method, _ := grpc.MethodFromServerStream(stream)
		message, empty := []byte(nil), []byte(nil)
		if err := stream.RecvMsg(&message); err != nil {
			return err
		}
		assert.NotRegexp(t, sensitive, string(message), method)
		mu.Lock()
		got[method] += string(message)
		mu.Unlock()
		return stream.SendMsg(&empty)
	}))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)

	local := fmt.Sprintf("{endpoint: %q, use_insecure: true}", listener.Addr())
	overlay := filepath.Join(t.TempDir(), "local.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`
processors: {cowork_correlation: {idle_timeout: 2s}}
connectors: {cowork_metrics: {flush_interval: 1s}}
exporters: {googlecloud/google_cloud: {log: `+local+`, metric: `+local+`, trace: `+local+`}}
`), 0o600))
	c := startWith(t, []string{"GOOGLE_CLOUD_PROJECT=test"}, "../examples/google-cloud.yaml", overlay)
	postRecent(t, c, "basic-json")
	postRecent(t, c, "api-error-json")
	status, answer := c.post(t, captures(t)["basic-json"][2])
	require.Equal(t, http.StatusOK, status, answer)
	missing := func() (texts []string) {
		mu.Lock()
		defer mu.Unlock()
		for method, wanted := range googleCalls {
			for _, text := range wanted {
				if !strings.Contains(got[method], text) {
					texts = append(texts, method+": "+text)
				}
			}
		}
		return texts
	}
	if !assert.Eventually(t, func() bool { return len(missing()) == 0 }, waitLimit, 50*time.Millisecond) {
		t.Fatalf("missing: %q\n%s", missing(), c.log)
	}
}
