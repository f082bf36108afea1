package load

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// connections is how many clients send at a time.
const connections = 4

// A fleet is clients with a connection each.
type fleet struct{ conns []*grpc.ClientConn }

func newFleet(address string) (*fleet, error) {
	f := &fleet{}
	for range connections {
		conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return nil, err
		}
		f.conns = append(f.conns, conn)
	}
	return f, nil
}

func (f *fleet) close() {
	for _, conn := range f.conns {
		_ = conn.Close()
	}
}

// flood sends all batches, each client one after the other.
func (f *fleet) flood(batches []plogotlp.ExportRequest) error {
	var group errgroup.Group
	for i, conn := range f.conns {
		group.Go(func() error {
			for n := i; n < len(batches); n += len(f.conns) {
				if err := export(conn, batches[n]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// pace sends a batch in each interval, whether or not earlier ones are answered, and
// returns how long each took from its time on.
func (f *fleet) pace(batches []plogotlp.ExportRequest, interval time.Duration) ([]time.Duration, error) {
	var mu sync.Mutex
	var latencies []time.Duration
	var group errgroup.Group
	begin := time.Now()
	for n, batch := range batches {
		due := begin.Add(time.Duration(n) * interval)
		time.Sleep(time.Until(due))
		group.Go(func() error {
			err := export(f.conns[n%len(f.conns)], batch)
			mu.Lock()
			defer mu.Unlock()
			latencies = append(latencies, time.Since(due))
			return err
		})
	}
	err := group.Wait()
	return latencies, err
}

func export(conn *grpc.ClientConn, batch plogotlp.ExportRequest) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := plogotlp.NewGRPCClient(conn).Export(ctx, batch)
	return err
}
