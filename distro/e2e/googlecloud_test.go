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
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
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

// A googleAPI accepts all calls of Google Cloud's API, or none while it is away.
type googleAPI struct {
	mu      sync.Mutex
	away    bool
	refused map[string]int // calls while it was away, by method
	got     map[string]string
}

func (g *googleAPI) serve(t *testing.T, stream grpc.ServerStream) error {
	t.Helper()
	method, _ := grpc.MethodFromServerStream(stream)
	message, empty := []byte(nil), []byte(nil)
	if err := stream.RecvMsg(&message); err != nil {
		return err
	}
	assert.NotRegexp(t, sensitive, string(message), method)
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.away {
		g.refused[method]++
		return status.Error(codes.Unavailable, "away")
	}
	g.got[method] += string(message)
	return stream.SendMsg(&empty)
}

// missing returns the texts of googleCalls that have not arrived.
func (g *googleAPI) missing() (texts []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for method, wanted := range googleCalls {
		for _, text := range wanted {
			if !strings.Contains(g.got[method], text) {
				texts = append(texts, method+": "+text)
			}
		}
	}
	return texts
}

// refusedAll reports whether each method was refused more often than one attempt can be.
func (g *googleAPI) refusedAll() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for method := range googleCalls {
		if g.refused[method] < 20 {
			return false
		}
	}
	return true
}

// TestGoogleCloud sends telemetry of each signal through google-cloud.yaml to a server that
// refuses all calls of Google Cloud's API, for many times the timeout of an attempt, and then
// accepts them. Events, metrics, the trace of a prompt and an alert arrive, redacted. The
// stock exporter dropped them after its timeout.
func TestGoogleCloud(t *testing.T) {
	t.Parallel()
	g := &googleAPI{away: true, refused: map[string]int{}, got: map[string]string{}}
	server := grpc.NewServer(grpc.ForceServerCodec(rawCodec{}), grpc.UnknownServiceHandler(func(_ any, stream grpc.ServerStream) error { return g.serve(t, stream) }))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)

	local := fmt.Sprintf("{endpoint: %q, use_insecure: true}", listener.Addr())
	exporter := "{timeout: 250ms, retry_on_failure: {initial_interval: 50ms, max_interval: 100ms}, log: " + local + ", metric: " + local + ", trace: " + local + "}"
	overlay := filepath.Join(t.TempDir(), "local.yaml")
	require.NoError(t, os.WriteFile(overlay, []byte(`
processors: {cowork_correlation: {idle_timeout: 2s}}
connectors: {cowork_metrics: {flush_interval: 1s}}
exporters:
  googlecloud/google_cloud: `+exporter+`
  googlecloud/google_cloud_metrics: `+exporter+`
`), 0o600))
	c := startWith(t, []string{"GOOGLE_CLOUD_PROJECT=test"}, "../examples/google-cloud.yaml", overlay)
	postRecent(t, c, "basic-json")
	postRecent(t, c, "api-error-json")
	code, answer := c.post(t, captures(t)["basic-json"][2])
	require.Equal(t, http.StatusOK, code, answer)
	require.Eventually(t, g.refusedAll, waitLimit, 50*time.Millisecond, "%s", c.log)
	g.mu.Lock()
	g.away = false
	g.mu.Unlock()
	if !assert.Eventually(t, func() bool { return len(g.missing()) == 0 }, waitLimit, 50*time.Millisecond) {
		t.Fatalf("missing: %q\n%s", g.missing(), c.log)
	}
	require.NotContains(t, c.log.String(), "Dropping data", "a batch was dropped")
}
