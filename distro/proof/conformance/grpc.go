package conformance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/distro/proof/backend"
	"github.com/cowork-otel/collector/distro/proof/process"
)

// A grpcCase is a call with the codes that the specification permits.
type grpcCase struct {
	name  string
	call  func(context.Context, *grpc.ClientConn, *sequence) error
	codes []codes.Code
}

var grpcCases = []grpcCase{
	{"gRPC logs", exportRecord(), []codes.Code{codes.OK}},
	{"gRPC logs with gzip", exportRecord(grpc.UseCompressor(gzip.Name)), []codes.Code{codes.OK}},
	{"gRPC empty logs", func(ctx context.Context, conn *grpc.ClientConn, _ *sequence) error {
		_, err := plogotlp.NewGRPCClient(conn).Export(ctx, plogotlp.NewExportRequest())
		return err
	}, []codes.Code{codes.OK}},
	{"gRPC empty metrics", func(ctx context.Context, conn *grpc.ClientConn, _ *sequence) error {
		_, err := pmetricotlp.NewGRPCClient(conn).Export(ctx, pmetricotlp.NewExportRequest())
		return err
	}, []codes.Code{codes.OK}},
	{"gRPC empty traces", func(ctx context.Context, conn *grpc.ClientConn, _ *sequence) error {
		_, err := ptraceotlp.NewGRPCClient(conn).Export(ctx, ptraceotlp.NewExportRequest())
		return err
	}, []codes.Code{codes.OK}},
	{"gRPC unknown method", func(ctx context.Context, conn *grpc.ClientConn, _ *sequence) error {
		return conn.Invoke(ctx, "/opentelemetry.proto.collector.logs.v1.LogsService/Nothing", &emptypb.Empty{}, &emptypb.Empty{})
	}, []codes.Code{codes.Unimplemented}},
	{"gRPC message over 4 MiB", func(ctx context.Context, conn *grpc.ClientConn, seq *sequence) error {
		req := seq.record()
		req.Logs().ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Body().SetStr(strings.Repeat("x", 5<<20))
		_, err := plogotlp.NewGRPCClient(conn).Export(ctx, req)
		return err
	}, []codes.Code{codes.ResourceExhausted}},
	{"gRPC next call", exportRecord(), []codes.Code{codes.OK}},
}

// exportRecord sends one event, and requires an answer without rejected records.
func exportRecord(opts ...grpc.CallOption) func(context.Context, *grpc.ClientConn, *sequence) error {
	return func(ctx context.Context, conn *grpc.ClientConn, seq *sequence) error {
		resp, err := plogotlp.NewGRPCClient(conn).Export(ctx, seq.record(), opts...)
		if err == nil && resp.PartialSuccess().RejectedLogRecords() != 0 {
			err = errors.New("records are rejected")
		}
		return err
	}
}

func sendGRPC(address string, c *grpcCase, seq *sequence) (got, problem string) {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return "", err.Error()
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	code := status.Code(c.call(ctx, conn, seq))
	if !slices.Contains(c.codes, code) {
		problem = fmt.Sprintf("code %v (one of %v is right)", code, c.codes)
	}
	return code.String(), problem
}

// A downstreamCase has a collector whose exporter is refused, and answers its clients so.
// The exporter has no queue: its failure is the answer to the client.
type downstreamCase struct {
	name     string
	mode     *backend.Mode // nil for a port without a server
	protocol string
	statuses []int
	check    func(answer) string
}

// Clients repeat after 429, 502, 503, 504 and Unavailable, and drop after all others.
var downstreamCases = []downstreamCase{
	{"backend away, HTTP", nil, "http", []int{http.StatusServiceUnavailable}, statusMessageJSON},
	{"backend away, gRPC", nil, "grpc", []int{int(codes.Unavailable)}, nil},
	{"backend answers 503, HTTP", new(backend.Status(http.StatusServiceUnavailable, nil)), "http", []int{http.StatusServiceUnavailable}, statusMessageJSON},
	{"backend answers 503, gRPC", new(backend.Status(http.StatusServiceUnavailable, nil)), "grpc", []int{int(codes.Unavailable)}, nil},
	{"backend answers 429 with Retry-After, HTTP", new(backend.Status(http.StatusTooManyRequests, map[string]string{"Retry-After": "7"})), "http", []int{http.StatusTooManyRequests, http.StatusServiceUnavailable}, statusMessageJSON},
	{"backend answers 400, HTTP", new(backend.Status(http.StatusBadRequest, nil)), "http", []int{http.StatusBadRequest, http.StatusInternalServerError}, statusMessageJSON},
	{"backend answers 400, gRPC", new(backend.Status(http.StatusBadRequest, nil)), "grpc", []int{int(codes.InvalidArgument), int(codes.Internal)}, nil},
}

const refusedConfig = `receivers:
  otlp:
    protocols:
      grpc: {endpoint: "${env:COWORK_OTLP_GRPC}"}
      http: {endpoint: "${env:COWORK_OTLP_HTTP}"}
exporters:
  otlp_http: {endpoint: ENDPOINT, sending_queue: {enabled: false}, retry_on_failure: {enabled: false}}
extensions:
  health_check: {endpoint: "${env:COWORK_HEALTH}"}
service:
  extensions: [health_check]
  pipelines:
    logs: {receivers: [otlp], exporters: [otlp_http]}
  telemetry: {metrics: {level: none}}
`

// discard accepts what a backend gets.
type discard struct{}

func (discard) Accept(string, []byte) {}

func sendRefused(binary, dir string, c *downstreamCase, seq *sequence) (got, problem string) {
	endpoint := "127.0.0.1:1"
	if c.mode != nil {
		ports, err := process.FreePorts(1)
		if err != nil {
			return "", err.Error()
		}
		endpoint = ports[0]
		b, err := backend.New(endpoint, discard{})
		if err != nil {
			return "", err.Error()
		}
		defer b.Down()
		b.Set(*c.mode)
	}
	dir = filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-"))
	config := filepath.Join(dir, "refused.yaml")
	p, err := process.New(binary, dir, config)
	if err == nil {
		err = os.WriteFile(config, []byte(strings.ReplaceAll(refusedConfig, "ENDPOINT", "http://"+endpoint)), 0o600)
	}
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		return "", err.Error()
	}
	defer p.Kill()
	if c.protocol == "http" {
		hc := jsonCase(c.name, (*sequence).json, c.statuses...)
		hc.check = c.check
		return sendHTTP(http.DefaultClient, p.HTTP, &hc, seq)
	}
	permitted := make([]codes.Code, len(c.statuses))
	for i, code := range c.statuses {
		permitted[i] = codes.Code(code)
	}
	return sendGRPC(p.GRPC, &grpcCase{c.name, exportRecord(), permitted}, seq)
}
