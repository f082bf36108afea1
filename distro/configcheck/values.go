package configcheck

import "regexp"

// An enumeration is a key of a stock component whose error does not list the values that are
// right.
type enumeration struct {
	pattern *regexp.Regexp // matches the error up to its end
	values  string
}

var enumerations = []enumeration{
	{regexp.MustCompile(`unsupported compression type "[^"]*"$`), "gzip, zstd, snappy, zlib, deflate, lz4 or none"},
	{regexp.MustCompile(`invalid encoding type: \S+$`), "proto or json"},
	{regexp.MustCompile(`unrecognized level: "[^"]*"$`), "debug, info, warn or error"},
	{regexp.MustCompile(`verbosity.*unknown metrics level "[^"]*"$`), "basic, normal or detailed"},
	{regexp.MustCompile(`metrics.*level.*unknown metrics level "[^"]*"$`), "none, basic, normal or detailed"},
	{regexp.MustCompile(`unsupported TLS version: "[^"]*"$`), "1.2 or 1.3, in quotes"},
	{regexp.MustCompile(`unrecognized \w+ encoding "[^"]*"$`), "otlp_proto or otlp_json"},
	{regexp.MustCompile(`unsupported action "[^"]*"$`), "insert, update, upsert, delete, hash, extract or convert"},
	{regexp.MustCompile(`no credential source provided$`), "set client_auth or htpasswd"},
	{regexp.MustCompile(`^no bearer token provided$`), "set filename"},
}

// WithValues appends the values that are right to an error of a stock component that does not
// list them.
func WithValues(text string) string {
	for _, e := range enumerations {
		if e.pattern.MatchString(text) {
			return text + " (" + e.values + ")"
		}
	}
	return text
}
