package e2e

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"go.opentelemetry.io/collector/pdata/plog"
)

const (
	ingests     = 2
	correlators = 3
)

// A fleet is both tiers, as processes.
type fleet struct {
	t         *testing.T // the test at whose end the processes stop
	ingest    [ingests]*collector
	correlate [correlators]*collector
	front     *backend              // receives from the first tier directly
	ends      [correlators]*backend // receives from each correlator

	config   string // of the correlators
	database string // of the page, "" for none
	env      [correlators][]string

	ingestConfig string
	ingestEnv    []string

	next int // the ingest collector that gets the next batch
}

// startBalanced starts the tiers with load balancing by a hash of the prompt.id.
func startBalanced(t *testing.T) *fleet {
	t.Helper()
	s := newSecurity(t)
	known := slices.Concat(s.env, []string{"COWORK_TLS_CA=" + s.ca})
	f := newFleet(t, "scale-correlate.yaml", func(int) []string { return known })
	f.startIngest(t, "scale-ingest.yaml", slices.Concat(known, []string{fmt.Sprintf("COWORK_CORRELATORS=[%s, %s, %s]",
		f.correlate[0].grpc, f.correlate[1].grpc, f.correlate[2].grpc)}))
	requiresCertificate(t, f.correlate[0].grpc)
	return f
}

// requiresCertificate checks that clients without a certificate are rejected.
func requiresCertificate(t *testing.T, address string) {
	t.Helper()
	conn, err := tls.Dial("tcp", address, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.Read(make([]byte, 1))
	require.ErrorContains(t, err, "certificate required")
}

// startKafka starts the tiers with a topic between them.
func startKafka(t *testing.T) *fleet {
	t.Helper()
	const partitionsOfEach = 2
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(partitionsOfEach*correlators, "cowork.events"))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	brokers := "KAFKA_BROKERS=[" + cluster.ListenAddrs()[0] + "]"
	f := newFleet(t, "scale-kafka-correlate.yaml", func(i int) []string {
		return []string{brokers, "COWORK_INSTANCE=correlate-" + strconv.Itoa(i)}
	})
	f.startIngest(t, "scale-kafka-ingest.yaml", []string{brokers})
	for _, c := range f.correlate {
		require.Eventually(t, func() bool { return c.partitions() == partitionsOfEach }, waitLimit, 100*time.Millisecond, "%s", c.log)
	}
	return f
}

// newFleet starts the second tier.
func newFleet(t *testing.T, config string, env func(int) []string) *fleet {
	t.Helper()
	f := &fleet{t: t, config: filepath.Join("../examples", config), database: startPageDatabase(t), front: newBackend(t)}
	for i := range f.correlate {
		f.ends[i] = newBackend(t)
		f.env[i] = append([]string{"OTLP_ENDPOINT=" + f.ends[i].URL, "COWORK_DATABASE=" + f.database}, env(i)...)
		f.correlate[i] = newCollector(t)
		f.run(i)
	}
	return f
}

func (f *fleet) startIngest(t *testing.T, config string, env []string) {
	t.Helper()
	f.ingestConfig, f.ingestEnv = filepath.Join("../examples", config), append([]string{"OTLP_ENDPOINT=" + f.front.URL}, env...)
	for i := range f.ingest {
		f.ingest[i] = newCollector(t)
		f.runIngest(i)
	}
}

// send posts batches to the collectors of the first tier in turn.
func (f *fleet) send(t *testing.T, batches []plog.Logs) {
	t.Helper()
	for _, ld := range batches {
		body, err := (&plog.ProtoMarshaler{}).MarshalLogs(ld)
		require.NoError(t, err)
		status, answer := f.ingest[f.next%ingests].post(t, request{signal: "logs", contentType: contentTypes["pb"], body: body})
		require.Equal(t, http.StatusOK, status, answer)
		f.next++
	}
}

// run starts a correlator, for the first time or again.
func (f *fleet) run(i int) {
	f.t.Helper()
	f.correlate[i].run(f.t, f.env[i], f.config)
}

// runIngest starts a collector of the first tier, for the first time or again.
func (f *fleet) runIngest(i int) {
	f.t.Helper()
	f.ingest[i].run(f.t, f.ingestEnv, f.ingestConfig)
}

// endPrompts stops the correlators, which ends all prompts. They deliver the remaining
// output when they run again.
func (f *fleet) endPrompts() {
	f.t.Helper()
	for i, c := range f.correlate {
		c.stop()
		f.run(i)
	}
}

// stop ends all processes, the first tier first.
func (f *fleet) stop() {
	for _, c := range f.ingest {
		c.stop()
	}
	for _, c := range f.correlate {
		c.stop()
	}
}

var partitionsMetric = regexp.MustCompile(`(?m)^otelcol_kafka_receiver_partition_(start|close)\S* (\d+)$`)

// partitions returns how many partitions a collector reports to read, or -1 without a
// report.
func (c *collector) partitions() (n int) {
	resp, err := http.Get("http://" + c.metrics + "/metrics")
	if err != nil {
		return -1
	}
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		return -1
	}
	for _, m := range partitionsMetric.FindAllSubmatch(page, -1) {
		count, _ := strconv.Atoi(string(m[2])) // digits
		if string(m[1]) == "close" {
			count = -count
		}
		n += count
	}
	return n
}
