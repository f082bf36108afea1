package detect

import (
	"strings"
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestPrivateKey(t *testing.T) {
	const pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"
	spaces := strings.Repeat(" ", 5000)
	checkRows(t, PrivateKey, isSign('-'), span.PrivateKey, []row{
		{"", "key:\n" + pem + "\nend", pem},
		{"", "-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA", "-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA"},
		{"", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nMIIE", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nMIIE"},
		{"", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", ""},
		{"", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", ""},
		{"", "-- BEGIN PRIVATE KEY --", ""},
		{"", "-----BEGIN PRIVATE KEY-----" + spaces + "MIIEowIBAAKCAQEA", "-----BEGIN PRIVATE KEY-----" + spaces + "MIIEowIBAAKCAQEA"},
		{"", "if line.startswith('-----BEGIN RSA PRIVATE KEY-----'):\n    hits.append(path)\n", ""},
		{"", "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----", ""},
		{"", "-----BEGIN PRIVATE KEY-----\n[REDACTED]\n-----END PRIVATE KEY-----", ""},
		{"", "-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----", ""},
		{"", "-----BEGIN PRIVATE KEY-----", ""},
		{"", "expected -----BEGIN PRIVATE KEY----- at the first line", ""},
		{"", "-----BEGIN PRIVATE KEY-----\n# paste it here\n-----END PRIVATE KEY-----", ""},
		{"", "-----BEGIN PRIVATE KEY-----\n...\nMIIEowIBAAKCAQEA\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n...\nMIIEowIBAAKCAQEA\n-----END PRIVATE KEY-----"},
	})
}

func TestPuTTYPrivateKey(t *testing.T) {
	checkRows(t, PuTTYPrivateKey, isWord, span.PrivateKey, []row{
		{"", "Private-Lines: 1\nAAAAgGh0dHBzOi8vZXhhbXBsZQ==\nPrivate-MAC: 00", "Private-Lines: 1\nAAAAgGh0dHBzOi8vZXhhbXBsZQ==\nPrivate-MAC: 00"},
		{"", "Private-Lines: 1\nAAAA", ""},
		{"", "private lines of a text", ""},
	})
}
