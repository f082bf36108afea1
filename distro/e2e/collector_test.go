package e2e

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// waitLimit is how long a test waits for a condition. It is long so that tests pass on a
// slow machine; a passing test never waits that long.
const waitLimit = 60 * time.Second

// A collector is a running otelcol-cowork on ports of its own.
type collector struct {
	http, grpc string // OTLP endpoints, host:port
	health     string
	metrics    string // its own metrics, host:port
	page       string // host:port
	data       string // folder that the default configuration writes to
	log        *buffer
	stop       func()
	kill       func() // sends SIGKILL
	signal     func(os.Signal) error
	pid        int
}

// embedded selects the configuration that the command embeds.
const embedded = ""

// start runs the command with configurations, by default the default one, until the
// test ends.
func start(t *testing.T, configs ...string) *collector {
	t.Helper()
	return startWith(t, nil, configs...)
}

// startWith is start with additional environment variables.
func startWith(t *testing.T, env []string, configs ...string) *collector {
	t.Helper()
	c := newCollector(t)
	c.run(t, env, configs...)
	return c
}

// newCollector returns a collector that is not started.
func newCollector(t *testing.T) *collector {
	t.Helper()
	ports := freePorts(t, 5)
	return &collector{http: ports[0], grpc: ports[1], health: ports[2], metrics: ports[3], page: ports[4], data: t.TempDir(), log: &buffer{}}
}

// run starts the command with the collector's ports and folder. It can be called again
// after the command has ended.
func (c *collector) run(t *testing.T, env []string, configs ...string) {
	t.Helper()
	cmd := c.command(configs...)
	cmd.Env = append(cmd.Env, env...)
	c.runCommand(t, cmd)
}

// runCommand runs a command, and waits until the collector is healthy.
func (c *collector) runCommand(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	c.signal, c.pid = cmd.Process.Signal, cmd.Process.Pid
	var over sync.Once
	c.stop = func() {
		over.Do(func() {
			_ = cmd.Process.Signal(syscall.SIGTERM)
			select {
			case err := <-ended:
				require.NoError(t, err, "the collector did not end well:\n%s", c.log)
			case <-time.After(waitLimit):
				require.NoError(t, cmd.Process.Kill())
				t.Errorf("the collector did not stop:\n%s", c.log)
			}
		})
	}
	c.kill = func() {
		over.Do(func() {
			require.NoError(t, cmd.Process.Kill())
			require.Error(t, <-ended, "it was killed")
		})
	}
	t.Cleanup(c.stop)
	require.Eventually(t, c.healthy, waitLimit, 50*time.Millisecond, "the collector did not start:\n%s", c.log)
}

// command returns the command with the collector's ports and folder, which is not started.
func (c *collector) command(configs ...string) *exec.Cmd {
	if len(configs) == 0 {
		configs = []string{filepath.Join(root, "distro/config.yaml")}
	}
	var args []string
	for _, config := range configs {
		if config != embedded {
			args = append(args, "--config", config)
		}
	}
	cmd := exec.Command(command("otelcol-cowork"), args...)
	cmd.Env = append(os.Environ(), c.env()...)
	cmd.Stdout, cmd.Stderr = c.log, c.log
	return cmd
}

// env returns the environment variables of the default configuration.
func (c *collector) env() []string {
	_, metricsPort, _ := net.SplitHostPort(c.metrics)
	return []string{
		"COWORK_OTLP_HTTP=" + c.http, "COWORK_OTLP_GRPC=" + c.grpc, "COWORK_HEALTH=" + c.health,
		"COWORK_METRICS_PORT=" + metricsPort, "COWORK_PAGE=" + c.page, "COWORK_DATA=" + c.data,
	}
}

func (c *collector) healthy() bool {
	resp, err := http.Get("http://" + c.health)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// lines returns the batches that the file exporter wrote for a signal.
func (c *collector) lines(t *testing.T, signal string) [][]byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(c.data, signal+".json"))
	if os.IsNotExist(err) {
		return nil
	}
	require.NoError(t, err)
	return bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
}

// freePorts returns unused loopback addresses, each once in this process. They are below
// the system's ephemeral ports, so that no client gets one before its server starts.
func freePorts(t *testing.T, n int) (addresses []string) {
	t.Helper()
	for len(addresses) < n {
		address := fmt.Sprintf("127.0.0.1:%d", firstPort+nextPort.Add(1)%manyPorts)
		if l, err := net.Listen("tcp", address); err == nil {
			require.NoError(t, l.Close())
			addresses = append(addresses, address)
		}
	}
	return addresses
}

const (
	firstPort = 20000
	manyPorts = 12000
)

// nextPort begins at a different port in each process, so that concurrent test runs
// rarely collide.
var nextPort = func() *atomic.Uint32 {
	var n atomic.Uint32
	n.Store(uint32(os.Getpid()) * 97)
	return &n
}()

// A buffer collects what a process prints. It is safe for concurrent use.
type buffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
