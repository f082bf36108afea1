package otlp

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// A pair is a certificate with its key, and their files.
type pair struct {
	certificate       tls.Certificate
	certFile, keyFile string
}

// selfSigned returns a self-signed certificate for a name.
func selfSigned(t *testing.T, name string, until time.Time) pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		DNSNames: []string{name}, IsCA: true, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	dir := t.TempDir()
	p := pair{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}
	require.NoError(t, os.WriteFile(p.certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(p.keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}), 0o600))
	return p
}

// both serves OTLP with TLS over HTTP and over gRPC, and returns the endpoints
// by protocol.
func both(t *testing.T, cfg *tls.Config) map[string]string {
	t.Helper()
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	web.TLS = cfg.Clone()
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	web.StartTLS()
	t.Cleanup(web.Close)
	rpc := serve(t, &logServer{}, grpc.Creds(credentials.NewTLS(cfg.Clone())))
	byName := func(s string) string { return strings.Replace(s, "127.0.0.1", "localhost", 1) }
	return map[string]string{HTTPJSON: byName(web.URL), GRPC: "https://" + byName(rpc)}
}

// TestTLS checks server and client certificates, and the errors if one is not
// trusted.
func TestTLS(t *testing.T) {
	tomorrow := time.Now().Add(24 * time.Hour)
	good, other, named := selfSigned(t, "localhost", tomorrow), selfSigned(t, "localhost", tomorrow), selfSigned(t, "elsewhere.example.com", tomorrow)
	old := selfSigned(t, "localhost", time.Now().Add(-time.Hour))
	pool := x509.NewCertPool()
	leaf, err := x509.ParseCertificate(good.certificate.Certificate[0])
	require.NoError(t, err)
	pool.AddCert(leaf)
	shows := func(p pair) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{p.certificate}} }
	wantsClient := shows(good)
	wantsClient.ClientCAs, wantsClient.ClientAuth = pool, tls.RequireAndVerifyClientCert

	check := func(server *tls.Config, set Settings, want string) {
		t.Helper()
		for protocol, endpoint := range both(t, server) {
			set.Protocol, set.Endpoint = protocol, endpoint
			_, err := client(t, set).Logs(t.Context(), someLogs())
			if want == "" {
				require.NoError(t, err, protocol)
				continue
			}
			require.ErrorContains(t, err, want, protocol)
		}
	}
	check(shows(good), Settings{CAFile: good.certFile}, "")
	check(shows(good), Settings{InsecureSkipVerify: true}, "")
	check(shows(good), Settings{}, "certificate not trusted: set the CA that signed the endpoint's certificate (--ca-file)")
	check(shows(good), Settings{CAFile: other.certFile}, "certificate not trusted")
	check(shows(named), Settings{CAFile: named.certFile}, "certificate of another name")
	check(shows(old), Settings{CAFile: old.certFile}, "certificate out of date")
	check(wantsClient, Settings{CAFile: good.certFile, CertFile: good.certFile, KeyFile: good.keyFile}, "")
	// The server can close the connection before its reason is read.
	check(wantsClient, Settings{CAFile: good.certFile}, "a client certificate")
}

// TestPlainAndTLS checks the errors for plain text sent to a TLS endpoint and for TLS
// sent to a plain-text endpoint.
func TestPlainAndTLS(t *testing.T) {
	good := selfSigned(t, "localhost", time.Now().Add(time.Hour))
	secure := both(t, &tls.Config{Certificates: []tls.Certificate{good.certificate}})
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	check := func(protocol, endpoint, want string) {
		t.Helper()
		_, err := client(t, Settings{Endpoint: endpoint, Protocol: protocol}).Logs(t.Context(), someLogs())
		require.ErrorContains(t, err, want, protocol)
	}
	check(HTTPJSON, strings.Replace(secure[HTTPJSON], "https", "http", 1), "400 Bad Request: the endpoint requires TLS: use https://")
	check(HTTPJSON, strings.Replace(plain.URL, "http", "https", 1), "no TLS there: the endpoint uses plain HTTP: use http://")
	check(GRPC, strings.Replace(plain.URL, "http", "https", 1), "no TLS there: the endpoint uses plain text: use http://")
	check(GRPC, strings.Replace(secure[GRPC], "https", "http", 1), "https://")
}
