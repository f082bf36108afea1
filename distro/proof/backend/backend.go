// Package backend is an OTLP/HTTP server that fails as vendors and networks do. It also
// receives the webhooks of alerts.
package backend

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A Receiver gets what the backend accepted. The backend calls it from one goroutine at a
// time.
type Receiver interface {
	// Accept stores a decompressed body of a signal: logs, metrics, traces or hook.
	Accept(signal string, body []byte)
}

// A Backend is a server at one address. It is safe for concurrent use.
type Backend struct {
	Address string

	mu       sync.Mutex
	receiver Receiver
	mode     Mode
	answers  map[int]int
	last     time.Time
	listener *listener
}

// A listener is a running server with the goroutine that serves.
type listener struct {
	server *http.Server
	ended  chan struct{}
}

// New starts a backend.
func New(address string, receiver Receiver) (*Backend, error) {
	b := &Backend{Address: address, receiver: receiver, mode: OK, answers: map[int]int{}, last: time.Now()}
	return b, b.Up()
}

// Up listens again after Down.
func (b *Backend) Up() error {
	socket, err := listen(b.Address)
	if err != nil {
		return err
	}
	l := &listener{server: &http.Server{Handler: http.HandlerFunc(b.serve), ReadHeaderTimeout: time.Minute}, ended: make(chan struct{})}
	go func() {
		defer close(l.ended)
		_ = l.server.Serve(socket)
	}()
	b.listener = l
	return nil
}

// listen opens a port that connections of an earlier server may still use.
func listen(address string) (socket net.Listener, err error) {
	for range 100 {
		if socket, err = net.Listen("tcp", address); err == nil {
			return socket, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, err
}

// Down closes the port and all connections.
func (b *Backend) Down() {
	_ = b.listener.server.Close()
	<-b.listener.ended
}

// Set changes how the backend answers from the next request on.
func (b *Backend) Set(mode Mode) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mode = mode
}

// Quiet returns how long nothing was accepted.
func (b *Backend) Quiet() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return time.Since(b.last)
}

// Answers returns how many requests got each status, with 0 for a reset.
func (b *Backend) Answers() map[int]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.answers)
}

func (b *Backend) serve(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	mode := b.mode
	b.mu.Unlock()
	req := &request{Request: r, w: w, signal: strings.TrimPrefix(r.URL.Path, "/v1/")}
	if mode.before != nil && !mode.before(req) {
		b.count(0)
		return
	}
	body, err := readBody(r)
	if err != nil { // the collector ended within the request
		b.count(0)
		reset(w)
		return
	}
	req.body = body
	a := answer{status: http.StatusOK}
	if mode.answer != nil && req.signal != "hook" {
		a = mode.answer(req)
	}
	b.mu.Lock()
	if a.status < 300 && !a.discard {
		b.receiver.Accept(req.signal, req.body)
		b.last = time.Now()
	}
	b.answers[a.status]++
	b.mu.Unlock()
	if a.reset {
		reset(w)
		return
	}
	for key, value := range a.header {
		w.Header().Set(key, value)
	}
	w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

func (b *Backend) count(status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answers[status]++
}

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if r.ContentLength > int64(len(body)) {
		return nil, errors.New("body: is cut")
	}
	if r.Header.Get("Content-Encoding") != "gzip" {
		return body, nil
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}

// reset closes a connection with a reset instead of an answer.
func reset(w http.ResponseWriter) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
