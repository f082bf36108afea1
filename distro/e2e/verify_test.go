package e2e

import (
	"bytes"
	"fmt"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

var coreKinds = []string{"user_prompt", "tool_decision", "tool_result", "api_request", "api_error"}

// TestVerify runs coworkctl verify as the README shows it.
func TestVerify(t *testing.T) {
	c := start(t)
	out, err := exec.Command(command("coworkctl"), "verify", "--endpoint", "http://"+c.http).CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, kind := range coreKinds {
		require.Regexp(t, `(?m)^\s*`+kind+`\s+received`, string(out))
	}
	require.Len(t, c.lines(t, "logs"), len(coreKinds))
	c.stop()

	out, err = exec.Command(command("coworkctl"), "verify", "--endpoint", "http://"+c.http).CombinedOutput()
	require.Error(t, err, "no collector is listening: %s", out)
}

// TestEmbeddedDefault starts the command without arguments. When it stops, the open
// prompt gets its summary and the root span of its trace.
func TestEmbeddedDefault(t *testing.T) {
	c := start(t, embedded)
	status, answer := c.post(t, captures(t)["basic-json"][0])
	require.Equal(t, 200, status, answer)
	require.Len(t, c.lines(t, "logs"), 1)
	children := c.lines(t, "traces")
	require.Len(t, children, 1)
	require.NotContains(t, string(children[0]), "invoke_agent cowork")
	c.stop()
	require.Contains(t, string(c.lines(t, "logs")[1]), `"cowork.prompt.close_reason","value":{"stringValue":"shutdown"}`)
	require.Contains(t, string(c.lines(t, "traces")[1]), "invoke_agent cowork")
}

// TestPaths posts to the paths of clients whose administrator entered more than a base
// address.
func TestPaths(t *testing.T) {
	c := start(t)
	good := captures(t)["basic-json"][0]
	for n, path := range []string{"logs", "logs/v1/logs", "logs/", "prefix/v1/logs"} {
		body := bytes.ReplaceAll(good.body, []byte(`"f4e2b124-`), fmt.Appendf(nil, `"f4e2b12%d-`, n)) // of another session
		status, answer := c.post(t, request{signal: path, contentType: good.contentType, body: body})
		require.Equal(t, 200, status, "%s: %s", path, answer)
		require.Len(t, c.lines(t, "logs"), n+1)
	}
}
