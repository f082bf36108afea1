package main

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTierCertificates runs the commands of docs/kubernetes.md that write the certificates
// of the tiers, and checks that each tier accepts the other.
func TestTierCertificates(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl command: install the Debian package openssl")
	}
	guide, err := os.ReadFile("../../docs/kubernetes.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```console\n([$] openssl req -x509 .*?)```").FindSubmatch(guide)
	require.NotNil(t, block)
	folder := t.TempDir()
	for line := range strings.Lines(string(block[1])) {
		cmd := exec.Command("sh", "-c", strings.TrimPrefix(line, "$ "))
		cmd.Dir = folder
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s%s", line, out)
	}
	authority, err := os.ReadFile(filepath.Join(folder, "ca.crt"))
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(authority))
	pair, err := tls.LoadX509KeyPair(filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key"))
	require.NoError(t, err)
	names := correlatorNames(readCluster(t, "kustomize-base"))
	for address := range strings.SplitSeq(strings.Trim(names, "[]"), ", ") {
		host := strings.TrimSuffix(address, ":4317")
		_, err = pair.Leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: host, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
		require.NoError(t, err)
		_, err = pair.Leaf.Verify(x509.VerifyOptions{Roots: pool, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
		require.NoError(t, err)
	}
	_, err = pair.Leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: "otelcol-cowork.example.com"})
	require.Error(t, err)
}

// TestVendorsInAPod checks that overlays of vendors can be added to the pod of the mode
// single, as docs/kubernetes.md shows for one.
func TestVendorsInAPod(t *testing.T) {
	single, err := os.ReadFile(packaging + "helm/otelcol-cowork/files/single.yaml")
	require.NoError(t, err)
	files, err := filepath.Glob("../examples/*.yaml")
	require.NoError(t, err)
	vendors := 0
	for _, file := range files {
		overlay, err := os.ReadFile(file)
		require.NoError(t, err)
		if regexp.MustCompile(`(?m)^(receivers|  extensions):`).Match(overlay) || !strings.Contains(string(overlay), "otlp_http/") {
			continue
		}
		vendors++
		r := checkAll(t, "default:", "yaml:"+string(single), "yaml:"+string(overlay))
		require.Empty(t, r.Errors, file)
		require.Empty(t, exceptUnset(r.Warnings), file)
	}
	require.NotZero(t, vendors)
}
