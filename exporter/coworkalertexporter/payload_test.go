package coworkalertexporter

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	amalert "github.com/prometheus/alertmanager/alert"
	amconfig "github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/config/receiver"
	"github.com/prometheus/alertmanager/notify"
	"github.com/prometheus/alertmanager/template"
	"github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write testdata/notifications instead of comparing with it")

// A payloadServer receives notifications by HTTP and SMTP.
type payloadServer struct {
	http *httptest.Server
	smtp net.Listener
	mu   sync.Mutex
	last []byte
}

func newPayloadServer(t *testing.T) *payloadServer {
	t.Helper()
	s := &payloadServer{}
	s.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.set(body)
		_, _ = w.Write([]byte("ok"))
	}))
	t.Cleanup(s.http.Close)
	var err error
	s.smtp, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.smtp.Close() })
	go s.serveSMTP()
	return s
}

func (s *payloadServer) set(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = body
}

func (s *payloadServer) take() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { s.last = nil }()
	return s.last
}

// serveSMTP accepts mails, one connection at a time.
func (s *payloadServer) serveSMTP() {
	for {
		conn, err := s.smtp.Accept()
		if err != nil {
			return
		}
		in := bufio.NewScanner(conn)
		fmt.Fprint(conn, "220 ready\r\n")
		var mail bytes.Buffer
		inData := false
		for in.Scan() {
			line := in.Text()
			switch {
			case inData && line == ".":
				inData = false
				s.set(mail.Bytes())
				fmt.Fprint(conn, "250 ok\r\n")
			case inData:
				mail.WriteString(line + "\n")
			case line == "DATA":
				inData = true
				fmt.Fprint(conn, "354 go\r\n")
			case line == "QUIT":
				fmt.Fprint(conn, "221 bye\r\n")
			default:
				fmt.Fprint(conn, "250 ok\r\n")
			}
		}
		_ = conn.Close()
	}
}

// exampleConfig returns the shipped configuration with the receivers at the server.
func exampleConfig(t *testing.T, s *payloadServer) *amconfig.Config {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile("../../distro/examples/alertmanager.yml")
	require.NoError(t, err)
	for name, content := range map[string]string{"pagerduty": "key", "opsgenie": "key", "slack": s.http.URL, "teams": s.http.URL, "webhook": "token", "smtp": "password"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	templates, err := filepath.Abs("../../distro/examples/cowork.tmpl")
	require.NoError(t, err)
	text = []byte(strings.NewReplacer(
		"/run/secrets/", dir+"/", "https://alerts.example.com/cowork", s.http.URL, "[cowork.tmpl]", "["+templates+"]",
		"global:\n", "global:\n  smtp_require_tls: false\n  pagerduty_url: "+s.http.URL+"\n  opsgenie_api_url: "+s.http.URL+"\n",
		"smtp.example.com:587", s.smtp.Addr().String(),
		"  smtp_auth_username: cowork-alerts\n", "", "  smtp_auth_password_file: /run/secrets/smtp\n", "",
	).Replace(string(text)))
	conf, err := amconfig.Load(string(text))
	require.NoError(t, err)
	return conf
}

// examplePrompt is the prompt of an alert on a single event.
const examplePrompt = "0aa84ef6-0c18-4720-8c5d-4ba43985c011"

// exampleAlerts returns alerts of a group as cowork_rules and this exporter make them.
func exampleAlerts(n int) []*amalert.Alert {
	links := pageLinks("https://cowork.example.com")
	var alerts []*amalert.Alert
	for i := range n {
		modelName := fmt.Sprintf("claude-opus-%d", i+1)
		annotations := map[string]string{
			"summary": "API error: " + modelName + " answered with status 529 on attempt 11", "measured": fmt.Sprintf("%d events", i+2),
			"description": "A call to the API failed after all retries.", "why": "A user got no answer.",
			"action": "Check the status code. For 429, raise the rate limit.", "value": fmt.Sprint(i + 2), "threshold": "0",
		}
		if n == 1 {
			annotations["prompt_id"] = examplePrompt
		}
		a := &amalert.Alert{Alert: model.Alert{
			Labels: labelSet(map[string]string{
				nameLabel: "api_error", severityLabel: "critical", fingerprintLabel: fmt.Sprintf("%04x", i), "model": modelName, "user": "3c1f2f2e",
			}),
			Annotations: labelSet(links.annotate(annotations)),
			StartsAt:    noon.Add(time.Duration(i) * time.Minute), GeneratorURL: links.alerts(firing),
		}}
		if i == 1 {
			a.EndsAt, a.GeneratorURL = noon.Add(time.Hour), links.alerts(resolved)
		}
		alerts = append(alerts, a)
	}
	return alerts
}

// TestPayloads compares what each receiver of the shipped configuration is sent for one,
// two and twenty alerts of a group. Of the two and the twenty, one is resolved.
func TestPayloads(t *testing.T) {
	s := newPayloadServer(t)
	conf := exampleConfig(t, s)
	tmpl, err := template.FromGlobs(conf.Templates)
	require.NoError(t, err)
	tmpl.ExternalURL = &url.URL{Scheme: "http", Host: "localhost:9093"}
	seen := map[string]bool{}
	for _, r := range conf.Receivers {
		integrations, err := receiver.BuildReceiverIntegrations(r, tmpl, promslog.NewNopLogger())
		require.NoError(t, err)
		for i := range integrations {
			in := &integrations[i]
			seen[in.Name()] = true
			archive := &txtar.Archive{Comment: []byte("What " + in.Name() + " is sent: go test ./exporter/coworkalertexporter -run TestPayloads -update\n\n")}
			for _, n := range []int{1, 2, 20} {
				ctx := notify.WithGroupKey(t.Context(), "{}:{alertname=\"api_error\"}")
				ctx = notify.WithReceiverName(ctx, r.Name)
				ctx = notify.WithGroupLabels(ctx, model.LabelSet{nameLabel: "api_error"})
				ctx = notify.WithNow(ctx, noon.Add(2*time.Hour))
				_, err = in.Notify(ctx, exampleAlerts(n)...)
				require.NoError(t, err, in.String())
				payload := printable(t, s.take())
				require.NotEmpty(t, payload, in.String())
				if in.Name() != "webhook" { // whose externalURL is that of Alertmanager's API
					require.NotContains(t, payload, "localhost:9093", "a link that leads nowhere")
				}
				archive.Files = append(archive.Files, txtar.File{Name: fmt.Sprintf("%d alerts", n), Data: []byte(payload)})
			}
			file := filepath.Join("testdata", "notifications", in.Name()+".txt")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
				require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o600))
				continue
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), string(txtar.Format(archive)), file)
		}
	}
	for _, name := range []string{"pagerduty", "opsgenie", "slack", "msteamsv2", "email", "webhook"} {
		require.True(t, seen[name], "%s is in no receiver", name)
	}
}

// printable formats JSON, and the subject and the text of a mail.
func printable(t *testing.T, payload []byte) string {
	t.Helper()
	var indented bytes.Buffer
	if json.Valid(payload) {
		require.NoError(t, json.Indent(&indented, payload, "", "  "))
		return strings.NewReplacer(`\u0026`, "&", `\u003c`, "<", `\u003e`, ">").Replace(strings.TrimSpace(indented.String())) + "\n"
	}
	message, err := mail.ReadMessage(bytes.NewReader(payload))
	require.NoError(t, err)
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	require.NoError(t, err)
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	require.NoError(t, err)
	part, err := multipart.NewReader(message.Body, params["boundary"]).NextPart()
	require.NoError(t, err)
	text, err := io.ReadAll(part)
	require.NoError(t, err)
	return fmt.Sprintf("To: %s\nSubject: %s\n\n%s", message.Header.Get("To"), subject, strings.ReplaceAll(string(text), "\r\n", "\n"))
}
