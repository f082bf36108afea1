package losses

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// An outcome is what a client learned of a batch.
type outcome int

const (
	acknowledged outcome = iota
	refused              // a status that clients do not repeat
	givenUp              // all repeats failed
	unclear              // given up, and the collector may have accepted it
)

// repeated are the statuses after which clients send again.
var repeated = []int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}

const (
	clientRepeats = 5
	clientLimit   = 10 * time.Second
)

// A sentBatch is a range of events of a session with its outcome.
type sentBatch struct {
	session, from, to int
	outcome           outcome
}

// clients are sessions that send numbered events at a rate in total. Sessions with an even
// index send protobuf, the others JSON. Methods are safe for concurrent use.
type clients struct {
	*numbering
	sessions, size, rate int
	// address returns the receiver of a session, which may change.
	address func(session int) string

	mu       sync.Mutex
	next     []int
	sent     []sentBatch
	statuses map[int]int
	latency  []time.Duration
	ended    sync.WaitGroup
	cancel   context.CancelFunc
}

// start sends until stop is called. A session has one request at a time.
func (c *clients) start() {
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel, c.next, c.statuses = cancel, make([]int, c.sessions), map[int]int{}
	gap := time.Duration(c.sessions*c.size) * time.Second / time.Duration(c.rate)
	for session := range c.sessions {
		c.ended.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			due := time.Now().Add(rand.N(gap))
			for sleep(ctx, time.Until(due)) {
				c.sendNext(client, session) //nolint:contextcheck // a request in progress ends when stop is called
				due = due.Add(gap)
				if behind := time.Now().Add(-time.Second); due.Before(behind) {
					due = behind
				}
			}
		})
	}
}

// stop ends the clients after their current batches.
func (c *clients) stop() {
	c.cancel()
	c.ended.Wait()
}

func (c *clients) sendNext(client *http.Client, session int) {
	c.mu.Lock()
	from := c.next[session]
	to := from + c.size
	c.next[session] = to
	c.mu.Unlock()
	req := c.request(session, from, to)
	kind, body := "application/x-protobuf", []byte(nil)
	if session%2 == 0 {
		body, _ = req.MarshalProto()
	} else {
		kind = "application/json"
		body, _ = req.MarshalJSON()
	}
	begin := time.Now()
	out := c.deliver(client, session, kind, body)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = append(c.sent, sentBatch{session, from, to, out})
	c.latency = append(c.latency, time.Since(begin))
}

// deliver sends a batch and repeats it as a client does.
func (c *clients) deliver(client *http.Client, session int, kind string, body []byte) outcome {
	ctx, cancel := context.WithTimeout(context.Background(), clientLimit)
	defer cancel()
	failed, backoff := givenUp, time.Second
	for range clientRepeats + 1 {
		status, after, err := c.attempt(ctx, client, session, kind, body)
		if err != nil {
			failed = unclear
		}
		if err == nil && status < 300 {
			return acknowledged
		}
		if err == nil && !slices.Contains(repeated, status) {
			return refused
		}
		wait := backoff
		if after > 0 {
			wait = after
		}
		backoff = min(backoff*3/2, 5*time.Second)
		if !sleep(ctx, wait) {
			break
		}
	}
	return failed
}

func (c *clients) attempt(ctx context.Context, client *http.Client, session int, kind string, body []byte) (status int, after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+c.address(session)+"/v1/logs", bytes.NewReader(body))
	if err != nil {
		return 0, 0, err
	}
	req.Header.Set("Content-Type", kind)
	resp, err := client.Do(req)
	if err == nil {
		_, err = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		status = resp.StatusCode
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		after = time.Duration(seconds) * time.Second
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.statuses[status]++
	return status, after, err
}

// sleep waits, and returns false if the context ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
