package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// sinks are the receivers of an Alertmanager: a webhook, PagerDuty's event API and a mail
// server.
type sinks struct {
	web  *httptest.Server
	mail net.Listener

	mu       sync.Mutex
	webhooks []webhook
	pages    []page
	mails    []string
	bodies   []byte // all received bodies, to search for canaries
}

type webhook struct {
	Status string
	Alerts []struct {
		Status              string
		Labels, Annotations map[string]string
	}
}

// A page is an event of PagerDuty's API.
type page struct {
	EventAction string `json:"event_action"`
	DedupKey    string `json:"dedup_key"`
	RoutingKey  string `json:"routing_key"`
	Payload     struct{ Summary, Severity, Source string }
}

func newSinks(t *testing.T) *sinks {
	t.Helper()
	s := &sinks{}
	s.web = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.web.Close)
	var err error
	s.mail, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go s.receiveMail()
	t.Cleanup(func() { require.NoError(t, s.mail.Close()) })
	return s
}

func (s *sinks) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bodies = append(s.bodies, body...)
	var hook webhook
	var event page
	switch {
	case err != nil:
	case r.URL.Path == "/webhook":
		err = json.Unmarshal(body, &hook)
		s.webhooks = append(s.webhooks, hook)
	case r.URL.Path == "/v2/enqueue":
		err = json.Unmarshal(body, &event)
		s.pages = append(s.pages, event)
		w.WriteHeader(http.StatusAccepted)
	}
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
	}
}

func (s *sinks) receiveMail() {
	for {
		conn, err := s.mail.Accept()
		if err != nil {
			return
		}
		go s.converse(conn)
	}
}

// converse implements the part of SMTP that receives a mail.
func (s *sinks) converse(conn net.Conn) {
	defer conn.Close()
	reply := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	reply("220 sink")
	in := bufio.NewScanner(conn)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		switch verb, _, _ := strings.Cut(strings.ToUpper(in.Text()), " "); verb {
		case "DATA":
			reply("354 end with a dot")
			var letter strings.Builder
			for in.Scan() && in.Text() != "." {
				letter.WriteString(in.Text() + "\n")
			}
			s.mu.Lock()
			s.mails = append(s.mails, letter.String())
			s.bodies = append(s.bodies, letter.String()...)
			s.mu.Unlock()
			reply("250 accepted")
		case "QUIT":
			reply("221 bye")
			return
		default:
			reply("250 ok")
		}
	}
}

// notifications returns the notifications of a rule in each sink, in order.
func (s *sinks) notifications(rule string) (hooks, pages, mails []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hooks, pages, mails = []string{}, []string{}, []string{}
	for _, hook := range s.webhooks {
		if hook.Alerts[0].Labels["alertname"] == rule {
			hooks = append(hooks, hook.Status)
		}
	}
	for _, page := range s.pages {
		if strings.HasPrefix(page.Payload.Summary, rule+": ") {
			pages = append(pages, page.EventAction)
		}
	}
	for _, letter := range s.mails {
		for line := range strings.Lines(letter) {
			if subject, ok := strings.CutPrefix(line, "Subject: "); ok && strings.Contains(subject, rule) {
				status, _, _ := strings.Cut(strings.Trim(subject, "[ "), ":")
				mails = append(mails, strings.ToLower(strings.TrimSpace(status)))
			}
		}
	}
	return hooks, pages, mails
}
