// Package process runs the built collector on ports and a folder of its own.
package process

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// startLimit is how long a collector may take until its health check answers.
const startLimit = 60 * time.Second

// A Collector is a process of the built command. Its fields are set before Start. It is
// not safe for concurrent use, except its addresses.
type Collector struct {
	Binary  string
	Dir     string   // working directory, with the data below it and the log
	Configs []string // arguments of --config
	Env     []string // in addition to the addresses
	Args    []string // further arguments

	HTTP, GRPC, Health, Metrics, Page, Alertmanager string // host:port

	cmd   *exec.Cmd
	ended chan error
	log   *os.File
}

// New returns a collector that is not started, on free loopback ports.
func New(binary, dir string, configs ...string) (*Collector, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	ports, err := FreePorts(6)
	if err != nil {
		return nil, err
	}
	return &Collector{
		Binary: binary, Dir: dir, Configs: configs,
		HTTP: ports[0], GRPC: ports[1], Health: ports[2], Metrics: ports[3], Page: ports[4], Alertmanager: ports[5],
	}, nil
}

// Data returns the folder that the default configuration writes to.
func (c *Collector) Data() string { return filepath.Join(c.Dir, "data") }

// LogFile returns the file that has what the process prints.
func (c *Collector) LogFile() string { return filepath.Join(c.Dir, "collector.log") }

// Start runs the command and waits until its health check answers. After the process has
// ended it can be called again.
func (c *Collector) Start() error {
	var err error
	if c.log, err = os.OpenFile(c.LogFile(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	var args []string
	for _, config := range c.Configs {
		args = append(args, "--config", config)
	}
	c.cmd = exec.Command(c.Binary, append(args, c.Args...)...)
	c.cmd.Dir = c.Dir
	c.cmd.Env = append(append(os.Environ(), c.addresses()...), c.Env...)
	c.cmd.Stdout, c.cmd.Stderr = c.log, c.log
	if err := c.cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	c.ended = ended
	go func() { ended <- c.cmd.Wait() }()
	for deadline := time.Now().Add(startLimit); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case err := <-ended:
			ended <- err
			return fmt.Errorf("collector: ended at start: %w\n%s", err, c.LogTail(2000))
		default:
		}
		if status, _, err := Get(c.Health, "/"); err == nil && status == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("collector: not healthy after %v\n%s", startLimit, c.LogTail(2000))
}

func (c *Collector) addresses() []string {
	_, metricsPort, _ := net.SplitHostPort(c.Metrics)
	return []string{
		"COWORK_OTLP_HTTP=" + c.HTTP, "COWORK_OTLP_GRPC=" + c.GRPC, "COWORK_HEALTH=" + c.Health,
		"COWORK_METRICS_PORT=" + metricsPort, "COWORK_PAGE=" + c.Page, "COWORK_DATA=" + c.Data(),
		"ALERTMANAGER_LISTEN=" + c.Alertmanager,
	}
}

// Kill ends the process at once, without a chance to flush.
func (c *Collector) Kill() {
	if c.Running() {
		_ = c.cmd.Process.Kill()
		<-c.ended //nolint:errcheck // a killed process returns an error
	}
	c.release()
}

// errHangs is returned when the process has to be killed.
var errHangs = errors.New("collector: does not end after SIGTERM (killed)")

// Terminate sends SIGTERM and returns how long the process took to end.
func (c *Collector) Terminate(limit time.Duration) (time.Duration, error) {
	if !c.Running() {
		return 0, errors.New("collector: has ended before SIGTERM\n" + c.LogTail(2000))
	}
	begin := time.Now()
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-c.ended:
		c.release()
		return time.Since(begin), err
	case <-time.After(limit):
		c.Kill()
		return time.Since(begin), errHangs
	}
}

// release closes the log of a process that has ended.
func (c *Collector) release() {
	c.cmd = nil
	_ = c.log.Close()
}

// Running reports whether the process was started and has not ended.
func (c *Collector) Running() bool {
	if c.cmd == nil {
		return false
	}
	select {
	case err := <-c.ended:
		c.ended <- err
		return false
	default:
		return true
	}
}

// LogTail returns the end of what the process printed.
func (c *Collector) LogTail(n int) string {
	data, _ := os.ReadFile(c.LogFile())
	return string(data[max(0, len(data)-n):])
}

// CPU returns the time that the process has used, of user and system.
func (c *Collector) CPU() (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The name is in parentheses and may have spaces; utime and stime are 12th and 13th after it.
	fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	if len(fields) < 13 {
		return 0, errors.New("collector: /proc stat is too short")
	}
	var ticks int64
	for _, field := range fields[11:13] {
		n, err := strconv.ParseInt(string(field), 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * (time.Second / 100), nil
}

// RSS returns the resident memory in bytes, 0 if it is not known.
func (c *Collector) RSS() int64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	for line := range strings.Lines(string(data)) {
		if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
			kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb << 10
		}
	}
	return 0
}

// SelfMetric returns the sum of all series of one of the collector's own metrics.
func (c *Collector) SelfMetric(name string) (float64, error) {
	_, body, err := Get(c.Metrics, "/metrics")
	return sumSeries(string(body), name), err
}

// sumSeries adds up the series of a metric in Prometheus' text format.
func sumSeries(exposition, name string) (sum float64) {
	for line := range strings.Lines(exposition) {
		rest, found := strings.CutPrefix(line, name)
		if !found || rest[0] != '{' && rest[0] != ' ' {
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(rest[strings.LastIndexByte(rest, ' ')+1:]), 64)
		if err == nil {
			sum += v
		}
	}
	return sum
}

// Get returns the status and body of a path of a server.
func Get(address, path string) (int, []byte, error) {
	client := http.Client{Timeout: 10 * time.Second}
	resp, err := client.Get("http://" + address + path)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

// The ports are below the system's ephemeral ports, so that no client gets one before its
// server starts.
const (
	firstPort = 12000
	manyPorts = 8000
)

var nextPort = func() *atomic.Uint32 {
	var n atomic.Uint32
	n.Store(uint32(os.Getpid()) * 131)
	return &n
}()

// FreePorts returns unused loopback addresses, each once in this process.
func FreePorts(n int) (addresses []string, err error) {
	for range manyPorts {
		address := fmt.Sprintf("127.0.0.1:%d", firstPort+nextPort.Add(1)%manyPorts)
		l, err := net.Listen("tcp", address)
		if err != nil {
			continue
		}
		if err := l.Close(); err != nil {
			return nil, err
		}
		if addresses = append(addresses, address); len(addresses) == n {
			return addresses, nil
		}
	}
	return nil, errors.New("ports: none is free")
}
