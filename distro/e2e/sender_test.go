package e2e

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// A request is a recorded body of a client.
type request struct {
	name        string
	signal      string // logs, metrics or traces
	contentType string
	body        []byte
}

var requestName = regexp.MustCompile(`^\d{3}_v1_(logs|metrics|traces)\.(json|pb)$`)

var contentTypes = map[string]string{"json": "application/json", "pb": "application/x-protobuf"}

// captures returns the recorded requests by folder, in the order of arrival.
func captures(t *testing.T) map[string][]request {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "testdata/captures/*/*"))
	require.NoError(t, err)
	all := map[string][]request{}
	for _, file := range files {
		m := requestName.FindStringSubmatch(filepath.Base(file))
		require.NotNil(t, m, "%s is no recorded request", file)
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		folder := filepath.Base(filepath.Dir(file))
		all[folder] = append(all[folder], request{filepath.Base(file), m[1], contentTypes[m[2]], body})
	}
	require.NotEmpty(t, all, "no captures found")
	return all
}

// post sends a request as the client did and returns the response.
func (c *collector) post(t *testing.T, r request, headers ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+c.http+"/v1/"+r.signal, bytes.NewReader(r.body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", r.contentType)
	for _, header := range headers {
		key, value, _ := strings.Cut(header, ": ")
		req.Header.Set(key, value)
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(answer)
}

// call sends the content of a request over gRPC.
func (c *collector) call(t *testing.T, r request) {
	t.Helper()
	require.NoError(t, grpcExport[r.signal](t.Context(), c.dial(t), r))
}

func (c *collector) dial(t *testing.T) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient(c.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close()) })
	return conn
}

// An unmarshaler is an OTLP export request of any signal.
type unmarshaler interface {
	UnmarshalJSON(data []byte) error
	UnmarshalProto(data []byte) error
}

func decode(r request, into unmarshaler) error {
	if r.contentType == contentTypes["json"] {
		return into.UnmarshalJSON(r.body)
	}
	return into.UnmarshalProto(r.body)
}

var grpcExport = map[string]func(context.Context, *grpc.ClientConn, request) error{
	"logs": func(ctx context.Context, conn *grpc.ClientConn, r request) error {
		req := plogotlp.NewExportRequest()
		if err := decode(r, req); err != nil {
			return err
		}
		_, err := plogotlp.NewGRPCClient(conn).Export(ctx, req)
		return err
	},
	"metrics": func(ctx context.Context, conn *grpc.ClientConn, r request) error {
		req := pmetricotlp.NewExportRequest()
		if err := decode(r, req); err != nil {
			return err
		}
		_, err := pmetricotlp.NewGRPCClient(conn).Export(ctx, req)
		return err
	},
	"traces": func(ctx context.Context, conn *grpc.ClientConn, r request) error {
		req := ptraceotlp.NewExportRequest()
		if err := decode(r, req); err != nil {
			return err
		}
		_, err := ptraceotlp.NewGRPCClient(conn).Export(ctx, req)
		return err
	},
}
