package otlp

import (
	"context"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
)

// An export is one request of one signal, in the forms that transports need.
type export struct {
	signal   string // as paths name it
	request  encoder
	response func() (d decoder, rejected func() int64)
	call     func(context.Context, *grpc.ClientConn) (rejected int64, err error)
}

type encoder interface {
	MarshalJSON() ([]byte, error)
	MarshalProto() ([]byte, error)
}

type decoder interface {
	UnmarshalJSON([]byte) error
	UnmarshalProto([]byte) error
}

func exportLogs(ld plog.Logs) export {
	req := plogotlp.NewExportRequestFromLogs(ld)
	return export{
		signal:  "logs",
		request: req,
		response: func() (decoder, func() int64) {
			r := plogotlp.NewExportResponse()
			return r, func() int64 { return r.PartialSuccess().RejectedLogRecords() }
		},
		call: func(ctx context.Context, conn *grpc.ClientConn) (int64, error) {
			r, err := plogotlp.NewGRPCClient(conn).Export(ctx, req)
			if err != nil {
				return 0, err
			}
			return r.PartialSuccess().RejectedLogRecords(), nil
		},
	}
}

func exportMetrics(md pmetric.Metrics) export {
	req := pmetricotlp.NewExportRequestFromMetrics(md)
	return export{
		signal:  "metrics",
		request: req,
		response: func() (decoder, func() int64) {
			r := pmetricotlp.NewExportResponse()
			return r, func() int64 { return r.PartialSuccess().RejectedDataPoints() }
		},
		call: func(ctx context.Context, conn *grpc.ClientConn) (int64, error) {
			r, err := pmetricotlp.NewGRPCClient(conn).Export(ctx, req)
			if err != nil {
				return 0, err
			}
			return r.PartialSuccess().RejectedDataPoints(), nil
		},
	}
}

func exportTraces(td ptrace.Traces) export {
	req := ptraceotlp.NewExportRequestFromTraces(td)
	return export{
		signal:  "traces",
		request: req,
		response: func() (decoder, func() int64) {
			r := ptraceotlp.NewExportResponse()
			return r, func() int64 { return r.PartialSuccess().RejectedSpans() }
		},
		call: func(ctx context.Context, conn *grpc.ClientConn) (int64, error) {
			r, err := ptraceotlp.NewGRPCClient(conn).Export(ctx, req)
			if err != nil {
				return 0, err
			}
			return r.PartialSuccess().RejectedSpans(), nil
		},
	}
}
