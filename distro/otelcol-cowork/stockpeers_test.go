package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// peers are the servers that the stock components talk to: one for gRPC, one for HTTP, a
// Kubernetes API and a bucket. It is safe for concurrent use.
type peers struct {
	mu    sync.Mutex
	calls []string        // gRPC methods, and paths with the authorization
	sent  strings.Builder // the messages of opamp
}

// newPeers starts the servers, and sets the environment variables of testdata/stock.yaml.
func newPeers(t *testing.T, dir string) *peers {
	t.Helper()
	p := &peers{}
	t.Setenv("STOCK_DIR", dir)
	t.Setenv("STOCK_SECRET", stockSecret)
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "from.environment=set")
	for _, name := range []string{"STOCK_OTLP", "STOCK_PROMETHEUS", "STOCK_HEALTH", "STOCK_ZPAGES"} {
		t.Setenv(name, freePort(t))
	}

	server := httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(server.Close)
	t.Setenv("STOCK_HTTP", server.Listener.Addr().String())

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	grpcServer := grpc.NewServer(grpc.UnknownServiceHandler(p.serveGRPC))
	go func() { _ = grpcServer.Serve(listener) }()
	t.Cleanup(grpcServer.Stop)
	t.Setenv("STOCK_GRPC", listener.Addr().String())

	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "stock"))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	t.Setenv("STOCK_KAFKA", cluster.ListenAddrs()[0])

	newKubernetes(t, dir)
	newBucket(t)
	return p
}

func (p *peers) record(call string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(p.calls, call) {
		p.calls = append(p.calls, call)
	}
}

// called reports whether a call was recorded.
func (p *peers) called(call string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Contains(p.calls, call)
}

// opamp returns all that was sent to the OpAMP server.
func (p *peers) opamp() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent.String()
}

// serveGRPC answers every method with an empty message.
func (p *peers) serveGRPC(_ any, stream grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(stream)
	if err := stream.RecvMsg(&emptypb.Empty{}); err != nil {
		return err
	}
	p.record(method)
	return stream.SendMsg(&emptypb.Empty{})
}

// serve answers as a token server, a page for Prometheus, an OpAMP server, and otherwise as a
// backend that accepts all.
func (p *peers) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	p.record(r.URL.Path + " " + r.Header.Get("Authorization"))
	switch r.URL.Path {
	case "/token":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"access_token":"token-of-the-server","token_type":"Bearer","expires_in":3600}`)
	case "/metrics":
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprint(w, "# TYPE scraped_page_views_total counter\nscraped_page_views_total 7\n")
	case "/opamp":
		p.mu.Lock()
		p.sent.Write(body)
		p.mu.Unlock()
	}
}

// newKubernetes starts an API server with one pod, whose address is that of the test.
func newKubernetes(t *testing.T, dir string) {
	t.Helper()
	pod := map[string]any{
		"metadata": map[string]any{"name": "pod-of-the-test", "namespace": "cowork", "uid": "1", "resourceVersion": "1"},
		"status":   map[string]any{"podIP": "127.0.0.1", "startTime": "2026-11-30T00:00:00Z"},
	}
	kinds := map[string][]any{"pods": {pod}, "namespaces": {}, "nodes": {}, "replicasets": {}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		items, ok := kinds[filepath.Base(r.URL.Path)]
		switch {
		case !ok:
			http.NotFound(w, r)
		case r.URL.Query().Get("sendInitialEvents") != "": // of newer servers; the client lists instead
			w.WriteHeader(http.StatusUnprocessableEntity)
			fmt.Fprint(w, `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Invalid","code":422}`)
		case r.URL.Query().Get("watch") != "":
			w.(http.Flusher).Flush()
			<-r.Context().Done() // nothing changes
		default:
			_ = json.NewEncoder(w).Encode(map[string]any{"metadata": map[string]any{"resourceVersion": "1"}, "items": items})
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	file := filepath.Join(dir, "kubeconfig")
	require.NoError(t, os.WriteFile(file, []byte(`{"apiVersion":"v1","kind":"Config","current-context":"c",
		"clusters":[{"name":"c","cluster":{"server":"`+server.URL+`"}}],"users":[{"name":"u","user":{}}],
		"contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}]}`), 0o600))
	t.Setenv("KUBECONFIG", file)
}

// newBucket starts an S3 server whose objects are the files of testdata/stock.yaml.
func newBucket(t *testing.T) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/bucket/config.yaml" || !strings.Contains(r.Header.Get("Authorization"), "Credential=key-of-the-test/") {
			http.Error(w, "no such object", http.StatusNotFound)
			return
		}
		http.ServeFile(w, r, "testdata/stock.yaml")
	}))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ENDPOINT_URL", server.URL)
	t.Setenv("AWS_ACCESS_KEY_ID", "key-of-the-test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required")
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	return listener.Addr().String()
}

// page returns what a GET returns, nothing if there is no server yet.
func page(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK {
		return ""
	}
	return string(body)
}

func answers(url string) bool { return page(url) != "" }
