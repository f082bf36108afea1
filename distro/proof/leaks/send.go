package leaks

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/distro/proof/process"
)

// batchCanaries is how many canaries a request has.
const batchCanaries = 150

// A protocol sends batches of one service.
type protocol struct {
	name, service string
	send          func(ctx context.Context, c *process.Collector, conn *grpc.ClientConn, b *batch) (answer string, err error)
}

var protocols = []protocol{
	{"JSON", "cowork", func(ctx context.Context, c *process.Collector, _ *grpc.ClientConn, b *batch) (string, error) {
		logs, _ := plogotlp.NewExportRequestFromLogs(b.logs).MarshalJSON()
		traces, _ := ptraceotlp.NewExportRequestFromTraces(b.traces).MarshalJSON()
		metrics, _ := pmetricotlp.NewExportRequestFromMetrics(b.metrics).MarshalJSON()
		return postAll(ctx, c, "application/json", logs, traces, metrics)
	}},
	{"protobuf", "cowork", func(ctx context.Context, c *process.Collector, _ *grpc.ClientConn, b *batch) (string, error) {
		logs, _ := plogotlp.NewExportRequestFromLogs(b.logs).MarshalProto()
		traces, _ := ptraceotlp.NewExportRequestFromTraces(b.traces).MarshalProto()
		metrics, _ := pmetricotlp.NewExportRequestFromMetrics(b.metrics).MarshalProto()
		return postAll(ctx, c, "application/x-protobuf", logs, traces, metrics)
	}},
	{"gRPC", "billing", func(ctx context.Context, _ *process.Collector, conn *grpc.ClientConn, b *batch) (string, error) {
		logs, errLogs := plogotlp.NewGRPCClient(conn).Export(ctx, plogotlp.NewExportRequestFromLogs(b.logs))
		traces, errTraces := ptraceotlp.NewGRPCClient(conn).Export(ctx, ptraceotlp.NewExportRequestFromTraces(b.traces))
		metrics, errMetrics := pmetricotlp.NewGRPCClient(conn).Export(ctx, pmetricotlp.NewExportRequestFromMetrics(b.metrics))
		var answers strings.Builder
		for _, part := range []struct {
			err     error
			message func() string
		}{
			{errLogs, func() string { return logs.PartialSuccess().ErrorMessage() }},
			{errTraces, func() string { return traces.PartialSuccess().ErrorMessage() }},
			{errMetrics, func() string { return metrics.PartialSuccess().ErrorMessage() }},
		} {
			if part.err == nil {
				fmt.Fprintln(&answers, part.message())
				continue
			}
			fmt.Fprintln(&answers, part.err)
			if status.Code(part.err) != codes.Unimplemented { // the configuration has no such pipeline
				return answers.String(), part.err
			}
		}
		return answers.String(), nil
	}},
}

func postAll(ctx context.Context, c *process.Collector, contentType string, logs, traces, metrics []byte) (answers string, err error) {
	for _, part := range []struct {
		signal string
		body   []byte
	}{{"logs", logs}, {"traces", traces}, {"metrics", metrics}} {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+c.HTTP+"/v1/"+part.signal, bytes.NewReader(part.body))
		if err != nil {
			return answers, err
		}
		req.Header.Set("Content-Type", contentType)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return answers, err
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		answers += string(body) + "\n"
		// Without a pipeline of the signal the path does not exist.
		if err == nil && resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNotFound {
			err = fmt.Errorf("%s: status %d", part.signal, resp.StatusCode)
		}
		if err != nil {
			return answers, err
		}
	}
	return answers, nil
}

// A planting is what a run plants: canaries of kinds in spots. Each spot has some of the
// kinds in each protocol, others in the next one.
type planting struct {
	seed           uint64
	spots          []spot
	kinds, formats []kind
	every          int // each spot has one in so many kinds
}

// sendAll plants over all protocols, and returns the answers.
func (p *planting) sendAll(c *process.Collector, x *index) (answers []byte, err error) {
	conn, err := grpc.NewClient(c.GRPC, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	r := rand.New(rand.NewPCG(p.seed, 7))
	id := 0
	for n, protocol := range protocols {
		b, planted := newBatch(protocol.service, id), 0
		flush := func() error {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			answer, err := protocol.send(ctx, c, conn, b)
			answers = append(answers, answer...)
			id = b.id
			b, planted = newBatch(protocol.service, id), 0
			if err != nil {
				return fmt.Errorf("%s: %w", protocol.name, err)
			}
			return nil
		}
		add := func(s *spot, k *kind) error {
			v := plantOne(r, x, s, k)
			text := v.text
			if s.bare {
				text = v.bare
			}
			s.plant(b, text)
			if planted++; planted < batchCanaries {
				return nil
			}
			return flush()
		}
		for i := range p.spots {
			for j := range p.kinds {
				if (i+j)%p.every != n%p.every {
					continue
				}
				if err := add(&p.spots[i], &p.kinds[j]); err != nil {
					return answers, err
				}
			}
		}
		for i := range p.formats {
			if i%len(protocols) != n {
				continue
			}
			if err := add(&p.spots[i%len(p.spots)], &p.formats[i]); err != nil {
				return answers, err
			}
		}
		if err := flush(); err != nil {
			return answers, err
		}
	}
	return answers, nil
}

// maxTries bounds the search for a value that the scanner finds.
const maxTries = 1000

// plantOne returns a value that no other canary resembles, and that the scanner finds: what
// survives shows a place that is not scanned, not a value that is not recognised.
func plantOne(r *rand.Rand, x *index, s *spot, k *kind) value {
	for tries := 0; ; tries++ {
		v := k.valueOf(r)
		if (x.scans(v) || tries > maxTries) && x.insert(canary{spot: s.name, kind: k.name, text: v.text, secrets: v.secrets}) {
			return v
		}
	}
}
